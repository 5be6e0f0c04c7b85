import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Platform } from "../presence/schema";

/**
 * The filters of the users list that look at more than a user's own state and age. Each can be asked of a user (`filterSql`), and
 * each is a range of an index by itself, so that users can be taken from it while they are few (docs/decisions/0074).
 */

/** When users were last seen. */
export interface SeenRange {
  /** Included. */
  readonly from: Date | null;
  /** Not included. */
  readonly before: Date | null;
  /** Who was never seen counts as before everything; else not at all. */
  readonly never: boolean;
}

export interface UserFilters {
  readonly presence?: "online" | "offline";
  /** Online with a device of this kind. */
  readonly platform?: Platform;
  readonly seen?: SeenRange;
  readonly tag?: string;
  readonly group?: string;
  /** The test run; null: one of production, where there are none, so that nobody passes. */
  readonly run?: string | null;
  /** Whether the hosted profile has one. */
  readonly email?: boolean;
  readonly uniqueId?: boolean;
  /** The filter that is known to leave few users, so that they are taken all, looked at and sorted. */
  readonly few?: FilterSource;
}

/** Filters from which users can be taken; of several that leave few, the first counts. */
export const FILTER_SOURCES = ["run", "group", "online", "tag", "uniqueId", "email", "seen"] as const;
export type FilterSource = (typeof FILTER_SOURCES)[number];

const { sql, empty, join } = Prisma;

/** Never seen counts as before everything. The expression is that of users_last_seen_idx. */
export const SEEN = sql`coalesce(last_seen_at, '-infinity'::timestamptz)`;

/** Each asked of a user by itself: a join could lead PostgreSQL to read the whole other table for one page. */
const exists = (table: Prisma.Sql, where: Prisma.Sql) =>
  sql`(SELECT 1 FROM ${table} AS o WHERE o.environment_id = users.environment_id AND o.user_id = users.user_id${where} LIMIT 1)`;

/** SQL that follows the condition of the environment. */
export function seenSql({ from, before, never }: SeenRange): Prisma.Sql {
  const since =
    from !== null ? sql` AND ${SEEN} >= ${time(from)}` : never ? empty : sql` AND ${SEEN} > '-infinity'::timestamptz`;
  return before === null ? since : sql`${since} AND ${SEEN} < ${time(before)}`;
}

const connected = (platform: Platform | undefined) =>
  exists(sql`connections`, platform === undefined ? empty : sql` AND o.platform = ${platform}`);

const EMAIL = sql`(basic->>'email')`;

/** Whether a user of `users` passes the filters, the one excepted from which the users were taken. */
export function filterSql(filters: UserFilters): Prisma.Sql {
  const { presence, platform, seen, tag, group, run, email, uniqueId, few } = filters;
  const has = (wanted: boolean | undefined, found: Prisma.Sql) =>
    wanted === undefined ? empty : wanted ? sql` AND ${found} IS NOT NULL` : sql` AND ${found} IS NULL`;
  const online = platform !== undefined || presence === "online" ? true : undefined;
  return join(
    [
      few === "online" ? empty : has(online, connected(platform)),
      presence === "offline" ? has(false, connected(undefined)) : empty,
      seen === undefined || few === "seen" ? empty : seenSql(seen),
      tag === undefined || few === "tag" ? empty : has(true, exists(sql`user_tags`, sql` AND ${tag} = ANY(o.tags)`)),
      group === undefined || few === "group"
        ? empty
        : has(true, exists(sql`group_members`, sql` AND o.group_id = ${group}`)),
      run === undefined || few === "run"
        ? empty
        : run === null
          ? sql` AND false`
          : has(true, exists(sql`test_run_users`, sql` AND o.run_id = ${run}`)),
      few === "email" ? empty : has(email, exists(sql`user_profiles`, sql` AND (o.basic->>'email') IS NOT NULL`)),
      few === "uniqueId" ? empty : has(uniqueId, exists(sql`user_profiles`, sql` AND o.unique_id IS NOT NULL`)),
    ],
    "",
  );
}

interface Source {
  /** A table and the condition of the rows that name the users. */
  readonly rows: Prisma.Sql;
  /** Of an index, so that the rows can be counted up to a limit; empty: there is none. */
  readonly order: Prisma.Sql;
}

/** Of each filter in force that users can be taken from: the rows that name them. */
function sourcesOf(environmentId: EnvironmentId, filters: UserFilters): Record<FilterSource, Source | null> {
  const { presence, platform, seen, tag, group, run, email, uniqueId } = filters;
  const mine = sql`environment_id = ${environmentId}`;
  const online = presence === "online" || platform !== undefined;
  return {
    group:
      group === undefined
        ? null
        : { rows: sql`group_members WHERE ${mine} AND group_id = ${group}`, order: sql`user_id` },
    run:
      run === undefined
        ? null
        : {
            rows: sql`test_run_users WHERE ${mine} AND ${run === null ? sql`false` : sql`run_id = ${run}`}`,
            order: sql`user_id`,
          },
    // Those of other platforms are passed over: no index knows the platform.
    online: online
      ? {
          rows: sql`connections WHERE ${mine}${platform === undefined ? empty : sql` AND platform = ${platform}`}`,
          order: sql`user_id`,
        }
      : null,
    tag:
      tag === undefined
        ? null
        : {
            // The expression is that of user_tags_tag_idx, which gives no order.
            rows: sql`user_tags WHERE tag_keys(environment_id, tags) @> ARRAY[${`${environmentId}:${tag}`}::text]`,
            order: empty,
          },
    uniqueId:
      uniqueId === true
        ? { rows: sql`user_profiles WHERE ${mine} AND unique_id IS NOT NULL`, order: sql`unique_id` }
        : null,
    email:
      email === true
        ? { rows: sql`user_profiles WHERE ${mine} AND ${EMAIL} IS NOT NULL`, order: sql`lower(${EMAIL} COLLATE "C")` }
        : null,
    seen: seen === undefined ? null : { rows: sql`users WHERE ${mine}${seenSql(seen)}`, order: sql`${SEEN}, user_id` },
  };
}

/** The users of a filter in the order of their ids, one after the other. */
export interface UsersById {
  /** The filter that need not be asked of them any more. */
  readonly source: FilterSource;
  /** The ids as `found_id`, those that meet a condition about `user_id`, which may be empty. */
  ids(beyond: Prisma.Sql, direction: Prisma.Sql): Prisma.Sql;
  /** A SELECT of each of them, in no order, to be counted. */
  readonly each: Prisma.Sql;
}

/** A filter in force whose users can be walked by their ids; of several the one that is the narrowest as a rule. */
export function usersById(environmentId: EnvironmentId, filters: UserFilters): UsersById | undefined {
  const sources = sourcesOf(environmentId, filters);
  const source = FILTER_SOURCES.find((name) => name !== "seen" && sources[name] !== null);
  if (source === undefined) return undefined;
  // Tags are walked by the users who have any: where one tag of them is rare, its few users are known.
  const rows =
    source === "tag"
      ? sql`user_tags WHERE environment_id = ${environmentId} AND ${filters.tag} = ANY(tags)`
      : sources[source]?.rows;
  const distinct = source === "online" ? sql`DISTINCT` : empty;
  const ids = (beyond: Prisma.Sql, direction: Prisma.Sql) =>
    sql`SELECT ${distinct} user_id AS found_id FROM ${rows}${beyond} ORDER BY user_id ${direction}`;
  return {
    source,
    ids,
    each: source === "tag" ? sql`SELECT FROM ${sources.tag?.rows}` : ids(empty, sql`ASC`),
  };
}

/** Begins a query: `few_of_filter` are the users whom a filter in force leaves. */
export function amongSource(environmentId: EnvironmentId, filters: UserFilters, source: FilterSource): Prisma.Sql {
  const found = sourcesOf(environmentId, filters)[source];
  if (found === null) throw new Error(`No filter to take users from: ${source}`);
  if (source === "seen") return sql`WITH few_of_filter AS MATERIALIZED (SELECT * FROM ${found.rows}) `;
  return sql`WITH few_of_filter AS MATERIALIZED (
    SELECT u.* FROM (SELECT DISTINCT user_id FROM ${found.rows}) AS found
    CROSS JOIN LATERAL (
      SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found.user_id LIMIT 1
    ) AS u
  ) `;
}

/** Rows of users' tags that are looked at to see whether a tag is common among them, and how many of them then have it. */
const TAGS_SAMPLED = 2_000;
const COMMON_AMONG_THEM = 100;

/** Which filter in force leaves at most `limit` users (or connections); undefined: none does. */
export async function findFewSource(
  db: Db,
  environmentId: EnvironmentId,
  filters: UserFilters,
  limit: number,
): Promise<FilterSource | undefined> {
  const sources = sourcesOf(environmentId, filters);
  const asked = FILTER_SOURCES.filter((source) => sources[source] !== null);
  if (asked.length === 0) return undefined;
  const few = asked.map((source) => {
    const { rows, order } = sources[source] ?? { rows: empty, order: empty };
    const isFew = sql`NOT EXISTS (SELECT FROM ${rows}${order === empty ? empty : sql` ORDER BY ${order}`} OFFSET ${limit} LIMIT 1)`;
    if (source !== "tag") return isFew;
    // The index of tags gives all rows of a tag or none: a million, before the first is counted.
    const sample = sql`SELECT tags FROM user_tags WHERE environment_id = ${environmentId} ORDER BY user_id LIMIT ${TAGS_SAMPLED}`;
    return sql`CASE WHEN (
        SELECT count(*) = ${TAGS_SAMPLED} AND count(*) FILTER (WHERE ${filters.tag} = ANY(tags)) >= ${COMMON_AMONG_THEM} FROM (${sample}) AS sample
      ) THEN false ELSE ${isFew} END`;
  });
  const [row] = await db.$queryRaw<{ few: boolean[] }[]>`SELECT ARRAY[${join(few)}] AS few`;
  return asked.find((_, index) => row?.few[index]);
}
