import type { Database, Db } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { type FriendPermission, REQUEST_TYPES, type RequestType } from "./schema";

/** What is asked now and then of one user's friends and requests. The hot paths have stores of their own. */

/** Everybody with whom this user is friends. */
export async function findFriendIds(db: Db, environmentId: EnvironmentId, userId: string): Promise<string[]> {
  const rows = await db.friendship.findMany({ where: { environmentId, userId }, select: { friendId: true } });
  return rows.map((row) => row.friendId);
}

/** How many requests of one type a user has that are open after `openAfter`, counting no further than `limit`. */
export function countOpen(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  { type, openAfter }: { readonly type: RequestType; readonly openAfter: Date },
  limit: number,
): Promise<number> {
  const own = type === REQUEST_TYPES.sent ? { requesterId: userId } : { targetId: userId };
  return db.friendRequest.count({
    where: { environmentId, ...own, status: 0, requestedAt: { gt: openAfter } },
    // The order of the index, so that no other way of reading them is cheaper.
    orderBy: { requestedAt: "asc" },
    take: limit,
  });
}

const PERMISSIONS = {
  name: "friend-permissions-find",
  text: `SELECT i.user_id AS "userId", u.permission FROM unnest((SELECT $2::text[])) WITH ORDINALITY AS i(user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT friend_permission AS permission FROM users
      WHERE environment_id = $1::int AND user_id = i.user_id AND soft_deleted_at IS NULL LIMIT 1
    ) u ORDER BY i.ordinal`,
};

/** Own levels of those who are registered and not soft-deleted, in the order given. SQL, since app servers ask by the thousand. */
export function findPermissions(
  db: Database,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Array<{ userId: string; permission: FriendPermission | null }>> {
  return onPool(db.pool)(PERMISSIONS, [environmentId, userIds]);
}
