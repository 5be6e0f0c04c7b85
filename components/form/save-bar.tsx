"use client";

import type { ReactNode } from "react";
import { plural } from "@/components/ui/count-text";
import { useBottomBar } from "@/components/ui/use-bottom-bar";
import { useUnsaved } from "./unsaved";

interface SaveBarProps {
  changes: number;
  /** True from the server's answer until the page shows what was saved: nothing is lost by leaving then. */
  saved?: boolean;
  /** Where a page has two of them: "Unsaved changes of the hosted profile". */
  label?: string;
  children: ReactNode;
}

/** Sticks to the lower edge while something is changed but not saved: "2 changes · Review". Leaving asks first then. */
export function SaveBar({ changes, saved = false, label = "Unsaved changes", children }: SaveBarProps) {
  useUnsaved(changes > 0 && !saved);
  return (
    <section
      ref={useBottomBar<HTMLElement>()}
      aria-label={label}
      hidden={changes === 0}
      className="sticky bottom-4 z-20 mt-6 flex animate-pop-in flex-wrap items-center justify-between gap-3 rounded-lg bg-overlay px-4 py-3 shadow-overlay [&[hidden]]:hidden"
    >
      <p role="status" className="font-medium text-13">
        {changes === 0 ? "" : plural(changes, "change")}
      </p>
      <div className="flex gap-2">{children}</div>
    </section>
  );
}
