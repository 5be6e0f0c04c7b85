import { type Run, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { UserKey } from "./user-store";

/** What a locked user has that only the holder of the lock may change. */
export interface LockedUser {
  readonly name: string;
  readonly avatarUrl: string;
  /** Of the ban that runs or ran last; null: none is remembered. */
  readonly bannedUntil: Date | null;
  readonly friendCount: number;
  readonly blockedCount: number;
  /** Own verification level 1 to 3; null: as the environment's settings say. */
  readonly friendPermission: 1 | 2 | 3 | null;
}

const lock = (name: string, waiting: string) => ({
  name,
  text: `SELECT i.ordinal::int AS ordinal, u.*
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT name, avatar_url AS "avatarUrl", banned_until AS "bannedUntil", friend_count AS "friendCount", blocked_count AS "blockedCount", friend_permission AS "friendPermission"
      FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
      FOR NO KEY UPDATE${waiting}
    ) u`,
});

const LOCK = lock("users-lock", "");
const LOCK_FREE = lock("users-lock-free", " SKIP LOCKED");

export const userKey = (environmentId: EnvironmentId, userId: string) => `${environmentId}/${userId}`;

const compare = (a: UserKey, b: UserKey) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/**
 * Locks users against every other change until the transaction ends, and gives them by `userKey`; soft-deleted and unknown
 * ones are missing. Everybody takes these locks in one go and in one order, so nobody waits in a circle; whoever locks
 * more users later must not wait for them (`onlyFree`: those that someone else holds are missing too).
 *
 * What a statement after this one reads of these users' friends and blocks stands until the transaction ends.
 */
export async function lockUsers(
  run: Run,
  users: readonly UserKey[],
  options: { onlyFree?: boolean } = {},
): Promise<Map<string, LockedUser>> {
  const distinct = new Map(users.map((user) => [userKey(user.environmentId, user.userId), user]));
  const sorted = [...distinct.values()].sort(compare);
  const rows = await run<LockedUser & { ordinal: number }>(options.onlyFree ? LOCK_FREE : LOCK, [
    sorted.map((user) => user.environmentId),
    sorted.map((user) => user.userId),
  ]);
  const locked = new Map<string, LockedUser>();
  for (const { ordinal, ...user } of rows) {
    const key = sorted[ordinal - 1];
    if (key !== undefined) locked.set(userKey(key.environmentId, key.userId), user);
  }
  return locked;
}
