import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { amongFew, searchGroups, type UserSearch } from "./search-group-store";
import { amongOnline, CREATION, conditionSql, type UserCondition, usersOf } from "./user-list-store";

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
    return countRows(
      db,
      sql`SELECT FROM ${usersOf(condition)} WHERE environment_id = ${environmentId}${conditionSql(condition)} ORDER BY ${CREATION} LIMIT ${limit}`,
      amongOnline(environmentId, condition),
    );
  }
  const searched = { environmentId, search, condition };
  const parts = searchGroups(searched).map((group) => group.rows({ ...WHOLLY, columns: empty, limit }));
  return countRows(db, sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`, amongFew(searched));
}

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
      ${amongOnline(environmentId, condition)}SELECT ${columns} FROM ${usersOf(condition)}
      WHERE environment_id = ${environmentId}${conditionSql(condition)}${and} ORDER BY ${CREATION} LIMIT ${limit}`;
    return rows.map((row) => row.userId);
  }
  const searched = { environmentId, search, condition };
  const parts = searchGroups(searched).map((group) => group.rows({ ...WHOLLY, columns, limit, and }));
  const rows = await db.$queryRaw<{ userId: string }[]>`
    ${amongFew(searched)}SELECT "userId" FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
  return rows.map((row) => row.userId);
}
