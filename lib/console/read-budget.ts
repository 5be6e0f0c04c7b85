import { AppError } from "@/lib/core/errors";

/** Reads of one session in a minute, pages and what they poll together: far more than people and their screens make. */
export const READS_PER_MINUTE = 3_000;
const MINUTE_MS = 60_000;

interface Counted {
  minute: number;
  readonly reads: Map<string, number>;
}

// On globalThis, since Next loads this module once per bundle.
const holder = globalThis as typeof globalThis & { imConsoleReads?: Counted };

/**
 * Counts a read of a session in this process. Throws `rate_limited` beyond the budget of the minute: whoever has a session, or has taken
 * one, cannot draw off everything, or keep the database busy, as fast as it answers.
 */
export function countRead(sessionId: string, now: number = Date.now()): void {
  holder.imConsoleReads ??= { minute: 0, reads: new Map() };
  const counted = holder.imConsoleReads;
  const minute = Math.floor(now / MINUTE_MS);
  if (minute !== counted.minute) {
    counted.minute = minute;
    counted.reads.clear();
  }
  const reads = (counted.reads.get(sessionId) ?? 0) + 1;
  counted.reads.set(sessionId, reads);
  if (reads <= READS_PER_MINUTE) return;
  throw new AppError("rate_limited", {
    message: "Too many pages and lists in a minute. Wait a moment and try again.",
    retryAfterMs: MINUTE_MS - (now % MINUTE_MS),
  });
}
