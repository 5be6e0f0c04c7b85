import { MESSAGE_RETENTION_MS } from "./schema";

/**
 * Messages lie in three slots, one week in each by turns; a slot is emptied as a whole when its week's turn is over
 * (docs/decisions/0053-messages-live-in-three-weekly-slots.md).
 */

export const SLOTS = [0, 1, 2] as const;
export type Slot = (typeof SLOTS)[number];

/** The number of the week, since 1970, of a moment in Unix milliseconds. */
export const periodOf = (ms: number) => Math.floor(ms / MESSAGE_RETENTION_MS);

export const slotOf = (period: number) => (period % SLOTS.length) as Slot;

/** Weeks whose messages have all passed: those before the last one. */
export const lastPassedPeriod = (now: number) => periodOf(now) - 2;

/** From when on messages are kept, Unix milliseconds. */
export const keptSince = (now: number) => now - MESSAGE_RETENTION_MS;
