import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import { extendLease, isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { EnvironmentId, EnvironmentName } from "../actor";
import type { StoredJob } from "./job-store";

/**
 * Jobs that are still to be done, and those who do them. "<> 'finished'" stands in the text, so that PostgreSQL sees that the
 * index of these jobs holds them all.
 */

const { sql } = Prisma;

const COLUMNS = sql`id, kind, state::text AS state, params, total, succeeded, failed, created_at AS "createdAt",
  created_by_id AS "createdById", created_by_name AS "createdByName", request_id AS "requestId",
  started_at AS "startedAt", finished_at AS "finishedAt"`;

/** Jobs that are queued or running, latest first. */
export function findUnfinishedJobs(db: Db, environmentId: EnvironmentId, limit: number): Promise<StoredJob[]> {
  return db.$queryRaw<StoredJob[]>`
    SELECT ${COLUMNS} FROM jobs WHERE environment_id = ${environmentId} AND state <> 'finished'
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

/** A job in the hands of a worker. Only who holds its lease may change it. */
export interface ClaimedJob extends StoredJob {
  readonly environmentId: EnvironmentId;
  readonly environmentName: EnvironmentName;
  readonly leaseHolder: string;
  /** Another worker had begun it and let its lease run out. */
  readonly takenOver: boolean;
}

/** Environments with jobs that nobody holds: queued, or running under a lease that has run out. Oldest job first. */
export async function findEnvironmentsWithJobs(db: Db, now: number): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<Array<{ id: EnvironmentId }>>`
    SELECT environment_id AS id FROM jobs WHERE state <> 'finished' AND ${isFree(now, sql`jobs`)}
    GROUP BY environment_id ORDER BY min(created_at)`;
  return rows.map(({ id }) => id);
}

/**
 * Claims the environment's oldest job that nobody holds. Null when there is none. Workers never wait for each other. `now`
 * is Unix milliseconds.
 */
export async function claimJob(db: Db, environmentId: EnvironmentId, now: number): Promise<ClaimedJob | null> {
  const rows = await db.$queryRaw<ClaimedJob[]>`
    WITH free AS (
      SELECT environment_id, id, started_at FROM jobs
      WHERE environment_id = ${environmentId} AND state <> 'finished' AND ${isFree(now, sql`jobs`)}
      ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE jobs AS j SET state = 'running', started_at = coalesce(j.started_at, ${time(now)}),
      lease_holder = ${randomUUID()}, lease_until = ${time(now + LEASE_MS)}
    FROM free, environments AS e
    WHERE j.environment_id = free.environment_id AND j.id = free.id AND e.id = j.environment_id
    RETURNING j.environment_id AS "environmentId", e.name::text AS "environmentName", j.id, j.kind, j.state::text AS state,
      j.params, j.total, j.succeeded, j.failed, j.created_at AS "createdAt", j.created_by_id AS "createdById",
      j.created_by_name AS "createdByName", j.request_id AS "requestId", j.started_at AS "startedAt",
      j.finished_at AS "finishedAt", j.lease_holder AS "leaseHolder", free.started_at IS NOT NULL AS "takenOver"`;
  return rows[0] ?? null;
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

export interface ItemResult {
  readonly position: number;
  readonly state: "succeeded" | "failed";
  readonly errorCode: string | null;
}

/** Records results of items and counts them, in the transaction that did the work. `now` is Unix milliseconds. */
export async function recordResults(
  db: Db,
  job: ClaimedJob,
  results: readonly ItemResult[],
  now: number,
): Promise<void> {
  await db.$executeRaw`
    WITH done AS (
      UPDATE job_items AS i SET state = given.state::job_item_state, error_code = given.error_code, finished_at = ${time(now)}
      FROM unnest(
        ${results.map((result) => result.position)}::int[],
        ${results.map((result) => result.state)}::text[],
        ${results.map((result) => result.errorCode ?? "")}::text[]
      ) AS raw(position, state, code), LATERAL (SELECT raw.position, raw.state, nullif(raw.code, '') AS error_code) AS given
      WHERE i.environment_id = ${job.environmentId} AND i.job_id = ${job.id} AND i.position = given.position
        AND i.state = 'pending'
      RETURNING i.state
    )
    UPDATE jobs SET
      succeeded = succeeded + (SELECT count(*) FROM done WHERE state = 'succeeded'),
      failed = failed + (SELECT count(*) FROM done WHERE state = 'failed')
    WHERE environment_id = ${job.environmentId} AND id = ${job.id}`;
}
