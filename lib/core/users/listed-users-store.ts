import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { amongFew, searchGroups, type UserSearch } from "./search-group-store";
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
  const searched = { environmentId, search, condition };
  const parts = searchGroups(searched).map((group) => group.rows({ ...WHOLLY, columns: empty, limit }));
  return countRows(db, sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`, amongFew(searched));
}

/** The order of the range that is walked. */
const orderOf = ({ seen, created }: UserCondition) =>
  seen !== undefined && created.from === null && created.before === null ? sql`${SEEN}, user_id` : CREATION;

const WHOLLY = { order: keysetOrder(false), place: null };

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
  const searched = { environmentId, search, condition };
  const parts = searchGroups(searched).map((group) => group.rows({ ...WHOLLY, columns, limit, and }));
  const rows = await db.$queryRaw<{ userId: string }[]>`
    ${amongFew(searched)}SELECT "userId" FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
  return rows.map((row) => row.userId);
}
