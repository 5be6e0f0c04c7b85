import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { type Group, type StoredGroup, toGroup } from "./group";

const { sql } = Prisma;

export const GROUP_COLUMNS = sql`g.group_id AS "groupId", g.name, g.owner_id AS "ownerId", g.profile, g.extended, g.permissions,
  g.created_at AS "createdAt", g.member_count AS "memberCount"`;

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
