"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime } from "@/components/ui/time-format";

const subscribe = () => () => {};
const WEEK_MS = 7 * 86_400_000;

/** UTC while the server draws, the reader's zone in the browser (undefined = its own). */
export function useTimeZone(): "UTC" | undefined {
  return useSyncExternalStore(
    subscribe,
    () => undefined,
    () => "UTC" as const,
  );
}

/**
 * An end that comes today by its time ("14:05"), within a week or with `exact` by day and time ("3 May, 14:05"), a
 * later one by its day ("3 May"). The whole time is in `title` and `datetime`.
 */
export function Until({ date, exact = false }: { date: Date; exact?: boolean }) {
  const timeZone = useTimeZone();
  const now = new Date();
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone });
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const today = day.format(date) === day.format(now);
  const far = date.getTime() - now.getTime() > WEEK_MS;
  return (
    <time dateTime={date.toISOString()} title={absoluteTime(date)} suppressHydrationWarning>
      {today && !exact
        ? time.format(date)
        : far && !exact
          ? day.format(date)
          : `${day.format(date)}, ${time.format(date)}`}
    </time>
  );
}
