import type { Database, Db } from "@/lib/db/database";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "../users/locked-users-store";
import type { TaggedUser } from "./schema";

export interface NamedTaggedUser extends TaggedUser {
  readonly name: string;
}

/** Locks those of these users who are not soft-deleted, in the order that every writer locks in, and gives their tags. */
export async function lockTaggedUsers(
  tx: Db,
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<NamedTaggedUser[]> {
  const users = await lockRegistered(run, environmentId, userIds);
  // Read once they are locked: what another transaction has set meanwhile is what is replaced.
  const tags = await tagsOf(tx, environmentId, userIds);
  return users.map(({ userId, name }) => ({ userId, name, tags: tags.get(userId) ?? [] }));
}

// As SQL, since app servers ask by the thousand. LATERAL: an index search per id (decision 45).
const FIND = {
  name: "tags-find",
  text: `SELECT i.user_id AS "userId", coalesce(t.tags, '{}') AS tags FROM unnest((SELECT $2::text[])) AS i(user_id)
    CROSS JOIN LATERAL (
      SELECT true FROM users WHERE environment_id = $1::int AND user_id = i.user_id AND soft_deleted_at IS NULL LIMIT 1
    ) u
    LEFT JOIN LATERAL (
      SELECT tags FROM user_tags WHERE environment_id = $1::int AND user_id = i.user_id LIMIT 1
    ) t ON true`,
};

/** The tags of those of these users who are not soft-deleted, in no order; an empty list for who has none. */
export function findTags(
  db: Database,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<TaggedUser[]> {
  return onPool(db.pool)<TaggedUser>(FIND, [environmentId, userIds]);
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
