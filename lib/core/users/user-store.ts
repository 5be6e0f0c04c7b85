import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { onPool, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** The hot path of reading users: what signed requests and connecting clients ask for. */

export interface StoredUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly createdAt: Date;
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
  readonly tokensValidFrom: Date | null;
}

export interface UserKey {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
}

// The LATERAL subquery with its LIMIT makes the plan an index search per id, whatever the statistics say: a plan kept
// since the table was empty must not become a scan of it.
const FIND_USERS = {
  name: "users-find",
  text: `SELECT i.ordinal::int AS ordinal, u.*
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT name, avatar_url AS "avatarUrl", created_at AS "createdAt", banned_until AS "bannedUntil",
        soft_deleted_at AS "softDeletedAt", tokens_valid_from AS "tokensValidFrom"
      FROM users WHERE environment_id = i.environment_id AND user_id = i.user_id LIMIT 1
    ) u`,
};

const finding = perDatabase((db) =>
  createBatch<UserKey, StoredUser | null>({
    maxItems: 200,
    maxInFlight: 1,
    async run(keys) {
      const rows = await onPool(db.pool)<StoredUser & { ordinal: number }>(FIND_USERS, [
        keys.map((key) => key.environmentId),
        keys.map((key) => key.userId),
      ]);
      const found: (StoredUser | null)[] = keys.map(() => null);
      for (const { ordinal, ...user } of rows) {
        const key = keys[ordinal - 1];
        if (key !== undefined) found[ordinal - 1] = { ...user, userId: key.userId };
      }
      return found;
    },
  }),
);

/** The user as stored, soft-deleted or not; null when there never was one. Concurrent calls share a statement. */
export function findUser(db: Database, environmentId: EnvironmentId, userId: string): Promise<StoredUser | null> {
  return finding(db)({ environmentId, userId });
}
