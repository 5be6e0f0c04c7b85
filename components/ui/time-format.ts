import { plural } from "./count-text";

const UNITS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
  ["year", 365 * 86_400_000],
  ["month", 30 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** "2 days ago", "in 3 hours", "just now" (within a minute of `now`, both ways). `now` in Unix milliseconds. */
export function relativeTime(date: Date, now = Date.now()): string {
  const distance = date.getTime() - now;
  for (const [unit, milliseconds] of UNITS) {
    if (Math.abs(distance) >= milliseconds) return words.format(Math.trunc(distance / milliseconds), unit);
  }
  return distance > 0 ? "in less than a minute" : "just now";
}

/** How a moment is written: a language (BCP 47), and a time zone; undefined is the reader's own. */
export interface Clock {
  readonly locale: string;
  readonly timeZone: "UTC" | undefined;
}

/** What the server writes by, which knows neither the reader's language nor the zone. */
export const SERVER_CLOCK: Clock = { locale: "en-GB", timeZone: "UTC" };

/** Where the browser keeps the operator's choice of zone: "utc", or nothing for the browser's own. */
export const TIME_ZONE_KEY = "time-zone";

/** The browser's language, and the zone by what is kept under `TIME_ZONE_KEY`. Browser only. */
export function readersClock(choice = localStorage.getItem(TIME_ZONE_KEY)): Clock {
  return { locale: navigator.language, timeZone: choice === "utc" ? "UTC" : undefined };
}

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
export function localTime(date: Date): string {
  return clockTime(date, readersClock());
}

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
