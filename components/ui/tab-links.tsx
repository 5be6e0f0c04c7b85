"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./class-names";

export interface TabLink {
  /** Path, with query if the tab lives in the query. */
  href: string;
  label: string;
  count?: string;
  /** Where the path alone does not tell (tabs in the query). */
  current?: boolean;
}

/** Tabs that are routes: real links, the current one marked with aria-current. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mb-px overflow-x-auto border-b">
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
