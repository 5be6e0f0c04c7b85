import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { GroupRole } from "./permission-schema";

export interface StoredMember {
  readonly userId: string;
  readonly role: GroupRole;
  readonly nickname: string;
  readonly extra: string;
  readonly joinedAt: Date;
}

/**
 * Of these users those who are registered and not soft-deleted, in the order given. They cannot be deleted before the
 * transaction ends. To be called before any group is locked.
 */
export async function holdUsers(tx: Db, environmentId: EnvironmentId, userIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`SELECT user_id AS "userId" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[]) AND soft_deleted_at IS NULL
    ORDER BY user_id FOR KEY SHARE`;
  const known = new Set(rows.map((row) => row.userId));
  return userIds.filter((userId) => known.has(userId));
}

/** Whether such a user is registered, soft-deleted or not. */
export async function isRegistered(db: Db, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT user_id FROM users WHERE environment_id = ${environmentId} AND user_id = ${userId}`;
  return rows.length > 0;
}

/**
 * Whether the user is registered and not soft-deleted; neither can change before the transaction ends. To be called
 * before any group is locked.
 */
export async function lockPresentUser(tx: Db, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT user_id FROM users
    WHERE environment_id = ${environmentId} AND user_id = ${userId} AND soft_deleted_at IS NULL FOR SHARE`;
  return rows.length > 0;
}

/** Of these users those who are in the group, in no order. */
export function findMembersAmong(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<StoredMember[]> {
  return db.$queryRaw<StoredMember[]>`
    SELECT user_id AS "userId", role, nickname, extra, joined_at AS "joinedAt" FROM group_members
    WHERE environment_id = ${environmentId} AND group_id = ${groupId} AND user_id = ANY(${[...userIds]}::text[])`;
}

/** The user's role in the group, or null. */
export async function findRole(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<GroupRole | null> {
  const [row] = await db.$queryRaw<{ role: GroupRole }[]>`SELECT role FROM group_members
    WHERE environment_id = ${environmentId} AND group_id = ${groupId} AND user_id = ${userId}`;
  return row?.role ?? null;
}

/** Lets users in who are not in the group, which is locked. */
export async function insertMembers(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  as: { readonly role: GroupRole; readonly joinedAt: Date },
): Promise<void> {
  await tx.$executeRaw`INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
    SELECT ${environmentId}, ${groupId}, user_id, ${as.role}::smallint, ${as.joinedAt} FROM unnest(${[...userIds]}::text[]) AS t(user_id)`;
}

/** Takes users out of the group, which is locked, with their aliases for it; gives those who were in it. */
export async function deleteMembers(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`DELETE FROM group_members
    WHERE environment_id = ${environmentId} AND group_id = ${groupId} AND user_id = ANY(${[...userIds]}::text[])
    RETURNING user_id AS "userId"`;
  const gone = rows.map((row) => row.userId);
  await tx.$executeRaw`DELETE FROM group_aliases
    WHERE environment_id = ${environmentId} AND user_id = ANY(${gone}::text[]) AND group_id = ${groupId}`;
  return gone;
}

/** Takes everybody out of the group, which is locked, with the aliases for it; gives who was in it. */
export async function deleteAllMembers(tx: Db, environmentId: EnvironmentId, groupId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`DELETE FROM group_members
    WHERE environment_id = ${environmentId} AND group_id = ${groupId} RETURNING user_id AS "userId"`;
  await tx.$executeRaw`DELETE FROM group_aliases WHERE environment_id = ${environmentId} AND group_id = ${groupId}`;
  return rows.map((row) => row.userId);
}

/** Changes what a group shows of a member; what is undefined stays. False when the user is not in the group. */
export async function updateMember(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
  fields: { readonly nickname?: string; readonly extra?: string },
): Promise<boolean> {
  const { count } = await tx.groupMember.updateMany({ where: { environmentId, groupId, userId }, data: fields });
  return count === 1;
}

/**
 * Takes a user out of these groups, which are locked, with the aliases for them; a membership with the role `except`
 * stays. Gives the groups left.
 */
export async function deleteMemberships(
  tx: Db,
  environmentId: EnvironmentId,
  userId: string,
  groupIds: readonly string[],
  except: GroupRole,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ groupId: string }[]>`DELETE FROM group_members
    WHERE environment_id = ${environmentId} AND user_id = ${userId} AND group_id = ANY(${[...groupIds]}::text[])
      AND role <> ${except} RETURNING group_id AS "groupId"`;
  const left = rows.map((row) => row.groupId);
  await tx.$executeRaw`DELETE FROM group_aliases
    WHERE environment_id = ${environmentId} AND user_id = ${userId} AND group_id = ANY(${left}::text[])`;
  return left;
}

/** Gives a member of the group, which is locked, another role. */
export async function updateRole(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
  role: GroupRole,
): Promise<void> {
  await tx.groupMember.updateMany({ where: { environmentId, groupId, userId }, data: { role } });
}
