import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { searchName } from "../search/fold";
import { termsOf } from "../search/search-name-store";
import { type Group, type StoredGroup, toGroup } from "./group";
import { GROUP_ROLE } from "./permission-schema";

/** Groups, and their locks. SQL, since locks and sets need it and app servers create and change groups by the thousand. */

export const GROUP_COLUMNS = `g.group_id AS "groupId", g.name, g.owner_id AS "ownerId", g.profile, g.extended, g.permissions,
  g.created_at AS "createdAt", g.member_count AS "memberCount"`;

const groupByKey = (name: string, lock: string) => ({
  name,
  text: `SELECT ${GROUP_COLUMNS} FROM groups g WHERE environment_id = $1::int AND group_id = $2::text${lock}`,
});
const groupsByKey = (name: string, lock: string) => ({
  name,
  text: `SELECT g.* FROM unnest((SELECT $2::text[])) AS i(group_id)
    CROSS JOIN LATERAL (
      SELECT true FROM groups WHERE environment_id = $1::int AND group_id = i.group_id${lock}
    ) g`,
});
const groupLock = (name: string, lock: string) => ({
  one: groupByKey(name, lock),
  several: groupsByKey(`${name}-several`, lock),
});

const FIND = groupByKey("groups-find", "");

const LOCKS = {
  /** Against every other change of the group, its members and its aliases. */
  change: groupLock("groups-lock", " FOR NO KEY UPDATE"),
  /** Against changes of who is in it; others who hold this lock work beside. */
  share: groupLock("groups-lock-share", " FOR SHARE"),
  /** Before it is deleted. */
  dismiss: groupLock("groups-lock-dismiss", " FOR UPDATE"),
};

/** The group, or null when there is none of this id. */
export async function findGroup(db: Database, environmentId: EnvironmentId, groupId: string): Promise<Group | null> {
  const [group] = await onPool(db.pool)<StoredGroup>(FIND, [environmentId, groupId]);
  return group === undefined ? null : toGroup(group);
}

const FIND_AMONG = {
  name: "groups-among",
  text: `SELECT ${GROUP_COLUMNS} FROM unnest((SELECT $2::text[])) WITH ORDINALITY AS i(group_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT * FROM groups WHERE environment_id = $1::int AND group_id = i.group_id LIMIT 1
    ) g ORDER BY i.ordinal`,
};

/** Those of these groups that there are, in the order given. */
export async function findGroupsAmong(
  db: Database,
  environmentId: EnvironmentId,
  groupIds: readonly string[],
): Promise<Group[]> {
  return (await onPool(db.pool)<StoredGroup>(FIND_AMONG, [environmentId, groupIds])).map(toGroup);
}

const pageOf = (direction: "ASC" | "DESC", beyond: "<" | ">") => ({
  name: `groups-page-${direction}`,
  text: `SELECT ${GROUP_COLUMNS} FROM groups g
    WHERE environment_id = $1::int AND (created_at, group_id) ${beyond} ($2::timestamptz, $3::text)
    ORDER BY created_at ${direction}, group_id ${direction} LIMIT $4::int`,
});
const PAGES = { upwards: pageOf("ASC", ">"), downwards: pageOf("DESC", "<") };

/** Groups by when they were created, from a place on: `[Unix milliseconds, group id]`; null: from the beginning. */
export async function pageGroups(
  db: Database,
  environmentId: EnvironmentId,
  { latestFirst, after, limit }: { latestFirst: boolean; after: readonly [number, string] | null; limit: number },
): Promise<Group[]> {
  const from =
    after === null ? [latestFirst ? "infinity" : "-infinity", ""] : [new Date(after[0]).toISOString(), after[1]];
  const statement = latestFirst ? PAGES.downwards : PAGES.upwards;
  return (await onPool(db.pool)<StoredGroup>(statement, [environmentId, ...from, limit])).map(toGroup);
}

const UPDATE = {
  name: "groups-update",
  // Names whose words differ have no term in common, and the terms of one that says the same are left alone.
  text: `WITH renamed AS MATERIALIZED (
      SELECT environment_id, group_id FROM groups
      WHERE environment_id = $1::int AND group_id = $2::text AND search_name IS DISTINCT FROM $4::text
    ), gone AS (
      DELETE FROM group_search_terms
      WHERE environment_id = $1::int AND group_id = $2::text AND EXISTS (SELECT FROM renamed)
    ), terms AS (
      INSERT INTO group_search_terms (environment_id, group_id, whole, term)
      SELECT r.environment_id, r.group_id, terms.whole, terms.term FROM renamed r, LATERAL ${termsOf("$4::text")} AS terms
      ON CONFLICT DO NOTHING
    )
    UPDATE groups SET name = $3::text, search_name = $4::text, profile = $5::jsonb, extended = $6::jsonb, permissions = $7::jsonb
    WHERE environment_id = $1::int AND group_id = $2::text`,
};

/** Writes what a group tells of itself; the group is locked. */
export function groupWrite(
  environmentId: EnvironmentId,
  { groupId, name, profile, extended, permissions }: Omit<StoredGroup, "memberCount" | "ownerId" | "createdAt">,
): Write {
  const texts = [profile, extended, permissions].map((one) => JSON.stringify(one));
  return write(UPDATE, [environmentId, groupId, name, searchName(name), ...texts]);
}

const SET_OWNER = {
  name: "groups-set-owner",
  text: "UPDATE groups SET owner_id = $3::text WHERE environment_id = $1::int AND group_id = $2::text",
};

/** Names another owner of the group, which is locked; the members' roles are set apart. */
export function ownerWrite(environmentId: EnvironmentId, groupId: string, ownerId: string): Write {
  return write(SET_OWNER, [environmentId, groupId, ownerId]);
}

/**
 * Locks the group until the transaction ends; null when there is none. Whoever also locks users locks them first, and
 * several groups in the order of their ids, so that two transactions never wait for each other in a circle.
 */
export async function lockGroup(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  lock: keyof typeof LOCKS,
): Promise<Group | null> {
  const [group] = await run<StoredGroup>(LOCKS[lock].one, [environmentId, groupId]);
  return group === undefined ? null : toGroup(group);
}

/** What locks the groups of several commands in the order of their ids (`executeSideBySide`); one alone needs only `lockGroup`. */
export function lockGroups(lock: keyof typeof LOCKS) {
  return async (run: Run, environmentId: EnvironmentId, commands: readonly { readonly groupId: string }[]) => {
    const groupIds = new Set(commands.map(({ groupId }) => groupId));
    await run(LOCKS[lock].several, [environmentId, [...groupIds].sort()]);
  };
}

// LATERAL: each group is searched and locked by itself, in the order of the ids.
const LOCK_TO_LEAVE = {
  name: "groups-lock-to-leave",
  text: `SELECT g.group_id AS "groupId" FROM (
      SELECT group_id FROM (
        SELECT group_id FROM group_members
        WHERE environment_id = $1::int AND user_id = $2::text AND role <> ${GROUP_ROLE.owner}
        ORDER BY joined_at, group_id LIMIT $3::int
      ) earliest ORDER BY group_id
    ) m CROSS JOIN LATERAL (
      SELECT group_id FROM groups WHERE environment_id = $1::int AND group_id = m.group_id FOR NO KEY UPDATE
    ) g`,
};

/** Locks up to `limit` groups that a user is in and does not own, the longest joined first; for a change of their members. */
export async function lockGroupsToLeave(
  run: Run,
  environmentId: EnvironmentId,
  userId: string,
  limit: number,
): Promise<string[]> {
  const rows = await run<{ groupId: string }>(LOCK_TO_LEAVE, [environmentId, userId, limit]);
  return rows.map(({ groupId }) => groupId);
}

const INSERT = {
  name: "groups-insert",
  text: `WITH made AS (
      INSERT INTO groups (environment_id, group_id, name, owner_id, profile, extended, permissions, created_at, member_count,
        search_name)
      VALUES ($1::int, $2::text, $3::text, $4::text, $5::jsonb, $6::jsonb, $7::jsonb, $8::timestamptz, cardinality($9::text[]),
        $10::text)
      ON CONFLICT DO NOTHING RETURNING *
    ), terms AS (
      INSERT INTO group_search_terms (environment_id, group_id, whole, term)
      SELECT g.environment_id, g.group_id, terms.whole, terms.term FROM made g, LATERAL ${termsOf("g.search_name")} AS terms
    )
    INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
    SELECT g.environment_id, g.group_id, m.user_id,
      CASE m.user_id WHEN g.owner_id THEN ${GROUP_ROLE.owner} ELSE ${GROUP_ROLE.member} END, g.created_at
    FROM made g CROSS JOIN unnest((SELECT $9::text[])) AS m(user_id)
    RETURNING user_id`,
};

/**
 * Makes a group of these members, the owner among them. False when there is a group of this id already; one that is just
 * being created is waited for.
 */
export async function insertGroup(
  run: Run,
  environmentId: EnvironmentId,
  group: Omit<StoredGroup, "memberCount">,
  memberIds: readonly string[],
): Promise<boolean> {
  const members = await run(INSERT, [
    environmentId,
    group.groupId,
    group.name,
    group.ownerId,
    JSON.stringify(group.profile),
    JSON.stringify(group.extended),
    JSON.stringify(group.permissions),
    group.createdAt.toISOString(),
    memberIds,
    searchName(group.name),
  ]);
  return members.length > 0;
}

const DELETE = {
  name: "groups-delete",
  text: `WITH aliases AS (
      DELETE FROM group_aliases WHERE environment_id = $1::int AND group_id = $2::text
    ), terms AS (
      DELETE FROM group_search_terms WHERE environment_id = $1::int AND group_id = $2::text
    ), favorites AS (
      DELETE FROM group_favorites WHERE environment_id = $1::int AND group_id = $2::text
    ), dismissed AS (
      DELETE FROM groups WHERE environment_id = $1::int AND group_id = $2::text
    )
    DELETE FROM group_members WHERE environment_id = $1::int AND group_id = $2::text RETURNING user_id AS "userId"`,
};

/** Deletes a group, which is locked for that, with its members, their aliases for it and favorites in it; gives who was in it. */
export async function deleteGroup(run: Run, environmentId: EnvironmentId, groupId: string): Promise<string[]> {
  const members = await run<{ userId: string }>(DELETE, [environmentId, groupId]);
  return members.map(({ userId }) => userId);
}
