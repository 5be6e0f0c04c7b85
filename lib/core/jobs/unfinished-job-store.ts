import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time, timeIn } from "@/lib/db/sql";
import { extendLease, isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import { findEnvironmentsByIds } from "../apps/environment-store";
import type { StoredJob } from "./job-store";

/**
 * Jobs that are still to be done, and those who do them. The states stand in the text, so that PostgreSQL sees that the index
 * of these jobs holds them all.
 */

const { sql } = Prisma;

const OPEN = sql`state IN ('queued', 'running')`;

const COLUMNS = sql`j.id, j.kind, j.state::text AS state, j.params, j.total, j.succeeded, j.failed, j.skipped, j.selecting,
  j.undo_of AS "undoOf", j.created_at AS "createdAt", j.created_by_id AS "createdById", j.created_by_name AS "createdByName",
  j.request_id AS "requestId", j.started_at AS "startedAt", j.finished_at AS "finishedAt",
  j.cancelled_by_name AS "cancelledByName"`;

/** Jobs that are queued or running, latest first. */
export function findUnfinishedJobs(db: Db, environmentId: EnvironmentId, limit: number): Promise<StoredJob[]> {
  return db.$queryRaw<StoredJob[]>`
    SELECT ${COLUMNS} FROM jobs AS j WHERE environment_id = ${environmentId} AND ${OPEN}
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

/** A job in the hands of a worker. Only who holds its lease may change it. */
export interface ClaimedJob extends StoredJob {
  readonly environmentId: EnvironmentId;
  readonly environment: EnvironmentRef;
  /** How far its items have been chosen, as its selection says it; null: not at all yet. */
  readonly selectedTo: unknown;
  readonly leaseHolder: string;
  /** Another worker had begun it and let its lease run out. */
  readonly takenOver: boolean;
}

/** Environments with jobs that nobody holds: queued, or running under a lease that has run out. Oldest job first. */
export async function findEnvironmentsWithJobs(db: Db, now: number): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<Array<{ id: EnvironmentId }>>`
    SELECT environment_id AS id FROM jobs WHERE ${OPEN} AND ${isFree(now, sql`jobs`)}
    GROUP BY environment_id ORDER BY min(created_at)`;
  return rows.map(({ id }) => id);
}

/**
 * Claims the environment's oldest job that nobody holds. Null when there is none. Workers never wait for each other. `now`
 * is Unix milliseconds of real time.
 */
export async function claimJob(db: Db, environmentId: EnvironmentId, now: number): Promise<ClaimedJob | null> {
  const [environments, [job]] = await Promise.all([
    findEnvironmentsByIds(db, [environmentId]),
    db.$queryRaw<Omit<ClaimedJob, "environment">[]>`
    WITH free AS (
      SELECT environment_id, id, lease_until FROM jobs
      WHERE environment_id = ${environmentId} AND ${OPEN} AND ${isFree(now, sql`jobs`)}
      ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE jobs AS j SET state = 'running', started_at = coalesce(j.started_at, (SELECT ${timeIn(sql`e`, now)} FROM environments AS e WHERE e.id = j.environment_id)),
      lease_holder = ${randomUUID()}, lease_until = ${time(now + LEASE_MS)}
    FROM free WHERE j.environment_id = free.environment_id AND j.id = free.id
    RETURNING j.environment_id AS "environmentId", ${COLUMNS}, j.selected_to AS "selectedTo",
      j.lease_holder AS "leaseHolder", free.lease_until IS NOT NULL AS "takenOver"`,
  ]);
  const environment = environments.get(environmentId);
  return environment === undefined || job === undefined ? null : { ...job, environment };
}

/** The lease under which a job is held. */
export const leaseOf = (job: ClaimedJob): Lease => ({
  table: sql`jobs`,
  row: sql`environment_id = ${job.environmentId} AND id = ${job.id}`,
  holder: job.leaseHolder,
});

/**
 * Renews the lease and locks the job for the rest of the transaction. Null when the lease was lost to another worker:
 * then nothing may be done. `leaseUntil` is Unix milliseconds.
 */
export async function renewLease(db: Db, job: ClaimedJob, leaseUntil: number): Promise<ClaimedJob | null> {
  return (await extendLease(db, leaseOf(job), leaseUntil)) ? job : null;
}
