import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "../users/locked-users-store";
import type { TaggedUser } from "./schema";

export interface NamedTaggedUser extends TaggedUser {
  readonly name: string;
}

/** Locks those of these users who are not soft-deleted, in the order that every writer locks in, and gives their tags. */
export async function lockTaggedUsers(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<NamedTaggedUser[]> {
  const users = await lockRegistered(tx, environmentId, userIds);
  // Read once they are locked: what another transaction has set meanwhile is what is replaced.
  const tags = await tagsOf(tx, environmentId, userIds);
  return users.map(({ userId, name }) => ({ userId, name, tags: tags.get(userId) ?? [] }));
}

/** The tags of those of these users who are not soft-deleted, in no order; an empty list for who has none. */
export async function findTags(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<TaggedUser[]> {
  // As SQL: two model calls take half as much processor time again, for what app servers ask by the thousand.
  return db.$queryRaw`SELECT u.user_id AS "userId", coalesce(t.tags, '{}') AS tags FROM users u
    LEFT JOIN user_tags t ON t.environment_id = u.environment_id AND t.user_id = u.user_id
    WHERE u.environment_id = ${environmentId} AND u.user_id = ANY(${[...userIds]}::text[]) AND u.soft_deleted_at IS NULL`;
}

/** The tags of those of these users who have any, by id. */
export async function tagsOf(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await db.userTags.findMany({ where: { environmentId, userId: { in: [...userIds] } } });
  return new Map(rows.map((row) => [row.userId, row.tags]));
}
