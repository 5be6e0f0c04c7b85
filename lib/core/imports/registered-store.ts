import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

export interface RegisteredRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly softDeletedAt: Date | null;
}

/** Those of these users who are registered, soft-deleted ones too, by id. */
export async function findRegisteredRows(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, RegisteredRow>> {
  // As SQL: thousands of ids at a time.
  const rows = await db.$queryRaw<RegisteredRow[]>`
    SELECT u.user_id AS "userId", u.name, u.avatar_url AS "avatarUrl", u.soft_deleted_at AS "softDeletedAt"
    FROM (SELECT * FROM unnest((SELECT ${[...userIds]}::text[])) AS few(user_id) LIMIT (SELECT 1000000)) AS i
    CROSS JOIN LATERAL (SELECT * FROM users WHERE environment_id = ${environmentId} AND user_id = i.user_id LIMIT 1) AS u`;
  return new Map(rows.map((row) => [row.userId, row]));
}
