import { BAN_MAX_MINUTES } from "@/lib/core/bans/schema";

export const BAN_PRESETS = [
  { value: "60", label: "1 hour" },
  { value: "1440", label: "24 hours" },
  { value: "10080", label: "7 days" },
  { value: "43200", label: "30 days" },
] as const;

const MINUTE_MS = 60_000;

/** Whole minutes from typed text, or null when it is no length that a ban can have (1 to 43,200 minutes). */
export function parseBanMinutes(text: string): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const minutes = Number(text);
  return minutes >= 1 && minutes <= BAN_MAX_MINUTES ? minutes : null;
}

/** Minutes until a wished end, rounded up so that the ban never ends before it. Times in Unix milliseconds. */
export function minutesUntil(end: number, now: number): number {
  return Math.ceil((end - now) / MINUTE_MS);
}

/** The value of a `datetime-local` field in the reader's own zone: "2026-05-03T12:00". */
export function localInputValue(time: number): string {
  const date = new Date(time);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

const dayAndTime = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const text = (time: number, zone: string | undefined) =>
  new Intl.DateTimeFormat("en-GB", { ...dayAndTime, hourCycle: "h23", timeZone: zone })
    .format(time)
    .replaceAll(",", "");

/**
 * "Ends Sun 3 May 12:00 (your time), 10:00 UTC"; the UTC day too where it is another one, and UTC alone where
 * that is the time here. `zone` for tests.
 */
export function endsSentence(end: number, zone?: string): string {
  const local = text(end, zone);
  const utc = text(end, "UTC");
  if (local === utc) return `Ends ${utc} UTC`;
  const sameDay = local.slice(0, -6) === utc.slice(0, -6);
  return `Ends ${local} (your time), ${sameDay ? utc.slice(-5) : utc} UTC`;
}
