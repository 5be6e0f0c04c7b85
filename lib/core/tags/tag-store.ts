import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
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
  const users = await tx.$queryRaw<Array<{ userId: string; name: string }>>`SELECT user_id AS "userId", name FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[]) AND soft_deleted_at IS NULL
    ORDER BY user_id FOR NO KEY UPDATE`;
  // Read once they are locked: what another transaction has set meanwhile is what is replaced.
  const rows = await tx.userTags.findMany({
    where: { environmentId, userId: { in: users.map((user) => user.userId) } },
  });
  const tags = new Map(rows.map((row) => [row.userId, row.tags]));
  return users.map((user) => ({ ...user, tags: tags.get(user.userId) ?? [] }));
}

/**
 * Replaces the tags of those of these users who are not soft-deleted, in one statement that locks them in the order of
 * their ids.
 */
export async function replaceTags(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  tags: readonly string[],
): Promise<void> {
  const ids = [...userIds];
  if (tags.length === 0) {
    await db.$executeRaw`WITH target AS MATERIALIZED (
        SELECT user_id FROM users WHERE environment_id = ${environmentId} AND user_id = ANY(${ids}::text[])
        ORDER BY user_id FOR NO KEY UPDATE
      )
      DELETE FROM user_tags t USING target WHERE t.environment_id = ${environmentId} AND t.user_id = target.user_id`;
    return;
  }
  await db.$executeRaw`WITH target AS MATERIALIZED (
      SELECT user_id FROM users
      WHERE environment_id = ${environmentId} AND user_id = ANY(${ids}::text[]) AND soft_deleted_at IS NULL
      ORDER BY user_id FOR NO KEY UPDATE
    )
    INSERT INTO user_tags (environment_id, user_id, tags)
    SELECT ${environmentId}, user_id, ${[...tags]}::text[] FROM target
    ON CONFLICT (environment_id, user_id) DO UPDATE SET tags = excluded.tags`;
}

/** The tags of those of these users who are not soft-deleted, in no order; an empty list for who has none. */
export async function findTags(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<TaggedUser[]> {
  return db.$queryRaw`SELECT u.user_id AS "userId", coalesce(t.tags, '{}') AS tags FROM users u
    LEFT JOIN user_tags t ON t.environment_id = u.environment_id AND t.user_id = u.user_id
    WHERE u.environment_id = ${environmentId} AND u.user_id = ANY(${[...userIds]}::text[]) AND u.soft_deleted_at IS NULL`;
}
