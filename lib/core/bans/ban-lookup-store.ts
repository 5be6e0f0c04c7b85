import type { Database, Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { type BanCondition, banConditionSql } from "./ban-list-store";

const { sql, empty } = Prisma;

export interface RunningBan {
  readonly userId: string;
  readonly endsAt: Date;
}

// Those with the end of the place, and those that end before it: two ranges of one index, each in its order.
const RUNNING = {
  name: "bans-running",
  text: `SELECT "userId", "endsAt" FROM (
      (SELECT user_id AS "userId", banned_until AS "endsAt" FROM users
      WHERE environment_id = $1::int AND banned_until = $3::timestamptz AND banned_until > $2::timestamptz AND user_id > $4::text
      ORDER BY user_id LIMIT $5::bigint + $6::bigint)
      UNION ALL
      (SELECT user_id, banned_until FROM users
      WHERE environment_id = $1::int AND banned_until < $3::timestamptz AND banned_until > $2::timestamptz
      ORDER BY banned_until DESC, user_id LIMIT $5::bigint + $6::bigint)
    ) AS running ORDER BY "endsAt" DESC, "userId" OFFSET $5::bigint LIMIT $6::bigint`,
};

/**
 * Bans in force at `now` as the users' rows say, soft-deleted ones among them: latest end first, then by user id. Those after a place,
 * without the first `skip` of them.
 */
export function findRunningBans(
  db: Database,
  environmentId: EnvironmentId,
  now: Date,
  after: RunningBan | null,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<RunningBan[]> {
  const place = after === null ? ["infinity", ""] : [after.endsAt.toISOString(), after.userId];
  return onPool(db.pool)<RunningBan>(RUNNING, [environmentId, now.toISOString(), ...place, skip, limit]);
}

interface CountedBans extends BanCondition {
  /** Only bans with greater numbers: those made later. */
  readonly idAfter?: bigint;
}

/** How many bans the condition holds for, counting no further than `limit`. */
export function countBans(
  db: Db,
  environmentId: EnvironmentId,
  condition: CountedBans,
  limit: number,
): Promise<number> {
  const { idAfter } = condition;
  const later = idAfter === undefined ? empty : sql` AND b.id > ${idAfter}`;
  // New bans are at the end of the key, where the order leads PostgreSQL.
  const order = idAfter === undefined ? sql`b.ends_at, b.id` : sql`b.id DESC`;
  const where = banConditionSql(environmentId, condition);
  return countRows(db, sql`SELECT FROM bans AS b WHERE ${where}${later} ORDER BY ${order} LIMIT ${limit}`);
}

/** So many bans of operators, of those that ended or end last, say which reasons are usual. */
const REASONS_FROM = 1_000;

/** The reasons that operators have given lately, the most frequent first. */
export async function findUsualReasons(db: Db, environmentId: EnvironmentId, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ reason: string }[]>`
    SELECT reason FROM (
      SELECT reason FROM bans WHERE environment_id = ${environmentId} AND banned_by_kind = 'operator'
      ORDER BY ends_at DESC, id DESC LIMIT ${REASONS_FROM}
    ) AS lately
    WHERE reason <> '' GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ${limit}`;
  return rows.map(({ reason }) => reason);
}

/** How many bans one user has had, counting no further than `limit`. */
export function countBansOfUser(db: Db, environmentId: EnvironmentId, userId: string, limit: number): Promise<number> {
  return db.ban.count({ where: { environmentId, userId }, take: limit });
}
