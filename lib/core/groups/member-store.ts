import type { Database } from "@/lib/db/database";
import { fewRows } from "@/lib/db/sql";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockUsers, userKey } from "../users/locked-users-store";
import { GROUP_ROLE, type GroupRole } from "./facts";

/**
 * Who is in a group, who may be, and changes of both. Those of a group's members need the group's lock (group-store.ts).
 * The lists are in member-list-store.ts, the recipients of messages in recipient-store.ts. SQL, since members change as sets,
 * together with their count, in transactions on the pool.
 */

export interface StoredMember {
  readonly userId: string;
  readonly role: GroupRole;
  readonly nickname: string;
  readonly extra: string;
  readonly joinedAt: Date;
}

/**
 * Of these users those who are registered and not soft-deleted, in the order given. Nobody can delete them before the
 * transaction ends. To be called before any group is locked.
 */
export async function holdUsers(run: Run, environmentId: EnvironmentId, userIds: readonly string[]): Promise<string[]> {
  const keys = userIds.map((userId) => ({ environmentId, userId }));
  const users = await lockUsers(run, keys, "keep");
  return userIds.filter((userId) => users.has(userKey(environmentId, userId)));
}

/**
 * Whether the user is registered and not soft-deleted; neither can change before the transaction ends. To be called
 * before any group is locked.
 */
export async function lockPresentUser(run: Run, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  return (await lockUsers(run, [{ environmentId, userId }], "share")).size > 0;
}

const IS_REGISTERED = {
  name: "groups-user-registered",
  text: `SELECT true AS found FROM users WHERE environment_id = $1::int AND user_id = $2::text`,
};

/** Whether such a user is registered, soft-deleted or not. */
export async function isRegistered(run: Run, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  return (await run(IS_REGISTERED, [environmentId, userId])).length > 0;
}

const FIND_AMONG = {
  name: "group-members-among",
  text: `SELECT m.* FROM unnest((SELECT $3::text[])) WITH ORDINALITY AS i(user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT user_id AS "userId", role, nickname, extra, joined_at AS "joinedAt" FROM group_members
      WHERE environment_id = $1::int AND group_id = $2::text AND user_id = i.user_id LIMIT 1
    ) m ORDER BY i.ordinal`,
};

/** Those of these users who are in the group, in the order given. */
export function findMembersAmong(
  db: Database,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<StoredMember[]> {
  return findMembersAmongIn(onPool(db.pool), environmentId, groupId, userIds);
}

/** The same within a transaction. */
export function findMembersAmongIn(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<StoredMember[]> {
  return run<StoredMember>(FIND_AMONG, [environmentId, groupId, userIds]);
}

const FIND_IDS = {
  name: "group-members-ids",
  text: `SELECT user_id AS "userId" FROM group_members WHERE environment_id = $1::int AND group_id = $2::text`,
};

/** Who is in the group, soft-deleted or not. */
export async function findMemberIdsIn(run: Run, environmentId: EnvironmentId, groupId: string): Promise<string[]> {
  const rows = await run<{ userId: string }>(FIND_IDS, [environmentId, groupId]);
  return rows.map(({ userId }) => userId);
}

const FIND_MEMBERSHIPS = {
  name: "group-members-of-user-among",
  text: `SELECT m.group_id AS "groupId", m.role FROM unnest((SELECT $3::text[])) AS i(group_id)
    CROSS JOIN LATERAL (
      SELECT group_id, role FROM group_members
      WHERE environment_id = $1::int AND group_id = i.group_id AND user_id = $2::text LIMIT 1
    ) m`,
};

/** The user's role in those of these groups that the user is in. */
export async function findMembershipsAmong(
  db: Database,
  environmentId: EnvironmentId,
  userId: string,
  groupIds: readonly string[],
): Promise<Map<string, GroupRole>> {
  const rows = await onPool(db.pool)<{ groupId: string; role: GroupRole }>(FIND_MEMBERSHIPS, [
    environmentId,
    userId,
    groupIds,
  ]);
  return new Map(rows.map(({ groupId, role }) => [groupId, role]));
}

const FIND_ADMINS = {
  name: "group-members-admins",
  text: `SELECT user_id AS "userId" FROM group_members
    WHERE environment_id = $1::int AND group_id = $2::text AND role = ${GROUP_ROLE.admin} ORDER BY joined_at, user_id`,
};

/** The group's admins, the owner apart. */
export const findAdminIds = (db: Database, environmentId: EnvironmentId, groupId: string): Promise<string[]> =>
  findAdminIdsIn(onPool(db.pool), environmentId, groupId);

/** The same within a transaction. */
export async function findAdminIdsIn(run: Run, environmentId: EnvironmentId, groupId: string): Promise<string[]> {
  const rows = await run<{ userId: string }>(FIND_ADMINS, [environmentId, groupId]);
  return rows.map(({ userId }) => userId);
}

const SET_ROLE = {
  name: "group-members-set-role",
  text: `UPDATE group_members SET role = $4::smallint
    WHERE environment_id = $1::int AND group_id = $2::text AND user_id = ANY($3::text[])`,
};

/** Gives members of the group, which is locked, a role. */
export async function setRoles(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  role: GroupRole,
): Promise<void> {
  await run(SET_ROLE, [environmentId, groupId, userIds, role]);
}

const INSERT = {
  name: "group-members-insert",
  text: `WITH joined AS (
      INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
      SELECT $1::int, $2::text, user_id, ${GROUP_ROLE.member}, $4::timestamptz FROM unnest((SELECT $3::text[])) AS i(user_id)
    )
    UPDATE groups SET member_count = member_count + cardinality($3::text[])
    WHERE environment_id = $1::int AND group_id = $2::text`,
};

/** Lets users in who are not in the group, which is locked, and counts them. */
export async function insertMembers(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  joinedAt: Date,
): Promise<void> {
  await run(INSERT, [environmentId, groupId, userIds, joinedAt.toISOString()]);
}

export interface MembershipKey {
  readonly environmentId: EnvironmentId;
  readonly groupId: string;
  readonly userId: string;
}

const DELETE = {
  name: "group-members-delete",
  text: `WITH gone AS (
      DELETE FROM group_members m USING ${fewRows(1, { environment_id: "int", group_id: "text", user_id: "text" })} i
      WHERE m.environment_id = i.environment_id AND m.group_id = i.group_id AND m.user_id = i.user_id
        AND m.role <> ${GROUP_ROLE.owner}
      RETURNING m.environment_id, m.group_id, m.user_id
    ), aliases AS (
      DELETE FROM group_aliases a USING (SELECT * FROM gone LIMIT (SELECT 1000000)) g
      WHERE a.environment_id = g.environment_id AND a.user_id = g.user_id AND a.group_id = g.group_id
    ), favorites AS (
      DELETE FROM group_favorites f USING (SELECT * FROM gone LIMIT (SELECT 1000000)) g
      WHERE f.environment_id = g.environment_id AND f.group_id = g.group_id AND f.user_id = g.user_id
    ), favored AS (
      DELETE FROM group_favorites f USING (SELECT * FROM gone LIMIT (SELECT 1000000)) g
      WHERE f.environment_id = g.environment_id AND f.group_id = g.group_id AND f.favorite_id = g.user_id
    ), counted AS (
      UPDATE groups g SET member_count = g.member_count - l.fewer FROM (
        SELECT environment_id, group_id, count(*)::int AS fewer FROM gone GROUP BY environment_id, group_id
        LIMIT (SELECT 1000000)
      ) l WHERE g.environment_id = l.environment_id AND g.group_id = l.group_id
    )
    SELECT environment_id AS "environmentId", group_id AS "groupId", user_id AS "userId" FROM gone`,
};

/**
 * Ends memberships, with the members' aliases and favorites in the groups, and counts; owners stay. The groups must be locked. Gives the
 * memberships that there were.
 */
export function deleteMemberships(run: Run, memberships: readonly MembershipKey[]): Promise<MembershipKey[]> {
  return run<MembershipKey>(DELETE, [
    memberships.map(({ environmentId }) => environmentId),
    memberships.map(({ groupId }) => groupId),
    memberships.map(({ userId }) => userId),
  ]);
}

const UPDATE = {
  name: "group-members-update",
  text: `UPDATE group_members SET nickname = coalesce($4::text, nickname), extra = coalesce($5::text, extra)
    WHERE environment_id = $1::int AND group_id = $2::text AND user_id = $3::text`,
};

/** Changes what the group, which is locked, shows of a member; what is undefined stays. */
export async function updateMember(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
  { nickname, extra }: Partial<Pick<StoredMember, "nickname" | "extra">>,
): Promise<void> {
  await run(UPDATE, [environmentId, groupId, userId, nickname ?? null, extra ?? null]);
}
