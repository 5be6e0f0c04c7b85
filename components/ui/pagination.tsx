"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Select } from "@/components/form/select";
import { buttonStyles, LinkButton } from "./button";
import { cn } from "./class-names";

export interface PaginationProps {
  /** Names the navigation: "Users pages". */
  label: string;
  /** Null where there is no such page. */
  previousHref: string | null;
  nextHref: string | null;
  /** What the page shows: "24 users". */
  summary?: string;
  size?: number;
  sizes?: readonly number[];
  onSizeChange?: (size: number) => void;
}

function Step({ href, children }: { href: string | null; children: React.ReactNode }) {
  if (href !== null) return <LinkButton href={href}>{children}</LinkButton>;
  return (
    <span aria-disabled="true" className={cn(buttonStyles())}>
      {children}
    </span>
  );
}

/** Previous and Next as real links (each pushes a history entry), and the page size. */
export function Pagination({
  label,
  previousHref,
  nextHref,
  summary,
  size,
  sizes = [25, 50, 100],
  onSizeChange,
}: PaginationProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-3 pt-3 text-13 text-ink-muted">
      <div className="flex items-center gap-3">
        {size !== undefined && onSizeChange ? (
          <Select
            label="Rows per page"
            value={String(size)}
            onValueChange={(next) => onSizeChange(Number(next))}
            options={sizes.map((n) => ({ value: String(n), label: `${n} per page` }))}
            className="w-32"
          />
        ) : null}
        {summary ? <span className="tabular-nums">{summary}</span> : null}
      </div>
      <div className="flex gap-2">
        <Step href={previousHref}>
          <ChevronLeft aria-hidden /> Previous
        </Step>
        <Step href={nextHref}>
          Next <ChevronRight aria-hidden />
        </Step>
      </div>
    </nav>
  );
}
