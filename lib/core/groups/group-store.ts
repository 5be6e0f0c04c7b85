import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { type Group, type StoredGroup, toGroup } from "./group";

/** The group, or null when there is none of this id. */
export async function findGroup(db: Db, environmentId: EnvironmentId, groupId: string): Promise<Group | null> {
  const group = await db.group.findUnique({ where: { environmentId_groupId: { environmentId, groupId } } });
  // As `insertGroup` stored it.
  return group === null ? null : toGroup(group as StoredGroup);
}

/** False when there is a group of this id already; one that is just being created is waited for. */
export async function insertGroup(tx: Db, environmentId: EnvironmentId, group: StoredGroup): Promise<boolean> {
  const { count } = await tx.group.createMany({
    data: {
      environmentId,
      groupId: group.groupId,
      name: group.name,
      ownerId: group.ownerId,
      profile: { ...group.profile },
      extended: { ...group.extended },
      permissions: { ...group.permissions },
      createdAt: group.createdAt,
      memberCount: group.memberCount,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

/** Deletes a locked group whose members and aliases are gone. */
export async function deleteGroup(tx: Db, environmentId: EnvironmentId, groupId: string): Promise<void> {
  await tx.group.deleteMany({ where: { environmentId, groupId } });
}

/** Moves the member counts of locked groups by `difference` each. */
export async function changeMemberCounts(
  tx: Db,
  environmentId: EnvironmentId,
  groupIds: readonly string[],
  difference: number,
): Promise<void> {
  if (groupIds.length === 0 || difference === 0) return;
  await tx.group.updateMany({
    where: { environmentId, groupId: { in: [...groupIds] } },
    data: { memberCount: { increment: difference } },
  });
}
