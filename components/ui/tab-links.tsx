"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import { cn } from "./class-names";

export interface TabLink {
  /** Path, with query if the tab lives in the query. */
  href: string;
  label: string;
  count?: string;
  /** Where the path alone does not tell (tabs in the query). */
  current?: boolean;
}

/** Pixels of the next tab that show there is one. */
const PEEK = 24;

/** Tabs that are routes: real links, the current one marked with aria-current. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const pathname = usePathname();
  const row = useRef<HTMLElement>(null);
  const shown = tabs.find((tab) => tab.current ?? pathname === tab.href)?.href;
  // On a narrow screen the row scrolls sideways: the current tab must not stand outside it. The page stays where it is.
  useEffect(() => {
    const current = shown === undefined ? null : row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (!row.current || !current) return;
    const [box, tab] = [row.current.getBoundingClientRect(), current.getBoundingClientRect()];
    if (tab.right > box.right) row.current.scrollLeft += tab.right - box.right + PEEK;
    else if (tab.left < box.left) row.current.scrollLeft -= box.left - tab.left + PEEK;
  }, [shown]);
  return (
    <nav ref={row} aria-label={label} className="-mb-px overflow-x-auto border-b">
      <ul className="flex gap-4">
        {tabs.map((tab) => {
          const current = tab.current ?? pathname === tab.href;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={current ? "page" : undefined}
                className={cn(
                  "focus-inset flex h-9 items-center gap-1.5 border-b-2 px-0.5 font-medium text-13 whitespace-nowrap transition-colors duration-100",
                  current
                    ? "border-ink text-ink"
                    : "border-transparent text-ink-muted hover:border-line-strong hover:text-ink",
                )}
              >
                {tab.label}
                {tab.count ? <span className="font-normal text-ink-faint tabular-nums">{tab.count}</span> : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
