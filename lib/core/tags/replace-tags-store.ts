import type { Db } from "@/lib/db/database";
import { fewRows } from "@/lib/db/sql";
import { inPrisma, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

const CLEAR = {
  name: "tags-clear",
  text: `WITH target AS MATERIALIZED (
      SELECT user_id FROM users WHERE environment_id = $1::int AND user_id = ANY($2::text[])
      ORDER BY user_id FOR NO KEY UPDATE
    )
    DELETE FROM user_tags t USING (SELECT * FROM target LIMIT (SELECT 1000000)) target
    WHERE t.environment_id = $1::int AND t.user_id = target.user_id`,
};

const REPLACE = {
  name: "tags-replace",
  text: `WITH target AS MATERIALIZED (
      SELECT user_id FROM users WHERE environment_id = $1::int AND user_id = ANY($2::text[]) AND soft_deleted_at IS NULL
      ORDER BY user_id FOR NO KEY UPDATE
    )
    INSERT INTO user_tags (environment_id, user_id, tags) SELECT $1::int, user_id, $3::text[] FROM target
    ON CONFLICT (environment_id, user_id) DO UPDATE SET tags = excluded.tags`,
};

/**
 * Replaces the tags of those of these users who are not soft-deleted, in one statement that locks them in the order of
 * their ids.
 */
export async function replaceTags(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  tags: readonly string[],
): Promise<void> {
  if (tags.length === 0) await run(CLEAR, [environmentId, userIds]);
  else await run(REPLACE, [environmentId, userIds, tags]);
}

const SAVE = {
  name: "tags-save",
  // A tag has no blank in it, so that an array of texts can carry lists of them. The whole key stands beside each list (decision 45).
  text: `WITH given AS MATERIALIZED (
      SELECT environment_id, user_id, string_to_array(nullif(tags, ''), ' ') AS tags
      FROM ${fewRows(1, { environment_id: "int", user_id: "text", tags: "text" })} i
    ), gone AS (
      DELETE FROM user_tags t USING (SELECT * FROM given WHERE tags IS NULL LIMIT (SELECT 1000000)) g
      WHERE t.environment_id = g.environment_id AND t.user_id = g.user_id
    )
    INSERT INTO user_tags (environment_id, user_id, tags)
    SELECT environment_id, user_id, tags FROM given WHERE tags IS NOT NULL
    ON CONFLICT (environment_id, user_id) DO UPDATE SET tags = excluded.tags`,
};

/** Gives each of these distinct users, who are locked, the tags beside the id. */
export async function saveTags(
  db: Db,
  environmentId: EnvironmentId,
  users: ReadonlyArray<{ readonly userId: string; readonly tags: readonly string[] }>,
): Promise<void> {
  if (users.length === 0) return;
  await inPrisma(db)(SAVE, [
    users.map(() => environmentId),
    users.map(({ userId }) => userId),
    users.map(({ tags }) => tags.join(" ")),
  ]);
}
