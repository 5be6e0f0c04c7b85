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

const SHAPE = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;

const inUtc = new Intl.DateTimeFormat("en-GB", { ...SHAPE, timeZone: "UTC" });

/** "3 May 2026, 10:00 UTC" */
export function absoluteTime(date: Date): string {
  return `${inUtc.format(date)} UTC`;
}

/** "3 May 2026, 12:00" in the reader's time zone. Browser only: the server's zone is not the reader's. */
export function localTime(date: Date): string {
  return new Intl.DateTimeFormat("en-GB", SHAPE).format(date);
}

/** "3 May 2026, 12:00:07" in the reader's time zone, for moments that a minute does not tell apart. Browser only. */
export function localTimeToTheSecond(date: Date): string {
  return new Intl.DateTimeFormat("en-GB", { ...SHAPE, second: "2-digit" }).format(date);
}

const LENGTHS = [
  [1440, "day"],
  [60, "hour"],
  [1, "minute"],
] as const;

/** A length in whole minutes, from 1, in its two largest units: 10080 → "7 days", 13948 → "9 days 16 hours". */
export function lengthText(minutes: number): string {
  const words: string[] = [];
  let rest = minutes;
  for (const [size, unit] of LENGTHS) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(plural(count, unit));
    rest -= count * size;
  }
  return words.slice(0, 2).join(" ");
}
