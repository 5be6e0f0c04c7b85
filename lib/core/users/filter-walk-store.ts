import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { type CappedCount, cappedCount } from "../paging/page-size";
import type { UserSort } from "./list-schema";
import { filterSql, SEEN, seenSql, type UserFilters, usersById } from "./user-filter-store";
import {
  COLUMNS,
  CREATION,
  conditionSql,
  type SortKeys,
  type StoredUserRow,
  sortedBy,
  stateSql,
  type UserCondition,
} from "./user-list-store";

/**
 * Users under filters that look beyond the user's own row and leave many: an order of the list is walked as far as a page waits
 * for, and then the users of a filter by their ids (docs/decisions/0087-a-page-looks-at-so-many-users.md).
 */

const { sql, empty } = Prisma;

/** Whether each user has to be asked for something that no index of users tells. */
export const looksBeyond = ({ presence, platform, tag, group, run, email, uniqueId }: UserFilters): boolean =>
  [presence, platform, tag, group, run, email, uniqueId].some((filter) => filter !== undefined);

export interface WalkedUsers {
  readonly rows: StoredUserRow[];
  /** The page is not full, and there are more who were not looked at. */
  readonly isCut: boolean;
}

/** Users of one order beside a place, nearest first, of the first `walk` who have the status and were created in the range. */
export async function walkUsers(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: UserSort,
  place: Place<SortKeys> | null,
  { limit, walk }: { readonly limit: number; readonly walk: number },
): Promise<WalkedUsers> {
  const { order, from } = sortedBy(sort, place);
  const { direction } = keysetOrder(sort.startsWith("-") !== (place?.direction === "previous"));
  const range = sql`users WHERE environment_id = ${environmentId}${stateSql(condition)}${from} ORDER BY ${order}`;
  // An expression of a subquery gives its order only by a name.
  const named = sort.endsWith("seen") ? sql`seen ${direction}, user_id ${direction}` : order;
  const rows = await db.$queryRaw<StoredUserRow[]>`
    SELECT ${COLUMNS} FROM (SELECT *, ${SEEN} AS seen FROM ${range} LIMIT ${walk}) AS users
    WHERE true${filterSql(condition)} ORDER BY ${named} LIMIT ${limit}`;
  if (rows.length === limit) return { rows, isCut: false };
  const [row] = await db.$queryRaw<{ isCut: boolean }[]>`
    SELECT EXISTS (SELECT FROM ${range} OFFSET ${walk} LIMIT 1) AS "isCut"`;
  return { rows, isCut: row?.isCut === true };
}

/**
 * The same users in the order of their ids, from a filter whose users can be walked by these: each of them is asked for the rest.
 * Undefined: there is no such filter.
 */
export function walkUsersById(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: "id" | "-id",
  place: Place<SortKeys> | null,
  { limit, and = empty }: { readonly limit: number; readonly and?: Prisma.Sql },
): Promise<StoredUserRow[]> | undefined {
  const found = usersById(environmentId, condition);
  if (found === undefined) return undefined;
  const { direction, beyond } = keysetOrder((sort === "-id") !== (place?.direction === "previous"));
  const from = place === null ? empty : sql` AND user_id ${beyond} ${place.keys[1]}`;
  return db.$queryRaw<StoredUserRow[]>`
    SELECT ${COLUMNS} FROM (${found.ids(from, direction)}) AS found CROSS JOIN LATERAL (
      SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found_id LIMIT 1
    ) AS users
    WHERE true${conditionSql({ ...condition, few: found.source })}${and} ORDER BY found_id ${direction} LIMIT ${limit}`;
}

/**
 * How many users pass, where each has to be asked: counted among the first `looks` in the list's own order, or among the first of a
 * filter. Exact where that is all of them; else there are at least so many.
 */
export async function countAsked(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  cap: number,
  looks: number,
): Promise<CappedCount> {
  const found = usersById(environmentId, condition);
  const asked = found === undefined ? undefined : { ...condition, few: found.source };
  if (found !== undefined && conditionSql({ ...condition, few: found.source }).sql === "") {
    return cappedCount(await countRows(db, sql`SELECT FROM (${found.each} LIMIT ${cap + 1}) AS found`), cap);
  }
  const { seen, created } = condition;
  const bySeen = seen !== undefined && created.from === null && created.before === null;
  const walked = sql`users WHERE environment_id = ${environmentId}${stateSql(condition)}${bySeen ? seenSql(seen) : empty}
    ORDER BY ${bySeen ? sql`${SEEN}, user_id` : CREATION}`;
  const inOrder = await countAmong(db, sql`SELECT * FROM ${walked}`, filterSql(condition), looks);
  // The users of one tag stand among those of all tags: to meet so many of it may take all.
  if (inOrder.whole || found === undefined || asked === undefined || found.source === "tag")
    return lowest(inOrder, cap);
  const ofFilter = sql`SELECT users.* FROM (${found.ids(empty, sql`ASC`)} LIMIT ${looks + 1}) AS found CROSS JOIN LATERAL (
      SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found_id LIMIT 1
    ) AS users`;
  const inFilter = await countAmong(db, ofFilter, conditionSql(asked), looks);
  return lowest(inFilter.whole || inFilter.count > inOrder.count ? inFilter : inOrder, cap);
}

interface CountedAmong {
  readonly count: number;
  /** There are no more than were looked at. */
  readonly whole: boolean;
}

async function countAmong(db: Db, users: Prisma.Sql, filter: Prisma.Sql, looks: number): Promise<CountedAmong> {
  const [row] = await db.$queryRaw<CountedAmong[]>`
    WITH looked AS MATERIALIZED (SELECT * FROM (${users} LIMIT ${looks + 1}) AS users)
    SELECT (SELECT count(*)::int FROM (SELECT * FROM looked LIMIT ${looks}) AS users WHERE true${filter}) AS count,
      (SELECT count(*) FROM looked) <= ${looks} AS whole`;
  return row ?? { count: 0, whole: true };
}

const lowest = ({ count, whole }: CountedAmong, cap: number): CappedCount =>
  whole ? cappedCount(count, cap) : { count: Math.min(count, cap), capped: true };
