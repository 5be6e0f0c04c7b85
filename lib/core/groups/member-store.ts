import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { GroupRole } from "./permission-schema";

/** Changes of who is in a group. Those of a group's members need the group's lock (group-lock-store.ts). */

/** Lets users in who are not in the group, which is locked. */
export async function insertMembers(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  as: { readonly role: GroupRole; readonly joinedAt: Date },
): Promise<void> {
  await tx.groupMember.createMany({ data: userIds.map((userId) => ({ environmentId, groupId, userId, ...as })) });
}

/** Takes users out of the group, which is locked, with their aliases for it; gives those who were in it. */
export function deleteMembers(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<string[]> {
  return takeOut(tx, { environmentId, groupId, userId: { in: [...userIds] } });
}

/** Takes everybody out of the group, which is locked, with the aliases for it; gives who was in it. */
export function deleteAllMembers(tx: Db, environmentId: EnvironmentId, groupId: string): Promise<string[]> {
  return takeOut(tx, { environmentId, groupId });
}

/** Nobody can join or leave between the two looks, since the group is locked. */
async function takeOut(
  tx: Db,
  where: { environmentId: EnvironmentId; groupId: string; userId?: { in: string[] } },
): Promise<string[]> {
  const members = await tx.groupMember.findMany({ where, select: { userId: true } });
  await tx.groupMember.deleteMany({ where });
  await tx.groupAlias.deleteMany({ where });
  return members.map(({ userId }) => userId);
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
  const memberships = await tx.groupMember.findMany({
    where: { environmentId, userId, groupId: { in: [...groupIds] }, role: { not: except } },
    select: { groupId: true },
  });
  const left = memberships.map(({ groupId }) => groupId);
  const where = { environmentId, userId, groupId: { in: left } };
  await tx.groupMember.deleteMany({ where });
  await tx.groupAlias.deleteMany({ where });
  return left;
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
