import { z } from "zod";
import { limitedText } from "../input/text";

/** The test clock of a development environment. Browser-safe. */

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** How far a clock can be ahead of real time, in all. */
export const CLOCK_AHEAD_MAX_MS = 3_650 * DAY_MS;

const UNIT_MS: Readonly<Record<string, number>> = {
  w: 7 * DAY_MS,
  d: DAY_MS,
  h: 3_600_000,
  m: 60_000,
  s: SECOND_MS,
};

/** "7d", "90m", "1d 12h", largest unit first: digits are few, so that a sum stays exact. */
const LENGTH = /^\s*(?:\d{1,9}\s*[wdhms]\s*)+$/;

/** Milliseconds of a length such as "7d" or "1d 12h"; null when it is none. */
export function lengthMs(text: string): number | null {
  if (!LENGTH.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)\s*([wdhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

/** What a page showed of the clock: how far it was ahead, in milliseconds. */
const SeenClock = z.object({ aheadMs: z.int() }).optional();

export const AdvanceClockSchema = z.object({
  by: limitedText({ characters: 40 }, { empty: false }).transform((text, context) => {
    const ms = lengthMs(text);
    if (ms !== null && ms > 0) return ms;
    context.addIssue({ code: "custom", message: "Must be a length such as 30s, 90m, 12h, 7d, 2w or 1d12h." });
    return z.NEVER;
  }),
  seen: SeenClock,
});
export type AdvanceClockInput = z.input<typeof AdvanceClockSchema>;

/** A moment with its zone. */
const MomentSchema = limitedText({ characters: 40 }, { empty: false }).transform((text, context) => {
  const at =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: "custom", message: "Must be a moment with its zone, such as 2027-01-31T12:00:00Z." });
  return z.NEVER;
});

export const SetClockSchema = z.object({ time: MomentSchema, seen: SeenClock });
export type SetClockInput = z.input<typeof SetClockSchema>;

export const ResetClockSchema = z.object({ seen: SeenClock });
export type ResetClockInput = z.input<typeof ResetClockSchema>;

/** What an environment's clock says. */
export interface ClockState {
  readonly time: Date;
  readonly realTime: Date;
  /** 0: the environment's time is real time. */
  readonly aheadMs: number;
}
