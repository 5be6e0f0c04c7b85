"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Select } from "@/components/form/select";
import { Button, LinkButton } from "./button";

export interface PaginationProps {
  /** The navigation's accessible name. */
  label?: string;
  /** Null where there is no such page. */
  previousHref: string | null;
  nextHref: string | null;
  /** What the page shows: "24 users". */
  summary?: string;
  size?: number;
  sizes?: readonly number[];
  onSizeChange?: (size: number) => void;
}

function Step({ href, label, children }: { href: string | null; label: string; children: ReactNode }) {
  if (href !== null) {
    return (
      <LinkButton href={href} aria-label={label}>
        {children}
      </LinkButton>
    );
  }
  return (
    <Button disabled aria-label={label}>
      {children}
    </Button>
  );
}

/** Previous and Next as real links (each pushes a history entry), and the page size. */
export function Pagination({
  label = "Pages",
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
        <Step href={previousHref} label="Previous page">
          <ChevronLeft aria-hidden /> Previous
        </Step>
        <Step href={nextHref} label="Next page">
          Next <ChevronRight aria-hidden />
        </Step>
      </div>
    </nav>
  );
}
