import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { amongOnline, CREATION, conditionSql, type UserCondition, usersOf } from "./user-list-store";
import { groups } from "./user-search-store";

/** All that a list shows, searched or not, without its pages: how many, and who. */

const { sql, join } = Prisma;

/** How many users a list shows, counting no further than `limit`. `text` "" means no search. */
export async function countListedUsers(
  db: Db,
  environmentId: EnvironmentId,
  text: string,
  condition: UserCondition,
  limit: number,
): Promise<number> {
  if (text === "") {
    return countRows(
      db,
      sql`SELECT FROM ${usersOf(condition)} WHERE environment_id = ${environmentId}${conditionSql(condition)} ORDER BY ${CREATION} LIMIT ${limit}`,
      amongOnline(environmentId, condition),
    );
  }
  const parts = groups(environmentId, text, condition).map(
    ({ users, order, where }) => sql`(SELECT FROM ${users} WHERE ${where} ORDER BY ${order} LIMIT ${limit})`,
  );
  return countRows(
    db,
    sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`,
    amongOnline(environmentId, condition),
  );
}

/** Ids that a list shows, soft-deleted ones left out; at most `limit`. */
export async function findListedUserIds(
  db: Db,
  environmentId: EnvironmentId,
  text: string,
  condition: UserCondition,
  limit: number,
): Promise<string[]> {
  const alive = sql` AND soft_deleted_at IS NULL`;
  const sources =
    text === ""
      ? [
          {
            users: usersOf(condition),
            where: sql`environment_id = ${environmentId}${conditionSql(condition)}`,
            order: CREATION,
          },
        ]
      : groups(environmentId, text, condition);
  const parts = sources.map(
    ({ users, where, order }) =>
      sql`(SELECT user_id AS "userId" FROM ${users} WHERE ${where}${alive} ORDER BY ${order} LIMIT ${limit})`,
  );
  const rows = await db.$queryRaw<{ userId: string }[]>`
    ${amongOnline(environmentId, condition)}SELECT "userId" FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`;
  return rows.map((row) => row.userId);
}
