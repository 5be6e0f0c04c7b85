import type { Database } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { joinShownUser } from "../users/shown-user-sql";
import type { GroupRole } from "./facts";
import { type Group, type StoredGroup, toGroup } from "./group";
import { GROUP_COLUMNS } from "./group-store";
import type { StoredMember } from "./member-store";

/** The lists of memberships by when they began: SQL, since a page is one range of one index, joined with more tables. */

/** A member with the name and avatar that everybody sees: those of the hosted profile, else those of the registration. */
export interface NamedMember extends StoredMember {
  readonly name: string;
  readonly avatarUrl: string;
}

/** A group as one of its members has it. */
export interface JoinedGroup extends Group {
  readonly role: GroupRole;
  readonly nickname: string;
  /** The user's own remark for the group, "" when there is none. */
  readonly alias: string;
  readonly joinedAt: Date;
}

/** `[joined at, in Unix milliseconds; user id or group id]` */
export type JoinKeys = readonly [number, string];

/** Which memberships, by when they began, and from which place on. */
export interface JoinOrder {
  /** null: every role. */
  readonly role: GroupRole | null;
  readonly latestFirst: boolean;
  readonly place: Place<JoinKeys> | null;
  readonly limit: number;
}

/** A list in both directions, nearest to the place first. */
const bothWays = (name: string, text: (direction: "ASC" | "DESC", beyond: "<" | ">") => string) => ({
  upwards: { name: `${name}-upwards`, text: text("ASC", ">") },
  downwards: { name: `${name}-downwards`, text: text("DESC", "<") },
});

/** The page of memberships, cut before anything is joined with it; `of` is whose they are and `id` the other side. */
const page = (of: "group_id" | "user_id", id: "group_id" | "user_id", direction: string, beyond: string) =>
  `SELECT * FROM group_members
      WHERE environment_id = $1::int AND ${of} = $2::text AND ($3::smallint IS NULL OR role = $3::smallint)
        AND (joined_at, ${id}) ${beyond} ($4::timestamptz, $5::text)
      ORDER BY joined_at ${direction}, ${id} ${direction} LIMIT $6::int`;

/** The statement for an order, with its values from the third on. */
function inOrder(statements: ReturnType<typeof bothWays>, { role, latestFirst, place, limit }: JoinOrder) {
  const downwards = latestFirst !== (place?.direction === "previous");
  const start = downwards ? "infinity" : "-infinity";
  const from = place === null ? [start, ""] : [new Date(place.keys[0]).toISOString(), place.keys[1]];
  return { statement: downwards ? statements.downwards : statements.upwards, values: [role, ...from, limit] };
}

const MEMBERS = bothWays(
  "group-members",
  (direction, beyond) => `SELECT g.member_count AS "memberCount", m.user_id IS NOT NULL AS found, m.user_id AS "userId",
      m.role, m.nickname, m.extra, m.joined_at AS "joinedAt", coalesce(s.name, '') AS name,
      coalesce(s."portraitUri", '') AS "avatarUrl"
    FROM (
      SELECT member_count FROM groups WHERE environment_id = $1::int AND group_id = $2::text LIMIT 1
    ) g LEFT JOIN LATERAL (
      ${page("group_id", "user_id", direction, beyond)}
    ) m ON true
    ${joinShownUser("s", "$1::int", "m.user_id")}
    ORDER BY m.joined_at ${direction}, m.user_id ${direction}`,
);

/** Members of one group, with the number of all of them from the same moment; null when there is no such group. */
export async function findMembers(
  db: Database,
  environmentId: EnvironmentId,
  groupId: string,
  order: JoinOrder,
): Promise<{ memberCount: number; members: NamedMember[] } | null> {
  const { statement, values } = inOrder(MEMBERS, order);
  const rows = await onPool(db.pool)<NamedMember & { memberCount: number; found: boolean }>(statement, [
    environmentId,
    groupId,
    ...values,
  ]);
  const [first] = rows;
  if (first === undefined) return null;
  const members = rows.flatMap(({ memberCount: _, found, ...member }) => (found ? [member] : []));
  return { memberCount: first.memberCount, members };
}

const NAMED = {
  name: "group-members-named",
  text: `SELECT m.*, coalesce(s.name, '') AS name, coalesce(s."portraitUri", '') AS "avatarUrl"
    FROM unnest((SELECT $3::text[])) WITH ORDINALITY AS i(user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT user_id AS "userId", role, nickname, extra, joined_at AS "joinedAt" FROM group_members
      WHERE environment_id = $1::int AND group_id = $2::text AND user_id = i.user_id LIMIT 1
    ) m
    ${joinShownUser("s", "$1::int", 'm."userId"')}
    ORDER BY i.ordinal`,
};

/** Those of these users who are in the group, in the order given. */
export function findNamedMembers(
  db: Database,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<NamedMember[]> {
  return onPool(db.pool)<NamedMember>(NAMED, [environmentId, groupId, userIds]);
}

const COUNT = {
  name: "group-members-count",
  text: `SELECT count(*)::int AS count FROM group_members
    WHERE environment_id = $1::int AND group_id = $2::text AND role = $3::smallint`,
};

/** How many members have this role: at most as many as a group may have members. */
export async function countMembers(
  db: Database,
  environmentId: EnvironmentId,
  groupId: string,
  role: GroupRole,
): Promise<number> {
  const [row] = await onPool(db.pool)<{ count: number }>(COUNT, [environmentId, groupId, role]);
  return row?.count ?? 0;
}

const JOINED = bothWays(
  "groups-joined",
  (direction, beyond) => `SELECT m.group_id IS NOT NULL AS found, ${GROUP_COLUMNS}, m.role, m.nickname,
      m.joined_at AS "joinedAt", coalesce(a.alias, '') AS alias
    FROM (
      SELECT FROM users WHERE environment_id = $1::int AND user_id = $2::text LIMIT 1
    ) u LEFT JOIN LATERAL (
      ${page("user_id", "group_id", direction, beyond)}
    ) m ON true
    LEFT JOIN LATERAL (
      SELECT * FROM groups WHERE environment_id = $1::int AND group_id = m.group_id LIMIT 1
    ) g ON true
    LEFT JOIN LATERAL (
      SELECT alias FROM group_aliases
      WHERE environment_id = $1::int AND user_id = $2::text AND group_id = m.group_id LIMIT 1
    ) a ON true
    ORDER BY m.joined_at ${direction}, m.group_id ${direction}`,
);

/** The groups that one user is in, with the alias that the user gave each; null when nobody of this id is registered. */
export async function findJoinedGroups(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
  order: JoinOrder,
): Promise<JoinedGroup[] | null> {
  const { statement, values } = inOrder(JOINED, order);
  const rows = await onPool(db.pool)<StoredGroup & JoinedGroup & { found: boolean }>(statement, [
    environmentId,
    userId,
    ...values,
  ]);
  if (rows.length === 0) return null;
  return rows.flatMap(({ found, role, nickname, joinedAt, alias, ...group }) =>
    found ? [{ ...toGroup(group), role, nickname, joinedAt, alias }] : [],
  );
}
