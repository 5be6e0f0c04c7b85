"use client";

import { useSyncExternalStore } from "react";
import { useStoredChoice } from "@/components/layout/stored-choice";
import { useAheadMs } from "./environment-time";
import {
  absoluteTime,
  type Clock,
  clockTime,
  dayText,
  logTimeText,
  type Precision,
  readersClock,
  relativeTime,
  SERVER_CLOCK,
  TIME_ZONE_KEY,
  timeOfDay,
  VISUAL_KEY,
  zoneName,
} from "./time-format";

const never = () => () => {};
const useInBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

export type ZoneChoice = "local" | "utc";

/** The zone that the operator has chosen for all times in this browser, and how to change it. */
export function useZoneChoice(): [ZoneChoice, (choice: ZoneChoice) => void] {
  const [stored, store] = useStoredChoice(TIME_ZONE_KEY);
  return [stored === "utc" ? "utc" : "local", (next) => store(next === "local" ? null : next)];
}

/** Whether pages are drawn for pictures that are compared; false until the page is the browser's. */
export function useVisual(): boolean {
  return useStoredChoice(VISUAL_KEY)[0] === "on";
}

/** What times are written by: the server's clock until the page is the browser's, which spares React a mismatch. */
export function useClock(): { clock: Clock; inBrowser: boolean } {
  const [choice] = useZoneChoice();
  const visual = useVisual();
  const inBrowser = useInBrowser();
  return { clock: inBrowser ? readersClock(choice, visual) : SERVER_CLOCK, inBrowser };
}

/** The reader's clock, for text that is no element of its own; null until the page is the browser's. */
export function useReadersClock(): Clock | null {
  const { clock, inBrowser } = useClock();
  return inBrowser ? clock : null;
}

interface TimeProps {
  /** Date, or what JSON made of one. */
  date: Date | string | number;
  className?: string;
}

/** The moment in the operator's zone and in UTC. */
function useTitle(date: Date): string {
  const { clock } = useClock();
  return clock.timeZone === "UTC" ? absoluteTime(date) : `${clockTime(date, clock)} (${absoluteTime(date)})`;
}

/**
 * "2 days ago", "in 3 hours", by the time of the environment that is shown; `real`: by real time. For pictures that are compared the
 * moment itself. The exact time is in `title` and `datetime`. It does not tick.
 */
export function RelativeTime({ date, className, real = false }: TimeProps & { real?: boolean }) {
  const at = new Date(date);
  const visual = useVisual();
  const aheadMs = useAheadMs();
  return (
    <time dateTime={at.toISOString()} title={useTitle(at)} className={className} suppressHydrationWarning>
      {visual ? absoluteTime(at) : relativeTime(at, Date.now() + (real ? 0 : aheadMs))}
    </time>
  );
}

/** "3 May 2026, 12:00" in the operator's zone, which the page names once; the server writes "10:00 UTC". */
export function AbsoluteTime({ date, className, to }: TimeProps & { to?: Precision }) {
  const at = new Date(date);
  const { clock, inBrowser } = useClock();
  return (
    <time dateTime={at.toISOString()} title={useTitle(at)} className={className} suppressHydrationWarning>
      {inBrowser ? clockTime(at, clock, to) : absoluteTime(at, to)}
    </time>
  );
}

const WEEK_MS = 7 * 86_400_000;

/**
 * A moment by its time alone where it is today ("14:05"), within a week or with `exact` by day and time ("3 May, 14:05"),
 * else by its day ("3 May"); for pictures that are compared always by both. The whole time is in `title` and `datetime`.
 */
export function Until({ date, exact = false }: { date: Date; exact?: boolean }) {
  const { clock } = useClock();
  const visual = useVisual();
  const now = new Date(Date.now() + useAheadMs());
  const day = dayText(date, clock);
  const time = timeOfDay(date, clock);
  const today = day === dayText(now, clock);
  const far = date.getTime() - now.getTime() > WEEK_MS;
  return (
    <time dateTime={date.toISOString()} title={useTitle(date)} suppressHydrationWarning>
      {visual || exact ? `${day}, ${time}` : today ? time : far ? day : `${day}, ${time}`}
    </time>
  );
}

/** "this time yesterday": where a span of 24 hours began, which every look at the page moves. The moment is in `title` and `datetime`. */
export function DayAgo({ date }: { date: Date }) {
  return (
    <time dateTime={date.toISOString()} title={useTitle(date)} suppressHydrationWarning>
      this time yesterday
    </time>
  );
}

/** "03 May, 12:00:07": a moment in a log, whose year goes without saying. The whole time is in `title` and `datetime`. */
export function LogTime({ date }: { date: Date }) {
  return (
    <time dateTime={date.toISOString()} title={useTitle(date)} suppressHydrationWarning>
      {logTimeText(date, useClock().clock)}
    </time>
  );
}

/** "Times in Europe/Berlin": names the zone of every time on the page. Empty until the browser has said which it is. */
export function ZoneName() {
  const { clock, inBrowser } = useClock();
  return inBrowser ? `Times in ${zoneName(clock)}` : null;
}
