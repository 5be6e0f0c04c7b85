import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { type Group, type StoredGroup, toGroup } from "./group";

const { sql } = Prisma;

export const GROUP_COLUMNS = sql`g.group_id AS "groupId", g.name, g.owner_id AS "ownerId", g.profile, g.extended, g.permissions,
  g.created_at AS "createdAt", g.member_count AS "memberCount"`;

/** The group, or null when there is none of this id. */
export async function findGroup(db: Db, environmentId: EnvironmentId, groupId: string): Promise<Group | null> {
  const [group] = await db.$queryRaw<StoredGroup[]>`
    SELECT ${GROUP_COLUMNS} FROM groups g WHERE environment_id = ${environmentId} AND group_id = ${groupId}`;
  return group === undefined ? null : toGroup(group);
}

const LOCKS = {
  /** Against every other change of the group, its members and its aliases. */
  change: sql`FOR NO KEY UPDATE`,
  /** Against changes of who is in it; others who hold this lock work beside. */
  share: sql`FOR SHARE`,
  /** Before it is deleted. */
  dismiss: sql`FOR UPDATE`,
};

/**
 * Locks the group until the transaction ends; null when there is none. Whoever also locks users locks them first, and
 * several groups in the order of their ids, so that two transactions never wait for each other in a circle.
 */
export async function lockGroup(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  lock: keyof typeof LOCKS,
): Promise<Group | null> {
  const [group] = await tx.$queryRaw<StoredGroup[]>`
    SELECT ${GROUP_COLUMNS} FROM groups g WHERE environment_id = ${environmentId} AND group_id = ${groupId} ${LOCKS[lock]}`;
  return group === undefined ? null : toGroup(group);
}

/** The same for several groups at once, for a change of their members. */
export async function lockGroups(tx: Db, environmentId: EnvironmentId, groupIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT group_id FROM groups
    WHERE environment_id = ${environmentId} AND group_id = ANY(${[...groupIds]}::text[]) ORDER BY group_id FOR NO KEY UPDATE`;
}

/** False when there is a group of this id already; one that is just being created is waited for. */
export async function insertGroup(tx: Db, environmentId: EnvironmentId, group: StoredGroup): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO groups (environment_id, group_id, name, owner_id, profile, extended, permissions, created_at, member_count)
    VALUES (${environmentId}, ${group.groupId}, ${group.name}, ${group.ownerId}, ${JSON.stringify(group.profile)}::jsonb,
      ${JSON.stringify(group.extended)}::jsonb, ${JSON.stringify(group.permissions)}::jsonb, ${group.createdAt}, ${group.memberCount})
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** Deletes a locked group whose members and aliases are gone. */
export async function deleteGroup(tx: Db, environmentId: EnvironmentId, groupId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM groups WHERE environment_id = ${environmentId} AND group_id = ${groupId}`;
}

/** Moves the member counts of locked groups by `difference` each. */
export async function changeMemberCounts(
  tx: Db,
  environmentId: EnvironmentId,
  groupIds: readonly string[],
  difference: number,
): Promise<void> {
  if (groupIds.length === 0 || difference === 0) return;
  await tx.$executeRaw`UPDATE groups SET member_count = member_count + ${difference}
    WHERE environment_id = ${environmentId} AND group_id = ANY(${[...groupIds]}::text[])`;
}
