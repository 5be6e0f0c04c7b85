import { Prisma } from "@/lib/db/generated/client";
import { idStartsWith, type KeysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { TimeRange } from "../paging/time-range";
import { termsOf } from "../search/search-name-store";
import { termMatches } from "../search/term-match-store";
import { filterSql } from "./user-filter-store";
import { amongFewOfFilter, conditionSql, stateSql, type UserCondition, usersOf } from "./user-list-store";

/** The groups of a search, most relevant first: each is one range of one index, which also gives its order. */

const { sql, empty, join, raw } = Prisma;

/** `[group, key within the group, userId]` */
export type RelevanceKeys = readonly [number, string, string];

/** What an operator searches for, as read, and by which way it is found. */
export interface UserSearch {
  /** As typed: an id, or how ids begin. */
  readonly text: string;
  /** The same as names begin: folded, one space between words. "": no word in it. */
  readonly name: string;
  /** Each begins a word of the name. The first leads: its words are walked, and the others looked for beside each. */
  readonly words: readonly [lead: string, ...others: string[]] | null;
  /** Whose hosted e-mail or unique id is the text. */
  readonly profileIds: readonly string[];
  /** The filters leave few users: those are looked at, not all that bear the words. */
  readonly few: boolean;
}

interface GroupQuery {
  /** Columns of `users`, and `key`; empty to count. */
  readonly columns: Prisma.Sql;
  readonly order: KeysetOrder;
  /** Of the row beside which the page begins, if it is in this group. */
  readonly place: RelevanceKeys | null;
  readonly limit: number;
  /** More that a user must be. */
  readonly and?: Prisma.Sql;
  /** Under a filter so many who match are looked at, whether or not they pass it; null: all. */
  readonly walk: number | null;
}

/** Users of one kind of match, who are in no group before it. */
export interface SearchGroup {
  readonly number: number;
  /** May have to pass many who do not match, and comes after all that need not. */
  readonly isSlow: boolean;
  /** A SELECT in the order of `key` and then the id. */
  rows(query: GroupQuery): Prisma.Sql;
  /** A SELECT of those who match, each of whom `rows` asks for the filters. Null: nobody has to be asked. */
  walked(query: Pick<GroupQuery, "order" | "place">): Prisma.Sql | null;
}

export interface Searched {
  readonly environmentId: EnvironmentId;
  readonly search: UserSearch;
  readonly condition: UserCondition;
}

/** Begins a query with groups: names the few among whom they look. */
export function amongFew({ environmentId, search, condition }: Searched): Prisma.Sql {
  const taken = amongFewOfFilter(environmentId, condition);
  const { few, words } = search;
  if (!few || words === null) return taken;
  const bearing = words.map((word) => sql` AND position(${` ${word}`}::text IN ' ' || search_name) > 0`);
  return sql`${taken === empty ? sql`WITH ` : sql`${taken}, `}few_users AS MATERIALIZED (
    SELECT user_id, search_name FROM ${usersOf(condition)}
    WHERE environment_id = ${environmentId}${conditionSql(condition)}${join(bearing, "")}
  ) `;
}

/** The groups, those that may find somebody. */
export function searchGroups(searched: Searched): SearchGroup[] {
  // The names of soft-deleted users are erased.
  const named = searched.search.words !== null && searched.condition.status !== "deleted";
  return [...idGroups(searched), ...(named ? nameGroups(searched, searched.search.words) : [])];
}

/** The exact id, e-mail and unique id, whatever the user's state and age, online or not; then ids that start with the text. */
function idGroups({ environmentId, search, condition }: Searched): SearchGroup[] {
  const { text, profileIds } = search;
  const mine = sql`environment_id = ${environmentId}`;
  const everybody = sql`users`;
  const starts = sql`${mine} AND ${idStartsWith(sql`user_id`, text)} AND user_id <> ${text}${notOf(profileIds)}${stateSql(condition)}`;
  const exact = byId(0, everybody, sql`${mine} AND user_id = ${text}`);
  const profiles = byId(1, everybody, sql`${mine} AND user_id = ANY(${[...profileIds]}::text[])`);
  const prefix = isByWeek(condition)
    ? {
        number: 2,
        isSlow: false,
        rows: (query: GroupQuery) =>
          weekByWeek(environmentId, condition.created, sql`${starts}${filterSql(condition)}`, query),
        walked: () => null,
      }
    : byId(2, usersOf(condition), starts, filterSql(condition));
  return profileIds.length === 0 ? [exact, prefix] : [exact, profiles, prefix];
}

const notOf = (userIds: readonly string[]) =>
  userIds.length === 0 ? empty : sql` AND user_id <> ALL(${[...userIds]}::text[])`;

/** `filter` is asked of each; `where` is a range of an index. */
function byId(number: number, users: Prisma.Sql, where: Prisma.Sql, filter: Prisma.Sql = empty): SearchGroup {
  const walked = ({ order, place }: Pick<GroupQuery, "order" | "place">) =>
    sql`${users} WHERE ${where}${beyondId(order, place)} ORDER BY user_id ${order.direction}`;
  return {
    number,
    isSlow: false,
    rows({ columns, order, place, limit, and = empty, walk }) {
      const asked = sql`${filter}${and}`;
      const of =
        walk === null || filter.sql === ""
          ? sql`${users} WHERE ${where}${asked}${beyondId(order, place)}`
          : sql`(SELECT * FROM ${walked({ order, place })} LIMIT ${walk}) AS users WHERE true${asked}`;
      return sql`(SELECT ${selected(columns, sql`''`)} FROM ${of} ORDER BY user_id ${order.direction} LIMIT ${limit})`;
    },
    walked: (query) => (filter.sql === "" ? null : sql`SELECT FROM ${walked(query)}`),
  };
}

const selected = (columns: Prisma.Sql, key: Prisma.Sql) =>
  columns === empty ? empty : sql`${columns}, ${key} AS "key"`;

const beyondId = ({ beyond }: KeysetOrder, place: RelevanceKeys | null) =>
  place === null ? empty : sql` AND user_id ${beyond} ${place[2]}`;

/**
 * Whether ids are walked week by week: few users are banned or soft-deleted, and those have their own indexes; the few whom
 * another filter leaves are searched as they are.
 */
const isByWeek = ({ status, created, few }: UserCondition) =>
  (status === "all" || status === "active") && few === undefined && (created.from !== null || created.before !== null);

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

/** The weeks side by side, each in the order of the ids and no further than a page (docs/decisions/0031). */
function weekByWeek(
  environmentId: EnvironmentId,
  created: TimeRange,
  where: Prisma.Sql,
  { columns, order, place, limit, and = empty }: GroupQuery,
): Prisma.Sql {
  return sql`(SELECT ${selected(columns, sql`''`)} FROM ${weeksOf(environmentId, created)}
    CROSS JOIN LATERAL (
      SELECT * FROM users WHERE ${where}${and}${beyondId(order, place)} AND ${weekOf(sql`created_at`)} = week
      ORDER BY user_id ${order.direction} LIMIT ${limit}
    ) AS users ORDER BY user_id ${order.direction} LIMIT ${limit})`;
}

function nameGroups(searched: Searched, words: UserSearch["words"]): SearchGroup[] {
  if (words === null) return [];
  const matches = termMatches({ name: searched.search.name, words });
  return matches.map(({ order, whole, matches }) => byTerm(3 + order, searched, whole, matches));
}

function byTerm(number: number, searched: Searched, whole: boolean, matches: Prisma.Sql): SearchGroup {
  const { environmentId, search, condition } = searched;
  const { text, profileIds, few } = search;
  const found = few
    ? sql`(SELECT user_id, term FROM few_users, LATERAL ${raw(termsOf("few_users.search_name"))} AS terms WHERE whole = ${whole}) AS terms WHERE true`
    : sql`user_search_terms WHERE environment_id = ${environmentId} AND whole = ${whole}`;
  const notById = sql` AND NOT (${idStartsWith(sql`user_id`, text)})${notOf(profileIds)}`;
  const filter = conditionSql(condition);
  const termsIn = ({ order: { beyond }, place }: Pick<GroupQuery, "order" | "place">) => {
    const from = place === null ? empty : sql` AND (term, user_id) ${beyond} (${place[1]}, ${place[2]})`;
    return sql`${found} AND ${matches}${notById}${from}`;
  };
  return {
    number,
    isSlow: !few && search.name !== search.words?.[0] && number > 3,
    rows({ columns, order, place, limit, and = empty, walk }) {
      const { direction } = order;
      const all = sql`SELECT user_id AS found_id, term FROM ${termsIn({ order, place })}`;
      const terms =
        walk === null || filter.sql === ""
          ? all
          : sql`${all} ORDER BY term ${direction}, user_id ${direction} LIMIT ${walk}`;
      const ordered = sql`ORDER BY term ${direction}, found_id ${direction} LIMIT ${limit}`;
      if (columns === empty && filter.sql === "" && and === empty)
        return sql`(SELECT FROM (${terms}) AS found ${ordered})`;
      // One index search for each term in turn, until there are enough, whatever PostgreSQL believes of their number.
      return sql`(SELECT ${selected(columns, sql`term`)} FROM (${terms}) AS found CROSS JOIN LATERAL (
          SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = found_id LIMIT 1
        ) AS users WHERE true${filter}${and} ${ordered})`;
    },
    walked(query) {
      if (few || filter.sql === "") return null;
      const { direction } = query.order;
      return sql`SELECT FROM ${termsIn(query)} ORDER BY term ${direction}, user_id ${direction}`;
    },
  };
}
