"use client";

import { usePathname } from "next/navigation";
import { useId } from "react";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { FrameOperator, FramePlace } from "./frame-data";
import { sectionsOf } from "./sections";

/** The left menu. The current page's entry carries aria-current, also on pages below it. */
export function MainNavigation({
  place,
  operator,
  onNavigate,
}: {
  place: FramePlace | null;
  operator: FrameOperator;
  onNavigate?: () => void;
}) {
  const pathname = usePathname();
  const id = useId();
  return (
    <nav aria-label="Main" className="flex flex-col gap-4 lg:gap-3">
      {sectionsOf(place, operator).map((group, index) => (
        <div key={group.label ?? "first"}>
          {group.label ? (
            <h2 id={`${id}-${index}`} className="truncate px-2 pb-1 font-medium text-ink-faint text-xs">
              {group.label}
            </h2>
          ) : null}
          <ul aria-labelledby={group.label ? `${id}-${index}` : undefined} className="flex flex-col gap-px">
            {group.sections.map(({ href, label, icon: Icon }) => {
              const current = pathname === href || pathname.startsWith(`${href}/`);
              const exact = current && !(href === "/apps" && pathname !== "/apps");
              return (
                <li key={href}>
                  <Link
                    href={href}
                    onClick={onNavigate}
                    aria-current={exact ? "page" : undefined}
                    className={cn(
                      "focus-inset flex h-7 items-center gap-2.5 rounded-md px-2 text-13 transition-colors duration-100 max-lg:h-10",
                      exact ? "bg-pressed font-medium text-ink" : "text-ink-muted hover:bg-hover hover:text-ink",
                    )}
                  >
                    <Icon aria-hidden className={cn("size-4 shrink-0", exact ? "text-ink" : "text-ink-faint")} />
                    {label}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
