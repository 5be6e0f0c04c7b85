import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { type Group, type StoredGroup, toGroup } from "./group";
import { GROUP_COLUMNS } from "./group-lock-store";
import type { StoredMember } from "./membership-store";
import type { GroupRole } from "./permission-schema";

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

const { sql, empty } = Prisma;

/** What follows WHERE … in a list of memberships, and the order of the page, nearest to the place first. */
function pageSql(id: Prisma.Sql, { role, latestFirst, place }: JoinOrder) {
  const { direction, beyond } = keysetOrder(latestFirst !== (place?.direction === "previous"));
  const ofRole = role === null ? empty : sql` AND m.role = ${role}`;
  const from =
    place === null ? empty : sql` AND (m.joined_at, ${id}) ${beyond} (${time(place.keys[0])}, ${place.keys[1]})`;
  return { condition: sql`${ofRole}${from}`, order: sql`m.joined_at ${direction}, ${id} ${direction}` };
}

/** Members of one group. The page is cut first and joined with its users afterwards. */
export function findMembers(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  order: JoinOrder,
): Promise<NamedMember[]> {
  const page = pageSql(sql`m.user_id`, order);
  return db.$queryRaw<NamedMember[]>`
    SELECT m.user_id AS "userId", m.role, m.nickname, m.extra, m.joined_at AS "joinedAt",
      coalesce(nullif(p.basic->>'name', ''), u.name, '') AS name,
      coalesce(nullif(p.basic->>'portraitUri', ''), u.avatar_url, '') AS "avatarUrl"
    FROM (
      SELECT * FROM group_members AS m
      WHERE m.environment_id = ${environmentId} AND m.group_id = ${groupId}${page.condition}
      ORDER BY ${page.order} LIMIT ${order.limit}
    ) AS m
    LEFT JOIN LATERAL (
      SELECT name, avatar_url FROM users WHERE environment_id = m.environment_id AND user_id = m.user_id LIMIT 1
    ) u ON true
    LEFT JOIN LATERAL (
      SELECT basic FROM user_profiles WHERE environment_id = m.environment_id AND user_id = m.user_id LIMIT 1
    ) p ON true
    ORDER BY ${page.order}`;
}

/** The groups that one user is in, with the alias that the user gave each. */
export async function findJoinedGroups(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  order: JoinOrder,
): Promise<JoinedGroup[]> {
  const page = pageSql(sql`m.group_id`, order);
  const rows = await db.$queryRaw<(StoredGroup & JoinedGroup)[]>`
    SELECT ${GROUP_COLUMNS}, m.role, m.nickname, m.joined_at AS "joinedAt", coalesce(a.alias, '') AS alias
    FROM (
      SELECT * FROM group_members AS m
      WHERE m.environment_id = ${environmentId} AND m.user_id = ${userId}${page.condition}
      ORDER BY ${page.order} LIMIT ${order.limit}
    ) AS m
    JOIN LATERAL (
      SELECT * FROM groups WHERE environment_id = m.environment_id AND group_id = m.group_id LIMIT 1
    ) g ON true
    LEFT JOIN LATERAL (
      SELECT alias FROM group_aliases
      WHERE environment_id = m.environment_id AND user_id = m.user_id AND group_id = m.group_id LIMIT 1
    ) a ON true
    ORDER BY ${page.order}`;
  return rows.map(({ role, nickname, joinedAt, alias, ...group }) => ({
    ...toGroup(group),
    role,
    nickname,
    joinedAt,
    alias,
  }));
}
