import type { Logger } from "pino";
import type { Db } from "@/lib/db/database";
import { extendLease, LEASE_MS, type Lease, releaseLease } from "./lease-store";

const HEARTBEAT_MS = LEASE_MS / 4;

export interface LeaseOptions {
  readonly db: Db;
  readonly log: Logger;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** For tests. */
  readonly heartbeatMs?: number;
}

/**
 * Works on a row that has just been claimed, while a heartbeat extends the lease, and gives the row back. `lost` is aborted
 * when the lease has ended all the same: another process may have the row then. Throws what `work` throws.
 */
export async function underLease<T>(
  lease: Lease,
  { db, log, now, heartbeatMs = HEARTBEAT_MS }: LeaseOptions,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  let until = now() + LEASE_MS;

  const beat = async () => {
    const next = now() + LEASE_MS;
    if (await extendLease(db, lease, next)) until = next;
    else lost.abort();
  };
  const heartbeat = setInterval(() => {
    // A database that is silent lets the lease run out without saying so.
    if (now() >= until) lost.abort();
    beat().catch((error: unknown) => log.warn({ err: error }, "queue: a lease was not extended"));
  }, heartbeatMs);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(heartbeat);
    await releaseLease(db, lease).catch((error: unknown) =>
      log.warn({ err: error }, "queue: a lease was not given back; it will run out"),
    );
  }
}
