import { plural } from "./count-text";

const UNITS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ["year", 365 * 86_400_000],
  ["month", 30 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });

const MINUTE_MS = 60_000;

/** "2 days ago", "in 3 hours", rounded; "just now" (within a minute of `now`, both ways). `now` in Unix milliseconds. */
export function relativeTime(date: Date, now = Date.now()): string {
  const distance = date.getTime() - now;
  if (Math.abs(distance) < MINUTE_MS) return distance > 0 ? "in less than a minute" : "just now";
  // To whole minutes first: 59 minutes and 50 seconds are an hour.
  const length = Math.round(Math.abs(distance) / MINUTE_MS) * MINUTE_MS;
  const [unit, size] = UNITS.find(([, milliseconds]) => length >= milliseconds) ?? ["minute", MINUTE_MS];
  return words.format(Math.sign(distance) * Math.round(length / size), unit);
}

/** How a moment is written: a language (BCP 47), and a time zone (IANA); undefined is the reader's own. */
export interface Clock {
  readonly locale: string;
  readonly timeZone: string | undefined;
}

/** What the server writes by, which knows neither the reader's language nor the zone. */
export const SERVER_CLOCK: Clock = { locale: "en-GB", timeZone: "UTC" };

/** Where the browser keeps the operator's choice of zone: "utc", or nothing for the browser's own. */
export const TIME_ZONE_KEY = "time-zone";

/** Where the browser keeps that pages are drawn for pictures that are compared: "on", or nothing. `?visual=on` puts it there. */
export const VISUAL_KEY = "visual";

/** Whether pages look the same whoever looks, and when (docs/testing-the-console.md). Browser only. */
const isVisual = () => localStorage.getItem(VISUAL_KEY) === "on";

/**
 * The browser's language, and the zone by what is kept under `TIME_ZONE_KEY`; for pictures that are compared, the server's. Browser
 * only.
 */
export function readersClock(choice = localStorage.getItem(TIME_ZONE_KEY), visual = isVisual()): Clock {
  return visual ? SERVER_CLOCK : { locale: navigator.language, timeZone: choice === "utc" ? "UTC" : undefined };
}

/** "2 days ago", or for pictures that are compared "3 May 2026, 10:00 UTC". Browser only. */
export const agoText = (date: Date) => (isVisual() ? absoluteTime(date) : relativeTime(date));

/** How exactly a moment is told. */
export type Precision = "minute" | "second" | "millisecond";

const MORE: Record<Precision, Intl.DateTimeFormatOptions> = {
  minute: {},
  second: { second: "2-digit" },
  millisecond: { second: "2-digit", fractionalSecondDigits: 3 },
};

/** "3 May 2026, 12:00", or as exactly as asked: "3 May 2026, 12:00:07". Names no zone: the page does, once. */
export function clockTime(date: Date, { locale, timeZone }: Clock, to: Precision = "minute"): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    ...MORE[to],
  }).format(date);
}

/** "3 May 2026, 10:00 UTC" */
export function absoluteTime(date: Date, to?: Precision): string {
  return `${clockTime(date, SERVER_CLOCK, to)} UTC`;
}

/** "3 May 2026, 12:00" in the zone that the operator has chosen. Browser only. */
export function localTime(date: Date, to?: Precision): string {
  return clockTime(date, readersClock(), to);
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DAY = { day: "numeric", month: "short" } as const;

const part = (date: Date, { locale, timeZone }: Clock, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(date);

/** "12:00", or as exactly as asked: "12:00:07". */
export const timeOfDay = (date: Date, clock: Clock, to: Precision = "minute") =>
  part(date, clock, { ...TIME, ...MORE[to] });

/** "3 May" */
export const dayText = (date: Date, clock: Clock) => part(date, clock, DAY);

/** "3 May 2026" */
export const fullDayText = (date: Date, clock: Clock) => part(date, clock, { ...DAY, year: "numeric" });

/** "Sun" */
export const weekdayText = (date: Date, clock: Clock) => part(date, clock, { weekday: "short" });

/** "03 May, 12:00:07" */
export const logTimeText = (date: Date, clock: Clock) =>
  part(date, clock, { ...DAY, day: "2-digit", ...TIME, second: "2-digit" });

/** The zone of a clock by its name: "Europe/Berlin". */
export const zoneName = ({ locale, timeZone }: Clock) =>
  new Intl.DateTimeFormat(locale, { timeZone }).resolvedOptions().timeZone;

/** The value of a `datetime-local` field: "2026-05-03T12:00", in UTC or the reader's own zone as the clock says. */
export function dateInputValue(date: Date, { timeZone }: Pick<Clock, "timeZone">): string {
  if (timeZone === "UTC") return date.toISOString().slice(0, 16);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The moment that the value of such a field means, in Unix milliseconds; NaN: none. */
export const dateOfInput = (value: string, { timeZone }: Pick<Clock, "timeZone">): number =>
  Date.parse(timeZone === "UTC" && value !== "" ? `${value}Z` : value);

/** In which zone such a field is read. */
export const inputZoneText = ({ timeZone }: Pick<Clock, "timeZone">) =>
  timeZone === "UTC" ? "In UTC." : "In your time zone.";

const LENGTHS = [
  [1440, "day"],
  [60, "hour"],
  [1, "minute"],
] as const;

/** A length in whole minutes, from 1, rounded to its two largest units: 10080 → "7 days", 13948 → "9 days 16 hours". */
export function lengthText(minutes: number): string {
  const words: string[] = [];
  let rest = minutes < 1440 ? minutes : Math.round(minutes / 60) * 60;
  for (const [size, unit] of LENGTHS) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(plural(count, unit));
    rest -= count * size;
  }
  return words.join(" ");
}
