import { type Clock, dateOfInput } from "@/components/ui/time-format";
import { BAN_MAX_MINUTES } from "@/lib/core/bans/schema";

const MINUTE_MS = 60_000;

/** What becomes of the end of a running ban. `text` is the value of a `datetime-local` field, in the zone of the reader's clock. */
export type NewEnd =
  | { readonly kind: "keep" }
  | { readonly kind: "extend"; readonly minutes: number }
  | { readonly kind: "at"; readonly text: string };

export const KEEP_END: NewEnd = { kind: "keep" };

export const EXTENSIONS = [
  { minutes: 1_440, label: "1 day" },
  { minutes: 10_080, label: "7 days" },
  { minutes: 20_160, label: "14 days" },
] as const;

/** The new end; null: none that a ban can have, which is at most 30 days from now. An end that is kept is always one. */
export function newEndOf(change: NewEnd, oldEnd: Date, clock: Pick<Clock, "timeZone">, now: number): Date | null {
  if (change.kind === "keep") return oldEnd;
  const end =
    change.kind === "extend" ? oldEnd.getTime() + change.minutes * MINUTE_MS : dateOfInput(change.text, clock);
  return end > now && end <= now + BAN_MAX_MINUTES * MINUTE_MS ? new Date(end) : null;
}
