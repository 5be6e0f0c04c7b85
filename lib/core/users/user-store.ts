import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
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

const unixMs = (column: string) => `date_part('epoch', ${column}) * 1000`;

// The LATERAL subquery with its LIMIT makes the plan an index search per id, whatever the statistics say: a plan kept
// since the table was empty must not become a scan of it.
const FIND_USERS = {
  name: "users-find",
  text: `SELECT i.ordinal, u.*
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT name, avatar_url, ${unixMs("created_at")}, ${unixMs("banned_until")}, ${unixMs("soft_deleted_at")},
        ${unixMs("tokens_valid_from")}
      FROM users WHERE environment_id = i.environment_id AND user_id = i.user_id LIMIT 1
    ) u`,
};

const finding = perDatabase((db) =>
  createBatch<UserKey, StoredUser | null>({ maxItems: 200, maxInFlight: 3, run: (keys) => findAll(db, keys) }),
);

async function findAll(db: Database, keys: readonly UserKey[]): Promise<(StoredUser | null)[]> {
  const rows = await db.pipeline.run(FIND_USERS, [
    numberArray(keys.map((key) => key.environmentId)),
    textArray(keys.map((key) => key.userId)),
  ]);
  const found: (StoredUser | null)[] = keys.map(() => null);
  for (const [ordinal, name, avatarUrl, createdAt, bannedUntil, softDeletedAt, tokensValidFrom] of rows) {
    const index = Number(ordinal) - 1;
    const key = keys[index];
    if (key === undefined) continue;
    found[index] = {
      userId: key.userId,
      name: name ?? "",
      avatarUrl: avatarUrl ?? "",
      createdAt: timeOf(createdAt ?? null) ?? new Date(0),
      bannedUntil: timeOf(bannedUntil ?? null),
      softDeletedAt: timeOf(softDeletedAt ?? null),
      tokensValidFrom: timeOf(tokensValidFrom ?? null),
    };
  }
  return found;
}

/** Times are stored to the millisecond, as which a floating-point number is exact once rounded. */
const timeOf = (ms: string | null) => (ms === null ? null : new Date(Math.round(Number(ms))));

/** The user as stored, soft-deleted or not; null when there never was one. Concurrent calls share a statement. */
export function findUser(db: Database, environmentId: EnvironmentId, userId: string): Promise<StoredUser | null> {
  return finding(db)({ environmentId, userId });
}
