import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { TimeRange } from "../paging/time-range";
import type { UserSort, UserStatusFilter } from "./list-schema";
import { amongSource, filterSql, SEEN, type UserFilters } from "./user-filter-store";

/** The list of users by one order, and which users a list shows: the search and the counts go by the same condition. */

/** Which users a list shows. `now` is Unix milliseconds and decides which bans run. */
export interface UserCondition extends UserFilters {
  readonly status: UserStatusFilter;
  readonly created: TimeRange;
  readonly now: number;
}

export interface StoredUserRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly createdAt: Date;
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly friendCount: number;
}

/** `[created or last seen in Unix milliseconds (null: never seen), userId]`; for the order by id `[0, userId]`. */
export type SortKeys = readonly [number | null, string];
const { sql, empty } = Prisma;

export const COLUMNS = sql`user_id AS "userId", name, avatar_url AS "avatarUrl", created_at AS "createdAt",
  banned_until AS "bannedUntil", soft_deleted_at AS "softDeletedAt", last_seen_at AS "lastSeenAt",
  friend_count AS "friendCount"`;

/**
 * Counting needs no order, but with one PostgreSQL walks the index and stops at the limit; without, it may start reading
 * the table in the hope to meet enough rows soon.
 */
export const CREATION = sql`created_at, user_id`;

function statusSql({ status, now }: UserCondition): Prisma.Sql {
  switch (status) {
    case "all":
      return empty;
    case "active":
      return sql` AND soft_deleted_at IS NULL AND (banned_until IS NULL OR banned_until <= ${time(now)})`;
    case "banned":
      return sql` AND banned_until > ${time(now)} AND soft_deleted_at IS NULL`;
    case "deleted":
      return sql` AND soft_deleted_at IS NOT NULL`;
  }
}

export function createdSql({ created }: UserCondition): Prisma.Sql {
  const from = created.from === null ? empty : sql` AND created_at >= ${time(created.from)}`;
  return created.before === null ? from : sql`${from} AND created_at < ${time(created.before)}`;
}

/** Of the user's own state and age. */
export const stateSql = (condition: UserCondition) => sql`${statusSql(condition)}${createdSql(condition)}`;

export const conditionSql = (condition: UserCondition) => sql`${stateSql(condition)}${filterSql(condition)}`;

/** The users whom a query looks at: all, or the few that `amongFewOfFilter` has taken. */
export const usersOf = ({ few }: UserCondition) => (few === undefined ? sql`users` : sql`few_of_filter AS users`);

/** Begins a query that looks among the few whom a filter leaves; `usersOf` then names these. */
export const amongFewOfFilter = (environmentId: EnvironmentId, condition: UserCondition): Prisma.Sql =>
  condition.few === undefined ? empty : amongSource(environmentId, condition, condition.few);

/** The order of a column as SQL, and the condition of the rows beside a place in it. */
export function sortedBy(sort: UserSort, place: Place<SortKeys> | null): { order: Prisma.Sql; from: Prisma.Sql } {
  const { direction, beyond } = keysetOrder(sort.startsWith("-") !== (place?.direction === "previous"));
  const key = sort.endsWith("id") ? null : sort.endsWith("seen") ? SEEN : sql`created_at`;
  const order = key === null ? sql`user_id ${direction}` : sql`${key} ${direction}, user_id ${direction}`;
  if (place === null) return { order, from: empty };
  const [ms, userId] = place.keys;
  if (key === null) return { order, from: sql` AND user_id ${beyond} ${userId}` };
  const keyValue = ms === null ? sql`'-infinity'::timestamptz` : time(ms);
  return { order, from: sql` AND (${key}, user_id) ${beyond} (${keyValue}, ${userId})` };
}

/** Users of one order beside a place, nearest first. One query; an index serves order and place. */
export function findUsers(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: UserSort,
  place: Place<SortKeys> | null,
  limit: number,
): Promise<StoredUserRow[]> {
  const { order, from } = sortedBy(sort, place);
  return db.$queryRaw<StoredUserRow[]>`
    ${amongFewOfFilter(environmentId, condition)}SELECT ${COLUMNS} FROM ${usersOf(condition)}
    WHERE environment_id = ${environmentId}${conditionSql(condition)}${from}
    ORDER BY ${order}
    LIMIT ${limit}`;
}

/**
 * The same for a created range that holds few users: takes the whole range by its index and sorts it, since walking the
 * order's own index could pass the whole environment before it meets them. Null when more than `rangeMax` users
 * were created in it, whatever their status. Sorts by id or last seen.
 */
export async function findUsersOfRange(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: UserSort,
  place: Place<SortKeys> | null,
  limit: number,
  rangeMax: number,
): Promise<StoredUserRow[] | null> {
  const { direction, beyond } = keysetOrder(sort.startsWith("-") !== (place?.direction === "previous"));
  const bySeen = sort.endsWith("seen");
  const from = () => {
    if (place === null) return empty;
    const [ms, userId] = place.keys;
    if (!bySeen) return sql`WHERE user_id ${beyond} ${userId}`;
    const keyValue = ms === null ? sql`'-infinity'::timestamptz` : time(ms);
    return sql`WHERE (seen, user_id) ${beyond} (${keyValue}, ${userId})`;
  };
  const order = sql`${bySeen ? sql`seen ${direction}, ` : empty}user_id ${direction}`;
  // The size is read from the index alone, and the rest is not begun when it is too large. By id and without a status
  // the range too is read from its index alone; only the page's rows are fetched.
  const found = await db.$queryRaw<(StoredUserRow & { tooLarge: boolean })[]>`
    WITH size AS MATERIALIZED (
      SELECT EXISTS (
        SELECT FROM users WHERE environment_id = ${environmentId}${createdSql(condition)}
        ORDER BY ${CREATION} OFFSET ${rangeMax} LIMIT 1
      ) AS "tooLarge"
    ), range AS MATERIALIZED (
      SELECT user_id${bySeen ? sql`, ${SEEN} AS seen` : empty} FROM users
      WHERE environment_id = ${environmentId}${conditionSql(condition)} AND NOT (SELECT "tooLarge" FROM size)
    ), page AS MATERIALIZED (SELECT * FROM range ${from()} ORDER BY ${order} LIMIT ${limit})
    SELECT "tooLarge", ${COLUMNS}
    FROM size LEFT JOIN (page JOIN users USING (user_id)) ON environment_id = ${environmentId}
    ORDER BY ${order}`;
  if (found[0]?.tooLarge === true) return null;
  // The size alone, without a user, when the page is empty.
  return found.filter((row) => row.userId !== null);
}
