import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { amongFew, type SearchGroup, searchGroups, type UserSearch } from "./search-group-store";
import { isCut, readEitherWay } from "./search-walk-store";
import { SEEN, usersOfSource } from "./user-filter-store";
import { amongFewOfFilter, CREATION, conditionSql, type UserCondition, usersOf } from "./user-list-store";

/** All that a list shows, searched or not, without its pages: how many, and who. */

const { sql, empty, join } = Prisma;

/** How many users a list shows, counting no further than `limit`. `search` null: all. */
export async function countListedUsers(
  db: Db,
  environmentId: EnvironmentId,
  search: UserSearch | null,
  condition: UserCondition,
  limit: number,
): Promise<number> {
  if (search === null) {
    const source = condition.few === undefined ? usersOfSource(environmentId, condition) : undefined;
    const where = sql`WHERE environment_id = ${environmentId}${conditionSql(condition)}`;
    const rows =
      source === undefined
        ? sql`SELECT FROM ${usersOf(condition)} ${where} ORDER BY ${orderOf(condition)} LIMIT ${limit}`
        : sql`SELECT FROM ${source} ${where} LIMIT ${limit}`;
    return countRows(db, rows, amongFewOfFilter(environmentId, condition));
  }
  return readEitherWay(db, { environmentId, search, condition }, async (searched, walk) => {
    const groups = searchGroups(searched);
    const parts = groups.map((group) => group.rows({ ...WHOLLY, columns: empty, limit, walk }));
    const all = sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
    const count = await countRows(db, all, amongFew(searched));
    return count < limit && (await areCut(db, groups, walk)) ? null : count;
  });
}

/** The order of the range that is walked. */
const orderOf = ({ seen, created }: UserCondition) =>
  seen !== undefined && created.from === null && created.before === null ? sql`${SEEN}, user_id` : CREATION;

const WHOLLY = { order: keysetOrder(false), place: null };

const areCut = (db: Db, groups: readonly SearchGroup[], walk: number | null) =>
  isCut(
    db,
    groups.map((group) => ({ group, place: null })),
    WHOLLY.order,
    walk,
  );

/** Ids that a list shows, soft-deleted ones left out; at most `limit`. `search` null: all. */
export async function findListedUserIds(
  db: Db,
  environmentId: EnvironmentId,
  search: UserSearch | null,
  condition: UserCondition,
  limit: number,
): Promise<string[]> {
  const and = sql` AND soft_deleted_at IS NULL`;
  const columns = sql`user_id AS "userId"`;
  if (search === null) {
    const rows = await db.$queryRaw<{ userId: string }[]>`
      ${amongFewOfFilter(environmentId, condition)}SELECT ${columns} FROM ${usersOf(condition)}
      WHERE environment_id = ${environmentId}${conditionSql(condition)}${and} ORDER BY ${orderOf(condition)} LIMIT ${limit}`;
    return rows.map((row) => row.userId);
  }
  return readEitherWay(db, { environmentId, search, condition }, async (searched, walk) => {
    const groups = searchGroups(searched);
    const parts = groups.map((group) => group.rows({ ...WHOLLY, columns, limit, and, walk }));
    const rows = await db.$queryRaw<{ userId: string }[]>`
      ${amongFew(searched)}SELECT "userId" FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
    return rows.length < limit && (await areCut(db, groups, walk)) ? null : rows.map((row) => row.userId);
  });
}
