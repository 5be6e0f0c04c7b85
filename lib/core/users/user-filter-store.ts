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

function seenSql({ from, before, never }: SeenRange): Prisma.Sql {
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

/** Of each filter in force that users can be taken from: the rows that name them, in the order of the index. */
function sourcesOf(environmentId: EnvironmentId, filters: UserFilters) {
  const { presence, platform, seen, tag, group, run, email, uniqueId } = filters;
  const mine = sql`environment_id = ${environmentId}`;
  const online = presence === "online" || platform !== undefined;
  const sources: Record<FilterSource, { rows: Prisma.Sql; order: Prisma.Sql } | null> = {
    group:
      group === undefined
        ? null
        : { rows: sql`group_members WHERE ${mine} AND group_id = ${group}`, order: sql`user_id` },
    run:
      run === undefined || run === null
        ? null
        : { rows: sql`test_run_users WHERE ${mine} AND run_id = ${run}`, order: sql`user_id` },
    // Those of other platforms are left out afterwards: no index knows the platform.
    online: online ? { rows: sql`connections WHERE ${mine}`, order: sql`user_id` } : null,
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
  return sources;
}

/**
 * The users of the narrowest filter in force one after the other, for counting: whoever else passes, no more of them are looked at
 * than are counted. Undefined: users cannot be taken from any.
 */
export function usersOfSource(environmentId: EnvironmentId, filters: UserFilters): Prisma.Sql | undefined {
  const sources = sourcesOf(environmentId, filters);
  const source = FILTER_SOURCES.find((name) => sources[name] !== null);
  if (source === undefined || source === "seen") return undefined;
  const { rows, order } = sources[source] ?? { rows: empty, order: empty };
  const ids =
    source === "online"
      ? sql`SELECT DISTINCT user_id FROM ${rows} ORDER BY user_id`
      : sql`SELECT user_id FROM ${rows}${order === empty ? empty : sql` ORDER BY ${order}`}`;
  return sql`(${ids}) AS found CROSS JOIN LATERAL (
    SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found.user_id LIMIT 1
  ) AS users`;
}

/** Begins a query: `few_of_filter` are the users whom a filter in force leaves. */
export function amongSource(environmentId: EnvironmentId, filters: UserFilters, source: FilterSource): Prisma.Sql {
  const found = sourcesOf(environmentId, filters)[source];
  if (found === null) throw new Error(`No filter to take users from: ${source}`);
  if (source === "seen") return sql`WITH few_of_filter AS MATERIALIZED (SELECT * FROM ${found.rows}) `;
  const platform =
    source === "online" && filters.platform !== undefined ? sql` AND platform = ${filters.platform}` : empty;
  return sql`WITH few_of_filter AS MATERIALIZED (
    SELECT u.* FROM (SELECT DISTINCT user_id FROM ${found.rows}${platform}) AS found
    CROSS JOIN LATERAL (
      SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found.user_id LIMIT 1
    ) AS u
  ) `;
}

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
    return sql`NOT EXISTS (SELECT FROM ${rows}${order === empty ? empty : sql` ORDER BY ${order}`} OFFSET ${limit} LIMIT 1)`;
  });
  const [row] = await db.$queryRaw<{ few: boolean[] }[]>`SELECT ARRAY[${join(few)}] AS few`;
  return asked.find((_, index) => row?.few[index]);
}
