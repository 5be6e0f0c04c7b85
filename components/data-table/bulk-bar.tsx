"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/count-text";
import type { Selection } from "./selection";

/** What can be done with the ticked rows. Sticks to the lower edge; nothing while none is ticked. */
export function BulkBar({ selection, children }: { selection: Selection; children: ReactNode }) {
  const count = selection.ids.length;
  if (count === 0) return null;
  return (
    <section
      aria-label="Bulk actions"
      className="sticky bottom-4 z-30 mx-auto mt-4 flex w-fit max-w-full animate-pop-in flex-wrap items-center gap-2 rounded-lg bg-overlay px-3 py-2 text-13 shadow-overlay"
    >
      <p role="status" className="px-1 font-medium tabular-nums">
        {formatCount(count)} selected
      </p>
      {children}
      <Button variant="ghost" onClick={selection.clear}>
        Clear
      </Button>
    </section>
  );
}
