/**
 * When registrations are a wave (docs/decisions/0076-registration-waves.md): the last hour against the same hour of the days
 * before. A wave begins at its threshold and ends below half of it, so that it does not flicker.
 */

export const BUCKET_MS = 600_000;
/** Buckets of an hour. */
export const HOUR_BUCKETS = 6;
/** Days that are compared with. */
export const COMPARED_DAYS = 14;
/** With fewer known days nothing is judged. */
const KNOWN_DAYS_MIN = 3;
/** Fewer registrations in an hour are never a wave. */
export const WAVE_FLOOR = 50;
/** A wave is so many times the usual … */
const ABOVE_USUAL = 4;
/** … and so many times the second-busiest of the days: the busiest may have been a wave itself. */
const ABOVE_BUSY = 2;

export interface Judgement {
  /** The median of the known days. */
  readonly usual: number;
  /** Registrations in an hour from which on they are a wave. */
  readonly threshold: number;
}

/** What the hour had on each known day. Null while too few days are known. */
export function judge(days: readonly number[]): Judgement | null {
  if (days.length < KNOWN_DAYS_MIN) return null;
  const sorted = [...days].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const at = (index: number) => sorted[index] ?? 0;
  const usual = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  const busy = at(sorted.length - 2);
  return { usual: Math.round(usual), threshold: Math.max(WAVE_FLOOR, ABOVE_USUAL * usual, ABOVE_BUSY * busy) };
}

export const isOver = (hour: number, threshold: number): boolean => hour < threshold / 2;

/** The start of the bucket of a moment, Unix milliseconds. */
export const bucketOf = (ms: number): number => Math.floor(ms / BUCKET_MS) * BUCKET_MS;
