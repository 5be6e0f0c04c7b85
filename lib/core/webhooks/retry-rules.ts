/** When deliveries are tried, and when that ends. All times in milliseconds. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;

/** From sending to the whole answer (contract section 18). */
export const ATTEMPT_TIMEOUT_MS = 5 * SECOND;

/** An event that was not accepted this long after it was recorded is given up. */
export const GIVE_UP_AFTER_MS = 24 * HOUR;

/** The pause after the first failure, the second and so on; the last one repeats. */
const PAUSES_MS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR] as const;
/** Pauses differ by up to this share, so that what failed together is not tried together. */
const JITTER = 0.2;

/** How long to wait after the `failures`-th failure in a row (1 is the first). `random` is from 0 to 1. */
export function pauseAfter(failures: number, random: number): number {
  const pause = PAUSES_MS[Math.min(Math.max(failures, 1), PAUSES_MS.length) - 1] ?? SECOND;
  return Math.round(pause * (1 + JITTER * (2 * random - 1)));
}

/** Deliveries to one environment's receiver at the same time. */
export const CONCURRENT_DELIVERIES = 20;

/** A receiver that let this many tries in a row time out is left in peace for a while, then asked one event at a time. */
export const PAUSE_AFTER_TIMEOUTS = 5;
export const RECEIVER_PAUSE_MS = MINUTE;

/** How long the delivery log keeps what it shows. */
export const KEEP_ATTEMPTS_MS = 7 * DAY_MS;
export const KEEP_DELIVERED_MS = 7 * DAY_MS;
export const KEEP_DEAD_MS = 30 * DAY_MS;
