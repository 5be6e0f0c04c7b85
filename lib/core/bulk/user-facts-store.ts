import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** What of a user decides whether an act changes anything. */
export interface UserFacts {
  readonly userId: string;
  readonly createdAt: Date;
  /** Of the ban that runs or ran last. */
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
  readonly tags: readonly string[];
  /** Live connections. */
  readonly connections: number;
}

/** Those of these users who are registered, soft-deleted ones too, by id. Locks nobody. */
export async function findUserFacts(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, UserFacts>> {
  // As SQL: thousands of ids at a time, and three tables.
  const rows = await db.$queryRaw<UserFacts[]>`
    SELECT u.user_id AS "userId", u.created_at AS "createdAt", u.banned_until AS "bannedUntil",
      u.soft_deleted_at AS "softDeletedAt", coalesce(t.tags, '{}') AS tags,
      (SELECT count(*)::int FROM connections AS c WHERE c.environment_id = u.environment_id AND c.user_id = u.user_id)
        AS connections
    FROM (SELECT * FROM unnest((SELECT ${[...userIds]}::text[])) AS few(user_id) LIMIT (SELECT 1000000)) AS i
    CROSS JOIN LATERAL (SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = i.user_id LIMIT 1) AS u
    LEFT JOIN user_tags AS t ON t.environment_id = u.environment_id AND t.user_id = u.user_id`;
  return new Map(rows.map((row) => [row.userId, row]));
}
