"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/count-text";
import { Meter, type MeterTone } from "@/components/ui/meter";
import { onIntent } from "@/components/ui/on-intent";
import { Popover } from "@/components/ui/popover";
import type { QuotaLevel } from "@/lib/core/quota/schema";
import type { Scope } from "./quota-query";
import { quotaQuery } from "./use-quota";

const QuotaBox = onIntent(() => import("./quota-box").then((part) => part.QuotaBox));

const TONE: Record<QuotaLevel, MeterTone> = { fine: "accent", warn: "warn", alarm: "danger", full: "danger" };
const WORD: Record<QuotaLevel, string> = { fine: "", warn: "Filling up", alarm: "Almost full", full: "Full" };

export interface QuotaUse {
  readonly used: number;
  readonly limit: number;
  readonly level: QuotaLevel;
}

/** "87 / 100 dev users" in the header of Development; opens what fills it and the way to free seats. */
export function QuotaBar({
  scope,
  initial,
  mayFree,
}: {
  scope: Scope;
  initial: QuotaUse;
  /** Whether this role may delete test users. */
  mayFree: boolean;
}) {
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  const quota = useQuery({
    ...quotaQuery(scope),
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
  });
  const { refetch } = quota;
  const shownPath = useRef(pathname);
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    void refetch();
  }, [pathname, refetch]);
  const use: QuotaUse = quota.data ?? initial;
  const text = `${formatCount(use.used)} / ${formatCount(use.limit)}`;
  return (
    <Popover
      label="Development users"
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      loads={[QuotaBox]}
      trigger={
        <button
          type="button"
          aria-label={`${text} dev users${WORD[use.level] ? `, ${WORD[use.level].toLowerCase()}` : ""}`}
          className="flex h-8 items-center gap-2 rounded-md px-2 text-13 text-ink-muted transition-colors duration-100 hover:bg-hover hover:text-ink"
        >
          <Meter
            label="Development users"
            value={use.used}
            max={use.limit}
            valueText={`${use.used} of ${use.limit}`}
            tone={TONE[use.level]}
            className="w-16 max-md:flex-1"
          />
          <span className="whitespace-nowrap tabular-nums">
            {text} <span className="max-xl:sr-only">dev users</span>
          </span>
          {WORD[use.level] ? (
            <span
              className={cn(
                "font-medium text-xs",
                use.level === "warn" ? "text-warn-ink" : "text-danger-ink max-sm:hidden",
              )}
            >
              {WORD[use.level]}
            </span>
          ) : null}
        </button>
      }
    >
      <QuotaBox quota={quota} scope={scope} mayFree={mayFree} onNavigate={() => setOpen(false)} />
    </Popover>
  );
}
