import { fewRows, rowsOf } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import { StaleTransaction } from "@/lib/db/transaction";
import type { EnvironmentId } from "../actor";
import { type LockedUser, lockUsers, userKey } from "../users/locked-users-store";

export interface FriendKey {
  readonly userId: string;
  readonly friendId: string;
}

const END = {
  name: "friends-end",
  text: `WITH gone AS (
      DELETE FROM friendships f USING ${fewRows(1, { environment_id: "int", user_id: "text", friend_id: "text" })} i
      WHERE f.environment_id = i.environment_id AND f.user_id = i.user_id AND f.friend_id = i.friend_id
      RETURNING f.environment_id, f.user_id, f.friend_id
    ), counted AS (
      UPDATE users u SET friend_count = u.friend_count - g.sides FROM (
        SELECT environment_id, user_id, count(*)::int AS sides FROM gone GROUP BY environment_id, user_id
      ) g WHERE u.environment_id = g.environment_id AND u.user_id = g.user_id
    )
    SELECT user_id AS "userId", friend_id AS "friendId" FROM gone`,
};

/**
 * Ends friendships with both their sides and both users' counts, in one statement; gives those that there were, as they
 * were asked for. All these users must be locked.
 */
export async function endFriendships(
  run: Run,
  environmentId: EnvironmentId,
  pairs: readonly FriendKey[],
): Promise<FriendKey[]> {
  if (pairs.length === 0) return [];
  const sides = pairs.flatMap(({ userId, friendId }) => [
    [userId, friendId],
    [friendId, userId],
  ]);
  const gone = await run<FriendKey>(END, [
    sides.map(() => environmentId),
    sides.map(([userId]) => userId),
    sides.map(([, friendId]) => friendId),
  ]);
  const ended = new Set(gone.map(({ userId, friendId }) => `${userId} ${friendId}`));
  return pairs.filter(({ userId, friendId }) => ended.has(`${userId} ${friendId}`));
}

const FRIENDS_OF = {
  name: "friends-of",
  text: `SELECT i.user_id AS "userId", f.friend_id AS "friendId"
    FROM ${rowsOf("int", "text")} AS i(environment_id, user_id)
    CROSS JOIN LATERAL (
      SELECT friend_id FROM friendships
      WHERE environment_id = i.environment_id AND user_id = i.user_id ORDER BY friend_id OFFSET 0
    ) f`,
};

/**
 * Locks users together with all their friends and gives every friendship they have: from then on nobody can add or end
 * one. Friends who came while the locks were taken are locked too if nobody holds them; otherwise throws
 * `StaleTransaction`, and the transaction is to begin anew (`retrying`). Users who are unknown or soft-deleted are missing
 * in `users`.
 */
export async function lockWithFriends(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<{ users: Map<string, LockedUser>; friendships: FriendKey[] }> {
  const arrays = [userIds.map(() => environmentId), userIds];
  const keysOf = (ids: Iterable<string>) => [...ids].map((userId) => ({ environmentId, userId }));
  const before = await run<FriendKey>(FRIENDS_OF, arrays);
  const asked = new Set([...userIds, ...before.map(({ friendId }) => friendId)]);
  const users = await lockUsers(run, keysOf(asked));
  const friendships = await run<FriendKey>(FRIENDS_OF, arrays);
  const late = new Set(friendships.map(({ friendId }) => friendId).filter((id) => !asked.has(id)));
  if (late.size > 0) {
    const locked = await lockUsers(run, keysOf(late), "changeFree");
    if (locked.size < late.size) throw new StaleTransaction("Friends were added meanwhile.");
  }
  const owners = new Map(
    userIds.flatMap((id) => {
      const user = users.get(userKey(environmentId, id));
      return user === undefined ? [] : [[id, user] as const];
    }),
  );
  return { users: owners, friendships };
}
