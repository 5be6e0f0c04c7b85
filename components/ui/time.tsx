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
