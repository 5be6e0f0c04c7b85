import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "../users/locked-users-store";
import type { GroupRole } from "./permission-schema";

/** Who is in a group, and who may be. The lists are in member-list-store.ts, the recipients of messages in recipient-store.ts. */

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
  const users = await lockRegistered(tx, environmentId, userIds, "keep");
  const known = new Set(users.map((user) => user.userId));
  return userIds.filter((userId) => known.has(userId));
}

/**
 * Whether the user is registered and not soft-deleted; neither can change before the transaction ends. To be called
 * before any group is locked.
 */
export async function lockPresentUser(tx: Db, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  return (await lockRegistered(tx, environmentId, [userId], "share")).length > 0;
}

/** Whether such a user is registered, soft-deleted or not. */
export async function isRegistered(db: Db, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  const user = await db.user.findUnique({
    where: { environmentId_userId: { environmentId, userId } },
    select: { userId: true },
  });
  return user !== null;
}

/** Of these users those who are in the group, in no order. */
export async function findMembersAmong(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
): Promise<StoredMember[]> {
  const members = await db.groupMember.findMany({
    where: { environmentId, groupId, userId: { in: [...userIds] } },
    select: { userId: true, role: true, nickname: true, extra: true, joinedAt: true },
  });
  return members.map((member) => ({ ...member, role: member.role as GroupRole }));
}

/** The user's role in the group, or null. */
export async function findRole(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<GroupRole | null> {
  const member = await db.groupMember.findUnique({
    where: { environmentId_groupId_userId: { environmentId, groupId, userId } },
    select: { role: true },
  });
  return member === null ? null : (member.role as GroupRole);
}

/** How many members have this role: at most as many as a group may have members. */
export function countMembers(db: Db, environmentId: EnvironmentId, groupId: string, role: GroupRole): Promise<number> {
  return db.groupMember.count({ where: { environmentId, groupId, role } });
}

/** How many groups one user is in, counting no further than `limit`. */
export function countGroupsOf(db: Db, environmentId: EnvironmentId, userId: string, limit: number): Promise<number> {
  return db.groupMember.count({ where: { environmentId, userId }, take: limit });
}

/** Up to `limit` groups that a user is in and does not own, the longest joined first. */
export async function findGroupIdsToLeave(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  owner: GroupRole,
  limit: number,
): Promise<string[]> {
  const memberships = await db.groupMember.findMany({
    where: { environmentId, userId, role: { not: owner } },
    select: { groupId: true },
    orderBy: [{ joinedAt: "asc" }, { groupId: "asc" }],
    take: limit,
  });
  return memberships.map(({ groupId }) => groupId);
}
