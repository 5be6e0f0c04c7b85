import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { idStartsWith, keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { searchWords, withoutImplied } from "../search/fold";
import { termMatches } from "../search/term-match-store";
import type { GroupRow, GroupSort } from "./list-schema";

/** `[created at, in Unix milliseconds (0 in the order by id); group id]` */
export type GroupSortKeys = readonly [number, string];
/** `[rank, key within the rank, group id]` */
export type GroupRelevanceKeys = readonly [number, string, string];

/** A row that a search found, with its place in the order of relevance. */
export interface FoundGroupRow extends GroupRow {
  readonly rank: number;
  readonly key: string;
}

const { sql, empty, join } = Prisma;

const COLUMNS = sql`environment_id, group_id, name, owner_id, member_count, created_at`;

/** The page of groups is cut first and joined with its owners afterwards. `order` names columns of `g`. */
function withOwners<Row>(db: Db, page: Prisma.Sql, further: Prisma.Sql, order: Prisma.Sql): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT g.group_id AS "groupId", g.name, g.owner_id AS "ownerId", g.member_count AS "memberCount", g.created_at AS "createdAt",
      coalesce(nullif(p.basic->>'name', ''), u.name, '') AS "ownerName",
      coalesce(nullif(p.basic->>'portraitUri', ''), u.avatar_url, '') AS "ownerAvatarUrl"${further}
    FROM (${page}) AS g
    LEFT JOIN LATERAL (
      SELECT name, avatar_url FROM users WHERE environment_id = g.environment_id AND user_id = g.owner_id LIMIT 1
    ) u ON true
    LEFT JOIN LATERAL (
      SELECT basic FROM user_profiles WHERE environment_id = g.environment_id AND user_id = g.owner_id LIMIT 1
    ) p ON true
    ORDER BY ${order}`;
}

/** How many groups one user is in, counting no further than `limit`. */
export function countGroupsOf(db: Db, environmentId: EnvironmentId, userId: string, limit: number): Promise<number> {
  return db.groupMember.count({ where: { environmentId, userId }, take: limit });
}

/** Groups of one order beside a place, nearest first. */
export function findGroups(
  db: Db,
  environmentId: EnvironmentId,
  sort: GroupSort,
  place: Place<GroupSortKeys> | null,
  limit: number,
): Promise<GroupRow[]> {
  const { direction, beyond } = keysetOrder(sort.startsWith("-") !== (place?.direction === "previous"));
  const byId = sort.endsWith("id");
  const from =
    place === null
      ? empty
      : byId
        ? sql` AND group_id ${beyond} ${place.keys[1]}`
        : sql` AND (created_at, group_id) ${beyond} (${time(place.keys[0])}, ${place.keys[1]})`;
  const order = (of: Prisma.Sql) =>
    byId ? sql`${of}group_id ${direction}` : sql`${of}created_at ${direction}, ${of}group_id ${direction}`;
  const page = sql`SELECT ${COLUMNS} FROM groups WHERE environment_id = ${environmentId}${from}
    ORDER BY ${order(empty)} LIMIT ${limit}`;
  return withOwners<GroupRow>(db, page, empty, order(sql`g.`));
}

/**
 * Groups that a search finds, by relevance: the exact id, ids that start with the text (case-sensitive), then names by their
 * words, as users' names (term-match-store.ts); none twice. Each rank is one range of one index, which also gives its order.
 */
export function searchGroups(
  db: Db,
  environmentId: EnvironmentId,
  text: string,
  place: Place<GroupRelevanceKeys> | null,
  limit: number,
): Promise<FoundGroupRow[]> {
  const mine = sql`environment_id = ${environmentId}`;
  const idStarts = idStartsWith(sql`group_id`, text);
  const words = searchWords(text);
  // The longest word is the rarest, as a rule; groups are too few to count.
  const [lead, ...others] = withoutImplied(words).sort((a, b) => b.length - a.length);
  const byName = lead === undefined ? [] : termMatches({ name: words.join(" "), words: [lead, ...others] });
  const ranks = [
    { rank: 0, key: sql`''`, rows: sql`groups WHERE ${mine} AND group_id = ${text}` },
    { rank: 1, key: sql`''`, rows: sql`groups WHERE ${mine} AND ${idStarts} AND group_id <> ${text}` },
    ...byName.map(({ order, whole, matches }) => ({
      rank: 2 + order,
      key: sql`term`,
      rows: sql`group_search_terms WHERE ${mine} AND whole = ${whole} AND ${matches} AND NOT (${idStarts})`,
    })),
  ];
  const backwards = place?.direction === "previous";
  const { direction, beyond } = keysetOrder(backwards);
  const parts = ranks.flatMap(({ rank, key, rows }) => {
    const byId = rank < 2;
    let from = empty;
    if (place !== null) {
      const [placeRank, placeKey, groupId] = place.keys;
      if (backwards ? rank > placeRank : rank < placeRank) return [];
      if (rank === placeRank) {
        from = byId
          ? sql` AND group_id ${beyond} ${groupId}`
          : sql` AND (${key}, group_id) ${beyond} (${placeKey}, ${groupId})`;
      }
    }
    const order = byId ? empty : sql`${key} ${direction}, `;
    return [
      sql`(SELECT group_id AS found_id, ${rank}::int AS rank, ${key} AS key FROM ${rows}${from}
        ORDER BY ${order}group_id ${direction} LIMIT ${limit})`,
    ];
  });
  const order = (id: Prisma.Sql) =>
    sql`rank ${direction}, key COLLATE "C" ${direction}, ${id} COLLATE "C" ${direction}`;
  const page = sql`SELECT ${COLUMNS}, rank, key FROM (
      SELECT * FROM (${join(parts, " UNION ALL ")}) AS matching ORDER BY ${order(sql`found_id`)} LIMIT ${limit}
    ) AS found CROSS JOIN LATERAL (
      SELECT ${COLUMNS} FROM groups WHERE ${mine} AND group_id = found_id LIMIT 1
    ) AS groups`;
  return withOwners<FoundGroupRow>(db, page, sql`, g.rank, g.key`, order(sql`g.group_id`));
}
