"use client";

import { useSyncExternalStore } from "react";
import { absoluteTime, localTime, localTimeToTheSecond, relativeTime } from "./time-format";

const never = () => () => {};
const useInBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

interface TimeProps {
  /** Date, or what JSON made of one. */
  date: Date | string | number;
  className?: string;
}

function useTitle(date: Date): string {
  const inBrowser = useInBrowser();
  return inBrowser ? `${localTime(date)} (${absoluteTime(date)})` : absoluteTime(date);
}

/** "2 days ago", "in 3 hours". The exact time is in `title` and `datetime`. It does not tick. */
export function RelativeTime({ date, className }: TimeProps) {
  const at = new Date(date);
  return (
    <time dateTime={at.toISOString()} title={useTitle(at)} className={className} suppressHydrationWarning>
      {relativeTime(at)}
    </time>
  );
}

/** "3 May 2026, 12:00" in UTC on the server and in the reader's own zone in the browser; there with `seconds` on request. */
export function AbsoluteTime({ date, className, seconds }: TimeProps & { seconds?: boolean }) {
  const at = new Date(date);
  const inBrowser = useInBrowser();
  return (
    <time dateTime={at.toISOString()} title={useTitle(at)} className={className} suppressHydrationWarning>
      {inBrowser ? (seconds ? localTimeToTheSecond(at) : localTime(at)) : absoluteTime(at)}
    </time>
  );
}

const WEEK_MS = 7 * 86_400_000;

/**
 * An end that comes today by its time ("14:05"), within a week or with `exact` by day and time ("3 May, 14:05"), a
 * later one by its day ("3 May"). The whole time is in `title` and `datetime`.
 */
export function Until({ date, exact = false }: { date: Date; exact?: boolean }) {
  const timeZone = useInBrowser() ? undefined : "UTC";
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
