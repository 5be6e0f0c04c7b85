"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime } from "@/components/ui/time-format";

const subscribe = () => () => {};
const DAY_MS = 86_400_000;

/** UTC while the server draws, the reader's zone in the browser (undefined = its own). */
export function useTimeZone(): "UTC" | undefined {
  return useSyncExternalStore(
    subscribe,
    () => undefined,
    () => "UTC" as const,
  );
}

/**
 * A near end by its time ("14:05"), a later one by its day ("3 May"), with `exact` both. The whole time is in `title`
 * and `datetime`.
 */
export function Until({ date, exact = false }: { date: Date; exact?: boolean }) {
  const timeZone = useTimeZone();
  const near = date.getTime() - Date.now() < DAY_MS;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = { day: "numeric", month: "short" } as const;
  const shape = exact ? { ...day, ...time } : near ? time : day;
  return (
    <time dateTime={date.toISOString()} title={absoluteTime(date)} suppressHydrationWarning>
      {new Intl.DateTimeFormat("en-GB", { ...shape, timeZone }).format(date)}
    </time>
  );
}
