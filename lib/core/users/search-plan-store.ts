import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countOf, idStartsWith, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { termStarts } from "../search/term-match-store";
import type { UserSearch } from "./search-group-store";
import { createdSql, type UserCondition } from "./user-list-store";

/** How much there is to walk for a search, by either way: counted from indexes alone, and no further than it takes to decide. */

const { sql, join } = Prisma;

/** How many terms begin with each word, up to about `limit`. */
export async function countTermsUpTo(
  db: Db,
  environmentId: EnvironmentId,
  words: readonly string[],
  limit: number,
): Promise<number[]> {
  const counts = words.map((word) => {
    const of = (whole: boolean) =>
      countOf(sql`SELECT FROM user_search_terms WHERE environment_id = ${environmentId} AND whole = ${whole}
        AND ${termStarts(word)} ORDER BY term LIMIT ${limit}`);
    return sql`${of(true)} + ${of(false)}`;
  });
  const [row] = await db.$queryRaw<{ counts: number[] }[]>`SELECT ARRAY[${join(counts)}] AS counts`;
  return (row?.counts ?? []).map((count) => Math.min(count, limit));
}

/** Whether one of the filters leaves at most `limit` users. */
export async function isFew(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  limit: number,
): Promise<boolean> {
  if (condition.few !== undefined) return true;
  const { status, created, now } = condition;
  const mine = sql`SELECT FROM users WHERE environment_id = ${environmentId}`;
  const filters = [
    ...(status === "banned" ? [sql`${mine} AND banned_until > ${time(now)} ORDER BY banned_until`] : []),
    ...(created.from !== null || created.before !== null
      ? [sql`${mine}${createdSql(condition)} ORDER BY created_at, user_id`]
      : []),
  ];
  if (filters.length === 0) return false;
  const few = filters.map((filter) => sql`NOT EXISTS (${filter} OFFSET ${limit} LIMIT 1)`);
  const [row] = await db.$queryRaw<{ few: boolean }[]>`SELECT ${join(few, " OR ")} AS few`;
  return row?.few ?? false;
}

/** Whether a search among all users passes at most about `limit` of them: those under its lead, and ids that start with it. */
export async function isSortable(
  db: Db,
  environmentId: EnvironmentId,
  { text, words }: UserSearch,
  limit: number,
): Promise<boolean> {
  const mine = sql`environment_id = ${environmentId}`;
  const ways = [
    sql`users WHERE ${mine} AND ${idStartsWith(sql`user_id`, text)} ORDER BY user_id`,
    ...(words === null ? [] : [true, false]).map(
      (whole) =>
        sql`user_search_terms WHERE ${mine} AND whole = ${whole} AND ${termStarts(words?.[0] ?? "")} ORDER BY term`,
    ),
  ];
  const many = ways.map((way) => sql`EXISTS (SELECT FROM ${way} OFFSET ${limit} LIMIT 1)`);
  const [row] = await db.$queryRaw<{ many: boolean }[]>`SELECT ${join(many, " OR ")} AS many`;
  return row?.many === false;
}
