import { type Clock, dayText, timeOfDay, weekdayText } from "@/components/ui/time-format";
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

/**
 * "Ends Sun 3 May 12:00 (your time), 10:00 UTC"; the UTC day too where it is another one, and UTC alone where
 * that is the time of the clock.
 */
export function endsSentence(end: number, clock: Clock): string {
  const at = new Date(end);
  const of = (zone: Clock) => ({ day: `${weekdayText(at, zone)} ${dayText(at, zone)}`, time: timeOfDay(at, zone) });
  const local = of(clock);
  const utc = of({ ...clock, timeZone: "UTC" });
  if (local.day === utc.day && local.time === utc.time) return `Ends ${utc.day} ${utc.time} UTC`;
  const day = local.day === utc.day ? "" : `${utc.day} `;
  return `Ends ${local.day} ${local.time} (your time), ${day}${utc.time} UTC`;
}
