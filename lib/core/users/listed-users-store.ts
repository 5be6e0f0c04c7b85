import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { countAsked, looksBeyond, walkUsersById } from "./filter-walk-store";
import { amongFew, type SearchGroup, searchGroups, type UserSearch } from "./search-group-store";
import { isCut, readEitherWay } from "./search-walk-store";
import { SEEN } from "./user-filter-store";
import { amongFewOfFilter, CREATION, conditionSql, type UserCondition, usersOf } from "./user-list-store";

/** All that a list shows, searched or not, without its pages: how many, and who. */

const { sql, empty, join } = Prisma;

/** Users who are asked, at most, for filters that look beyond their own rows, when they are counted. */
const COUNT_LOOKS = 4_000;

/**
 * How many users a list shows, counting no further than `cap`; under filters that look beyond the users' rows and leave many, how many
 * at least. `search` null: all.
 */
export async function countListedUsers(
  db: Db,
  environmentId: EnvironmentId,
  search: UserSearch | null,
  condition: UserCondition,
  cap: number,
): Promise<CappedCount> {
  const limit = cap + 1;
  if (search === null) {
    if (condition.few === undefined && looksBeyond(condition)) {
      return countAsked(db, environmentId, condition, cap, COUNT_LOOKS);
    }
    const rows = sql`SELECT FROM ${usersOf(condition)} WHERE environment_id = ${environmentId}${conditionSql(condition)}
      ORDER BY ${orderOf(condition)} LIMIT ${limit}`;
    return cappedCount(await countRows(db, rows, amongFewOfFilter(environmentId, condition)), cap);
  }
  return readEitherWay(db, { environmentId, search, condition }, async (searched, walk) => {
    const groups = searchGroups(searched);
    const parts = groups.map((group) => group.rows({ ...WHOLLY, columns: empty, limit, walk }));
    const all = sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
    const count = await countRows(db, all, amongFew(searched));
    return count < limit && (await areCut(db, groups, walk)) ? null : cappedCount(count, cap);
  });
}

/** The order of the range that is walked: of the banned, that of the index which also says whom to leave out. */
const orderOf = ({ seen, created, status }: UserCondition) => {
  if (created.from !== null || created.before !== null) return CREATION;
  if (seen !== undefined) return sql`${SEEN}, user_id`;
  return status === "banned" ? sql`user_id` : CREATION;
};

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
  if (condition.status === "deleted") return [];
  const and = sql` AND soft_deleted_at IS NULL`;
  const columns = sql`user_id AS "userId"`;
  if (search === null) {
    const asked = condition.few === undefined && looksBeyond(condition);
    const byId = asked ? walkUsersById(db, environmentId, condition, "id", null, { limit, and }) : undefined;
    if (byId !== undefined) return (await byId).map(({ userId }) => userId);
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
