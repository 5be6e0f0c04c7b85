import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import { isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { EnvironmentId } from "../actor";
import type { ReceiverState } from "./receiver-store";

/** Who delivers an environment's events just now: one run at a time in all processes. */

const { sql } = Prisma;

export interface ClaimedRun {
  readonly lease: Lease;
  readonly receiver: ReceiverState;
}

/** Claims the environment for a run. Null when another run has it. `now` is Unix milliseconds. */
export async function claimRun(db: Db, environmentId: EnvironmentId, now: number): Promise<ClaimedRun | null> {
  const holder = randomUUID();
  const rows = await db.$queryRaw<ReceiverState[]>`
    INSERT INTO webhook_runs AS r (environment_id, lease_holder, lease_until)
    VALUES (${environmentId}, ${holder}, ${time(now + LEASE_MS)})
    ON CONFLICT (environment_id) DO UPDATE SET lease_holder = excluded.lease_holder, lease_until = excluded.lease_until
      WHERE ${isFree(now, sql`r`)}
    RETURNING r.timeouts, r.paused_until AS "pausedUntil"`;
  const [receiver] = rows;
  if (receiver === undefined) return null;
  return { lease: { table: sql`webhook_runs`, row: sql`environment_id = ${environmentId}`, holder }, receiver };
}
