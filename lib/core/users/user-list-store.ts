import { countRows } from "@/lib/db/count-rows";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { TimeRange } from "../paging/time-range";
import type { UserSort, UserStatusFilter } from "./list-schema";

/** Which users a list shows. `now` is Unix milliseconds and decides which bans run. */
export interface UserCondition {
  readonly status: UserStatusFilter;
  readonly created: TimeRange;
  readonly now: number;
  /** Absent: whoever. "few_online": those online, who are known to be few, so that they are taken all and sorted. */
  readonly presence?: "online" | "few_online" | "offline";
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

/** A row that a search found, with its place in the order of relevance. */
export interface FoundUserRow extends StoredUserRow {
  readonly group: number;
  readonly key: string;
}

/** `[created or last seen in Unix milliseconds (null: never seen), userId]`; for the order by id `[0, userId]`. */
export type SortKeys = readonly [number | null, string];
/** `[group, key within the group, userId]` */
export type RelevanceKeys = readonly [number, string, string];

const { sql, empty, join } = Prisma;

const COLUMNS = sql`user_id AS "userId", name, avatar_url AS "avatarUrl", created_at AS "createdAt",
  banned_until AS "bannedUntil", soft_deleted_at AS "softDeletedAt", last_seen_at AS "lastSeenAt",
  friend_count AS "friendCount"`;

/** Never seen counts as before everything. The expression is that of users_last_seen_idx. */
const SEEN = sql`coalesce(last_seen_at, '-infinity'::timestamptz)`;
const NAME = sql`(lower(name) COLLATE "C")`;
const LAST_NAME = sql`(lower(split_part(name, ' ', -1)) COLLATE "C")`;

/**
 * Counting needs no order, but with one PostgreSQL walks the index and stops at the limit; without, it may start reading
 * the table in the hope to meet enough rows soon.
 */
const CREATION = sql`created_at, user_id`;

/** Greater than every text that may follow a prefix. */
const AFTER_ALL = "\u{10FFFF}";

const time = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

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

function createdSql({ created }: UserCondition): Prisma.Sql {
  const from = created.from === null ? empty : sql` AND created_at >= ${time(created.from.getTime())}`;
  return created.before === null ? from : sql`${from} AND created_at < ${time(created.before.getTime())}`;
}

/** Asked of each user by itself: a join could lead PostgreSQL to read the connections of everybody for one page. */
const CONNECTED = sql`(SELECT 1 FROM connections c
  WHERE c.environment_id = users.environment_id AND c.user_id = users.user_id LIMIT 1)`;

function presenceSql({ presence }: UserCondition): Prisma.Sql {
  if (presence === "online") return sql` AND ${CONNECTED} IS NOT NULL`;
  return presence === "offline" ? sql` AND ${CONNECTED} IS NULL` : empty;
}

const conditionSql = (condition: UserCondition) =>
  sql`${statusSql(condition)}${createdSql(condition)}${presenceSql(condition)}`;

/** Begins a query that looks among the few who are online only; `usersOf` then names these. */
function amongOnline(environmentId: EnvironmentId, { presence }: UserCondition): Prisma.Sql {
  if (presence !== "few_online") return empty;
  return sql`WITH online_users AS MATERIALIZED (
    SELECT u.* FROM (SELECT DISTINCT user_id FROM connections WHERE environment_id = ${environmentId}) AS online
    CROSS JOIN LATERAL (
      SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = online.user_id LIMIT 1
    ) AS u
  ) `;
}

const usersOf = ({ presence }: UserCondition) => (presence === "few_online" ? sql`online_users AS users` : sql`users`);

/** Users of one order beside a place, nearest first. One query; an index serves order and place. */
export function findUsers(
  db: Db,
  environmentId: EnvironmentId,
  condition: UserCondition,
  sort: UserSort,
  place: Place<SortKeys> | null,
  limit: number,
): Promise<StoredUserRow[]> {
  const downwards = sort.startsWith("-") !== (place?.direction === "previous");
  const direction = downwards ? sql`DESC` : sql`ASC`;
  const beyond = downwards ? sql`<` : sql`>`;
  const key = sort.endsWith("id") ? null : sort.endsWith("seen") ? SEEN : sql`created_at`;
  const from = () => {
    if (place === null) return empty;
    const [ms, userId] = place.keys;
    if (key === null) return sql` AND user_id ${beyond} ${userId}`;
    const keyValue = ms === null ? sql`'-infinity'::timestamptz` : time(ms);
    return sql` AND (${key}, user_id) ${beyond} (${keyValue}, ${userId})`;
  };
  const order = key === null ? empty : sql`${key} ${direction}, `;
  return db.$queryRaw<StoredUserRow[]>`
    ${amongOnline(environmentId, condition)}SELECT ${COLUMNS} FROM ${usersOf(condition)}
    WHERE environment_id = ${environmentId}${conditionSql(condition)}${from()}
    ORDER BY ${order}user_id ${direction}
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
  const downwards = sort.startsWith("-") !== (place?.direction === "previous");
  const direction = downwards ? sql`DESC` : sql`ASC`;
  const beyond = downwards ? sql`<` : sql`>`;
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

/** The week of a registration. The expression is that of users_week_id_idx. */
const weekOf = (moment: Prisma.Sql) =>
  sql`date_bin('7 days'::interval, ${moment}, '2000-01-01 00:00:00+00'::timestamptz)`;

/** The weeks in which users of a created range were registered, as rows of one column `week`. */
function weeksOf(environmentId: EnvironmentId, { from, before }: TimeRange): Prisma.Sql {
  const edge = (which: "min" | "max") =>
    sql`(SELECT ${which === "min" ? sql`min(created_at)` : sql`max(created_at)`} FROM users WHERE environment_id = ${environmentId})`;
  const first = from === null ? edge("min") : sql`greatest(${time(from.getTime())}, ${edge("min")})`;
  const last = before === null ? edge("max") : sql`least(${time(before.getTime())}, ${edge("max")})`;
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
function groups(environmentId: EnvironmentId, text: string, condition: UserCondition) {
  const filter = conditionSql(condition);
  const idStarts = sql`user_id >= ${text} AND user_id < ${text + AFTER_ALL}`;
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
  const direction = backwards ? sql`DESC` : sql`ASC`;
  const beyond = backwards ? sql`<` : sql`>`;
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

export function findUserRow(db: Db, environmentId: EnvironmentId, userId: string) {
  return db.user.findUnique({ where: { environmentId_userId: { environmentId, userId } } });
}
