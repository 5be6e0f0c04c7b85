import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

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
