import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";

/**
 * Counts over the latest rows of large tables: a figure for a question on a screen, so it must cost little, and an exact one
 * of millions says no more. Sets and window reads, so SQL (docs/decisions/0008-when-raw-sql-is-right.md).
 */

/** Rows that are looked at. */
const LOOK_MAX = 50_000;

export interface Looked {
  readonly count: number;
  /** Whether all rows were looked at. */
  readonly whole: boolean;
}

const { sql } = Prisma;
const LOOK = sql` LIMIT ${LOOK_MAX + 1}`;

async function read(db: Db, query: Prisma.Sql): Promise<Looked> {
  const [row] = await db.$queryRaw<Looked[]>`${query}`;
  return row ?? { count: 0, whole: true };
}

/** How many of the latest `rows` a condition holds for. */
function countAmong(db: Db, rows: Prisma.Sql, condition: Prisma.Sql): Promise<Looked> {
  return read(
    db,
    sql`WITH looked AS MATERIALIZED (${rows}${LOOK})
      SELECT (count(*) FILTER (WHERE ${condition}))::int AS count, count(*) <= ${LOOK_MAX} AS whole FROM looked`,
  );
}

/**
 * Pairs of users of whom one has written to the other since `since` (Unix milliseconds) and who are not friends. What the app
 * server sends is no conversation.
 */
export function countPairsOfStrangers(db: Db, environmentId: EnvironmentId, since: number): Promise<Looked> {
  // Each friendship is probed by its key, so that no plan reads them all.
  return read(
    db,
    sql`WITH looked AS MATERIALIZED (
        SELECT kind, sent_at, sender_id, target_id, client_key FROM messages
        WHERE environment_id = ${environmentId} ORDER BY sequence DESC${LOOK}
      ), pairs AS MATERIALIZED (
        SELECT DISTINCT least(sender_id, target_id) AS one, greatest(sender_id, target_id) AS other FROM looked
        WHERE kind = 1 AND client_key IS NOT NULL AND sent_at >= ${since} AND sender_id <> target_id
      )
      SELECT count(*)::int AS count,
        (SELECT count(*) <= ${LOOK_MAX} OR min(sent_at) < ${since} FROM looked) AS whole
      FROM pairs CROSS JOIN LATERAL (
        SELECT (SELECT true FROM friendships WHERE environment_id = ${environmentId} AND user_id = one AND friend_id = other LIMIT 1) AS are
      ) friends
      WHERE are IS NULL`,
  );
}

/** Users with several live connections on one platform. */
export function countConnectedTwice(db: Db, environmentId: EnvironmentId): Promise<Looked> {
  return read(
    db,
    sql`WITH looked AS MATERIALIZED (
        SELECT user_id, platform FROM connections WHERE environment_id = ${environmentId} ORDER BY user_id, id${LOOK}
      )
      SELECT count(DISTINCT user_id)::int AS count, (SELECT count(*) <= ${LOOK_MAX} FROM looked) AS whole
      FROM (SELECT user_id FROM looked GROUP BY user_id, platform HAVING count(*) > 1) AS twice`,
  );
}

const CHOICES = { visibility: sql`profile_visibility`, level: sql`friend_permission` };

/** Users who have not chosen for themselves, soft-deleted ones left out. */
export function countUsersWithout(db: Db, environmentId: EnvironmentId, choice: keyof typeof CHOICES): Promise<Looked> {
  const rows = sql`SELECT soft_deleted_at, ${CHOICES[choice]} AS choice FROM users
    WHERE environment_id = ${environmentId} ORDER BY created_at DESC, user_id DESC`;
  return countAmong(db, rows, sql`choice IS NULL AND soft_deleted_at IS NULL`);
}

/** Hosted profiles with a value under one of the extended keys. */
export function countProfilesWithKeys(db: Db, environmentId: EnvironmentId, keys: readonly string[]): Promise<Looked> {
  const rows = sql`SELECT extended FROM user_profiles
    WHERE environment_id = ${environmentId} ORDER BY registered_at DESC, user_id DESC`;
  return countAmong(db, rows, sql`jsonb_exists_any(extended, ${[...keys]}::text[])`);
}
