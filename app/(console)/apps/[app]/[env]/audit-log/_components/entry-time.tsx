"use client";

import { useSyncExternalStore } from "react";

const SHAPE = {
  day: "2-digit",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;

const inUtc = new Intl.DateTimeFormat("en-GB", { ...SHAPE, timeZone: "UTC" });
const never = () => () => {};

/** "03 May, 12:00:07", in UTC or in the reader's zone; the server knows only UTC. The exact moment is in `title`. */
export function EntryTime({ at, utc }: { at: Date; utc: boolean }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const format = utc || !inBrowser ? inUtc : new Intl.DateTimeFormat("en-GB", SHAPE);
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} suppressHydrationWarning>
      {format.format(at)}
    </time>
  );
}
