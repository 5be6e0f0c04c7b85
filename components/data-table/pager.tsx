"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useId } from "react";
import { buttonStyles } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { PAGE_SIZES } from "@/lib/core/paging/facts";
import { useList } from "./list";

interface PagerProps {
  /** Cursors of the neighbouring pages; null where there is none. */
  previous: string | null;
  next: string | null;
  /** Rows a page. */
  size: number;
  /** What stands at the left: how many rows are on this page. */
  children?: React.ReactNode;
}

function Step({ cursor, label, children }: { cursor: string | null; label: string; children: React.ReactNode }) {
  const { href, go } = useList();
  const style = cn(buttonStyles({ size: "sm" }), "focus-inset");
  if (cursor === null) {
    return (
      <button type="button" disabled aria-label={label} className={style}>
        {children}
      </button>
    );
  }
  return (
    <Link
      href={href({ cursor })}
      prefetch={false}
      aria-label={label}
      className={style}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go({ cursor });
      }}
    >
      {children}
    </Link>
  );
}

/** Previous and next by cursor, and the page size. The address of each page can be opened in a new tab. */
export function Pager({ previous, next, size, children }: PagerProps) {
  const { go } = useList();
  const sizeId = useId();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t px-3 py-2 text-13 text-ink-muted">
      <div>{children}</div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label htmlFor={sizeId} className="flex items-center gap-2">
          <span className="max-sm:sr-only">Rows per page</span>
          <select
            id={sizeId}
            value={size}
            onChange={(event) => go({ size: event.target.value })}
            className="focus-inset h-7 rounded-md border bg-surface px-1.5 text-ink"
          >
            {PAGE_SIZES.map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </select>
        </label>
        <nav aria-label="Pages" className="flex gap-1.5">
          <Step cursor={previous} label="Previous page">
            <ChevronLeft aria-hidden /> <span className="max-sm:hidden">Previous</span>
          </Step>
          <Step cursor={next} label="Next page">
            <span className="max-sm:hidden">Next</span> <ChevronRight aria-hidden />
          </Step>
        </nav>
      </div>
    </div>
  );
}
