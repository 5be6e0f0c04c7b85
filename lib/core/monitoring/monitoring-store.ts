import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countOf, time } from "@/lib/db/sql";
import { DEFAULT_USER_LIMIT } from "../quota/facts";
import { QUOTA_ALARM_AT, QUOTA_WARN_AT } from "../quota/schema";

const { sql } = Prisma;

export interface InstallationFigures {
  /** Rows of `users` as PostgreSQL's statistics have it: all environments, soft-deleted ones too. */
  readonly usersEstimated: number;
  /** Development environments with at least 80 %, at least 95 % and all of their seats taken. */
  readonly quota: { readonly from80: number; readonly from95: number; readonly full: number };
  readonly jobs: { readonly queued: number; readonly running: number };
  readonly webhookEventsPending: number;
  /** Seconds since the oldest event that is still to be delivered was recorded; 0 when there is none. */
  readonly webhookOldestPendingSeconds: number;
}

/** Counting of pending events stops here. */
const PENDING_CAP = 100_000;

interface Row {
  readonly usersEstimated: number;
  readonly from80: number;
  readonly from95: number;
  readonly full: number;
  readonly queued: number;
  readonly running: number;
  readonly pending: number;
  readonly oldest: number;
}

/** What is worth watching of the whole installation, in one statement that reads indexes only. `now` in Unix milliseconds. */
export async function readInstallationFigures(db: Db, now: number): Promise<InstallationFigures> {
  const [row] = await db.$queryRaw<Row[]>`
    WITH seats AS (
      SELECT ${countOf(sql`SELECT FROM users u WHERE u.environment_id = e.id AND u.soft_deleted_at IS NULL LIMIT e.seats`)}
        / e.seats::float8 AS taken
      FROM (
        SELECT id, coalesce(user_limit, ${DEFAULT_USER_LIMIT}) AS seats FROM environments WHERE name = 'development'
      ) e
    ), unfinished AS (
      SELECT state::text AS state, count(*) AS count FROM jobs WHERE state IN ('queued', 'running') GROUP BY 1
    ), pending AS (
      SELECT count(*) AS count, min(created_at) AS oldest FROM (
        SELECT created_at FROM webhook_events WHERE delivered_at IS NULL AND dead_at IS NULL LIMIT ${PENDING_CAP}
      ) counted
    )
    SELECT (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'users'::regclass) AS "usersEstimated",
      (SELECT count(*)::int FROM seats WHERE taken >= ${QUOTA_WARN_AT}) AS from80,
      (SELECT count(*)::int FROM seats WHERE taken >= ${QUOTA_ALARM_AT}) AS from95,
      (SELECT count(*)::int FROM seats WHERE taken >= 1) AS "full",
      coalesce((SELECT count::int FROM unfinished WHERE state = 'queued'), 0) AS queued,
      coalesce((SELECT count::int FROM unfinished WHERE state = 'running'), 0) AS running,
      (SELECT count::int FROM pending) AS pending,
      coalesce((SELECT extract(epoch FROM ${time(now)} - oldest) FROM pending), 0)::float8 AS oldest`;
  if (row === undefined) throw new Error("the figures of the installation gave no row");
  return {
    usersEstimated: row.usersEstimated,
    quota: { from80: row.from80, from95: row.from95, full: row.full },
    jobs: { queued: row.queued, running: row.running },
    webhookEventsPending: row.pending,
    webhookOldestPendingSeconds: Math.max(0, row.oldest),
  };
}
