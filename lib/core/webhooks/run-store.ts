import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import { isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { EnvironmentClock, EnvironmentId } from "../actor";
import { type ClockColumns, clockOf } from "../apps/environment-store";
import { PAUSE_AFTER_TIMEOUTS, RECEIVER_PAUSE_MS } from "./retry-rules";

/**
 * Who delivers an environment's events just now: one run at a time in all processes. And how its receiver does: time-outs
 * in a row, and until when it is left in peace.
 */

const { sql } = Prisma;

export interface ReceiverState {
  /** Tries in a row that had no answer in time. */
  readonly timeouts: number;
  readonly pausedUntil: Date | null;
}

export interface ClaimedRun {
  readonly clock: EnvironmentClock | null;
  readonly lease: Lease;
  readonly receiver: ReceiverState;
}

/** Claims the environment for a run. Null when another run has it. `now` is Unix milliseconds of real time. */
export async function claimRun(db: Db, environmentId: EnvironmentId, now: number): Promise<ClaimedRun | null> {
  const holder = randomUUID();
  const rows = await db.$queryRaw<(ReceiverState & ClockColumns)[]>`
    INSERT INTO webhook_runs AS r (environment_id, lease_holder, lease_until)
    VALUES (${environmentId}, ${holder}, ${time(now + LEASE_MS)})
    ON CONFLICT (environment_id) DO UPDATE SET lease_holder = excluded.lease_holder, lease_until = excluded.lease_until
      WHERE ${isFree(now, sql`r`)}
    RETURNING r.timeouts, r.paused_until AS "pausedUntil",
      (SELECT clock_ahead_ms FROM environments WHERE id = r.environment_id) AS "clockAheadMs",
      (SELECT clock_started_at FROM environments WHERE id = r.environment_id) AS "clockStartedAt"`;
  const [row] = rows;
  if (row === undefined) return null;
  const { timeouts, pausedUntil } = row;
  const lease = { table: sql`webhook_runs`, row: sql`environment_id = ${environmentId}`, holder };
  return { lease, receiver: { timeouts, pausedUntil }, clock: clockOf(row) };
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
  await db.webhookRun.updateMany({ where: { environmentId }, data: { timeouts: 0, pausedUntil: null } });
}

export async function readReceiverState(db: Db, environmentId: EnvironmentId): Promise<ReceiverState> {
  const row = await db.webhookRun.findUnique({ where: { environmentId } });
  return { timeouts: row?.timeouts ?? 0, pausedUntil: row?.pausedUntil ?? null };
}
