import { rowsOf } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { UserKey } from "./user-store";

/** The locks of users: on the hot paths of many environments at once, and of one environment's users in any transaction. */

/** What a locked user has that only the holder of the lock may change. */
export interface LockedUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  /** Of the ban that runs or ran last; null: none is remembered. */
  readonly bannedUntil: Date | null;
  readonly friendCount: number;
  readonly blockedCount: number;
  /** Own verification level 1 to 3; null: as the environment's settings say. */
  readonly friendPermission: 1 | 2 | 3 | null;
  /** Since when the user is muted in direct channels; null: is not. */
  readonly directMutedAt: Date | null;
}

const lock = (name: string, strength: string) => ({
  name,
  text: `SELECT i.ordinal::int AS ordinal, u.*
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT user_id AS "userId", name, avatar_url AS "avatarUrl", banned_until AS "bannedUntil", friend_count AS "friendCount",
        blocked_count AS "blockedCount", friend_permission AS "friendPermission", direct_muted_at AS "directMutedAt"
      FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
      FOR ${strength}
    ) u`,
});

/** What others cannot do until the transaction ends. */
const LOCKS = {
  /** Change the user, or lock it so. */
  change: lock("users-lock", "NO KEY UPDATE"),
  /** The same. Users that someone else holds are not waited for: they are missing. */
  changeFree: lock("users-lock-free", "NO KEY UPDATE SKIP LOCKED"),
  /** Change the user. Others may hold the same lock. */
  share: lock("users-lock-share", "SHARE"),
  /** Take the user's row away. Others may hold the same lock, and change the user. */
  keep: lock("users-lock-keep", "KEY SHARE"),
};

export const userKey = (environmentId: EnvironmentId, userId: string) => `${environmentId}/${userId}`;

const compare = (a: UserKey, b: UserKey) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/**
 * Locks users until the transaction ends, against every other change unless another lock is named, and gives them by
 * `userKey`, in order; soft-deleted and unknown ones are missing. Everybody takes these locks in one go and in one order, so
 * nobody waits in a circle; whoever locks more users later must not wait for them (`changeFree`).
 *
 * What a statement after `change` reads of these users' friends and blocks stands until the transaction ends.
 */
export async function lockUsers(
  run: Run,
  users: readonly UserKey[],
  against: keyof typeof LOCKS = "change",
): Promise<Map<string, LockedUser>> {
  const distinct = new Map(users.map((user) => [userKey(user.environmentId, user.userId), user]));
  const sorted = [...distinct.values()].sort(compare);
  const rows = await run<LockedUser & { ordinal: number }>(LOCKS[against], [
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

/** A locked user as the row says. */
export interface LockedRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly createdAt: Date;
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
  readonly tokensValidFrom: Date | null;
  readonly directMutedAt: Date | null;
}

const lockRows = (name: string, which: string) => ({
  name,
  text: `SELECT user_id AS "userId", name, avatar_url AS "avatarUrl", created_at AS "createdAt", banned_until AS "bannedUntil",
      soft_deleted_at AS "softDeletedAt", tokens_valid_from AS "tokensValidFrom", direct_muted_at AS "directMutedAt"
    FROM users WHERE environment_id = $1::int AND user_id = ANY($2::text[])${which}
    ORDER BY user_id FOR NO KEY UPDATE`,
});

// In the order in which users are locked everywhere, and in which they are given.
const LOCK_REGISTERED = lockRows("users-lock-registered", " AND soft_deleted_at IS NULL");
const LOCK_REGISTERED_AND_DELETED = lockRows("users-lock-all", "");

/** Locks those of these users who are registered and not soft-deleted against every change; gives them in the order of their ids. */
export function lockRegistered(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<LockedRow[]> {
  return run<LockedRow>(LOCK_REGISTERED, [environmentId, userIds]);
}

/** The same with the soft-deleted ones. */
export function lockRegisteredAndDeleted(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<LockedRow[]> {
  return run<LockedRow>(LOCK_REGISTERED_AND_DELETED, [environmentId, userIds]);
}
