import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { PAUSE_AFTER_TIMEOUTS, RECEIVER_PAUSE_MS } from "./retry-rules";

/**
 * Who delivers an environment's events just now: one run at a time in all processes, under a lease that outlives a
 * crash only shortly. And how the receiver bears it: time-outs in a row, and until when it is left in peace.
 */

const { sql } = Prisma;

const time = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

export interface ReceiverState {
  /** Tries in a row that had no answer in time. */
  readonly timeouts: number;
  readonly pausedUntil: Date | null;
}

/** Takes the environment for a run. Null when another run has it. Times in Unix milliseconds. */
export async function takeRun(
  db: Db,
  environmentId: EnvironmentId,
  holder: string,
  now: number,
  leaseUntil: number,
): Promise<ReceiverState | null> {
  const rows = await db.$queryRaw<ReceiverState[]>`
    INSERT INTO webhook_runs AS r (environment_id, holder, lease_until)
    VALUES (${environmentId}, ${holder}, ${time(leaseUntil)})
    ON CONFLICT (environment_id) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
      WHERE r.lease_until IS NULL OR r.lease_until <= ${time(now)}
    RETURNING r.timeouts, r.paused_until AS "pausedUntil"`;
  return rows[0] ?? null;
}

/** Gives the environment back, unless the lease has run out and another run has it. */
export async function releaseRun(db: Db, environmentId: EnvironmentId, holder: string): Promise<void> {
  await db.$executeRaw`
    UPDATE webhook_runs SET lease_until = NULL WHERE environment_id = ${environmentId} AND holder = ${holder}`;
}

/** Counts a time-out; from the fifth in a row on the receiver is left in peace for a minute. */
export async function countTimeout(db: Db, environmentId: EnvironmentId, now: number): Promise<ReceiverState> {
  const pausedUntil = time(now + RECEIVER_PAUSE_MS);
  const rows = await db.$queryRaw<ReceiverState[]>`
    INSERT INTO webhook_runs AS r (environment_id, timeouts) VALUES (${environmentId}, 1)
    ON CONFLICT (environment_id) DO UPDATE SET timeouts = r.timeouts + 1,
      paused_until = CASE WHEN r.timeouts + 1 >= ${PAUSE_AFTER_TIMEOUTS} THEN ${pausedUntil} ELSE r.paused_until END
    RETURNING r.timeouts, r.paused_until AS "pausedUntil"`;
  return rows[0] ?? { timeouts: 1, pausedUntil: null };
}

/** The receiver answers again, or is another one now. */
export async function clearTimeouts(db: Db, environmentId: EnvironmentId): Promise<void> {
  await db.$executeRaw`
    UPDATE webhook_runs SET timeouts = 0, paused_until = NULL WHERE environment_id = ${environmentId}`;
}

export async function readReceiverState(db: Db, environmentId: EnvironmentId): Promise<ReceiverState> {
  const row = await db.webhookRun.findUnique({ where: { environmentId } });
  return { timeouts: row?.timeouts ?? 0, pausedUntil: row?.pausedUntil ?? null };
}
