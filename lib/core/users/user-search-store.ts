import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { AFTER_ALL, idStartsWith, keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { TimeRange } from "../paging/time-range";
import { amongOnline, COLUMNS, conditionSql, type StoredUserRow, type UserCondition, usersOf } from "./user-list-store";

/** A row that a search found, with its place in the order of relevance. */
export interface FoundUserRow extends StoredUserRow {
  readonly group: number;
  readonly key: string;
}

/** `[group, key within the group, userId]` */
export type RelevanceKeys = readonly [number, string, string];

const { sql, empty, join } = Prisma;

const NAME = sql`(lower(name) COLLATE "C")`;
const LAST_NAME = sql`(lower(split_part(name, ' ', -1)) COLLATE "C")`;

/** The week of a registration. The expression is that of users_week_id_idx. */
const weekOf = (moment: Prisma.Sql) =>
  sql`date_bin('7 days'::interval, ${moment}, '2000-01-01 00:00:00+00'::timestamptz)`;

/** The weeks in which users of a created range were registered, as rows of one column `week`. */
function weeksOf(environmentId: EnvironmentId, { from, before }: TimeRange): Prisma.Sql {
  const edge = (which: "min" | "max") =>
    sql`(SELECT ${which === "min" ? sql`min(created_at)` : sql`max(created_at)`} FROM users WHERE environment_id = ${environmentId})`;
  const first = from === null ? edge("min") : sql`greatest(${time(from)}, ${edge("min")})`;
  const last = before === null ? edge("max") : sql`least(${time(before)}, ${edge("max")})`;
  return sql`generate_series(${weekOf(first)}, ${last}, interval '168 hours') AS week`;
}

/**
 * Whether a search walks the ids week by week: few users are banned or soft-deleted, and those have their own indexes; the
 * few who are online are searched as they are.
 */
const byWeek = ({ status, created, presence }: UserCondition) =>
  (status === "all" || status === "active") &&
  presence !== "few_online" &&
  (created.from !== null || created.before !== null);

/** The groups of a search, most relevant first. Each is one range of one index, which also gives its order. */
export function groups(environmentId: EnvironmentId, text: string, condition: UserCondition) {
  const filter = conditionSql(condition);
  const idStarts = idStartsWith(sql`user_id`, text);
  // Where another index finds the rows, both are computed for each; the one that refuses more comes first.
  const starts = (key: Prisma.Sql) => {
    const [from, to] = [sql`${key} >= lower(${text}::text)`, sql`${key} < lower(${text}::text) || ${AFTER_ALL}`];
    return text.toLowerCase() < "n" ? sql`${to} AND ${from}` : sql`${from} AND ${to}`;
  };
  const mine = sql`environment_id = ${environmentId}`;
  const users = usersOf(condition);
  return [
    // The exact id, whatever its state and age, online or not.
    { key: sql`''`, users: sql`users`, order: sql`user_id`, where: sql`${mine} AND user_id = ${text}` },
    { key: sql`''`, users, order: sql`user_id`, where: sql`${mine} AND ${idStarts} AND user_id <> ${text}${filter}` },
    {
      key: NAME,
      users,
      order: sql`${NAME}, user_id`,
      where: sql`${mine} AND ${starts(NAME)} AND NOT (${idStarts})${filter}`,
    },
    {
      key: LAST_NAME,
      users,
      order: sql`${LAST_NAME}, user_id`,
      where: sql`${mine} AND position(' ' in name) > 0 AND ${starts(LAST_NAME)} AND NOT (${starts(NAME)}) AND NOT (${idStarts})${filter}`,
    },
  ];
}

/**
 * Users that a search finds, in the order of relevance: the exact id (whatever the filters), ids that start with the
 * text (case-sensitive), names and last names that start with it (not case-sensitive); nobody twice. One query.
 */
export function searchUsers(
  db: Db,
  environmentId: EnvironmentId,
  text: string,
  condition: UserCondition,
  place: Place<RelevanceKeys> | null,
  limit: number,
): Promise<FoundUserRow[]> {
  const backwards = place?.direction === "previous";
  const { direction, beyond } = keysetOrder(backwards);
  const parts = groups(environmentId, text, condition).flatMap(({ key, users, where }, group) => {
    const byId = group < 2;
    let from = empty;
    if (place !== null) {
      const [placeGroup, placeKey, userId] = place.keys;
      if (backwards ? group > placeGroup : group < placeGroup) return [];
      if (group === placeGroup) {
        from = byId
          ? sql` AND user_id ${beyond} ${userId}`
          : sql` AND (${key}, user_id) ${beyond} (${placeKey}, ${userId})`;
      }
    }
    if (group === 1 && byWeek(condition)) {
      return [
        sql`(SELECT ${COLUMNS}, 1::int AS "group", '' AS "key" FROM ${weeksOf(environmentId, condition.created)}
        CROSS JOIN LATERAL (
          SELECT * FROM users WHERE ${where}${from} AND ${weekOf(sql`created_at`)} = week ORDER BY user_id ${direction} LIMIT ${limit}
        ) AS users ORDER BY user_id ${direction} LIMIT ${limit})`,
      ];
    }
    const order = byId ? empty : sql`${key} ${direction}, `;
    return [
      sql`(SELECT ${COLUMNS}, ${group}::int AS "group", ${key} AS "key" FROM ${users} WHERE ${where}${from}
        ORDER BY ${order}user_id ${direction} LIMIT ${limit})`,
    ];
  });
  return db.$queryRaw<FoundUserRow[]>`
    ${amongOnline(environmentId, condition)}SELECT * FROM (${join(parts, " UNION ALL ")}) AS found
    ORDER BY "group" ${direction}, "key" COLLATE "C" ${direction}, "userId" COLLATE "C" ${direction}
    LIMIT ${limit}`;
}
