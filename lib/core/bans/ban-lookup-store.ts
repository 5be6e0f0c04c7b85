import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { type BanCondition, banConditionSql } from "./ban-list-store";

const { sql, empty } = Prisma;

export interface RunningBan {
  readonly userId: string;
  readonly endsAt: Date;
}

/** Bans in force at `now`, latest end first, then by user id. */
export function findRunningBans(
  db: Db,
  environmentId: EnvironmentId,
  now: Date,
  page: { offset: number; limit: number },
): Promise<RunningBan[]> {
  // As SQL: a model call took twice the processor time, for what app servers ask by the thousand.
  return db.$queryRaw`SELECT user_id AS "userId", ends_at AS "endsAt" FROM bans
    WHERE environment_id = ${environmentId} AND ends_at > ${now}
    ORDER BY ends_at DESC, user_id OFFSET ${page.offset} LIMIT ${page.limit}`;
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
