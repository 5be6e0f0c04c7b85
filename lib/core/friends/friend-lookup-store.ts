import type { Db } from "@/lib/db/database";
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

/** Own levels of those who are registered and not soft-deleted, in the order given. */
export async function findPermissions(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Array<{ userId: string; permission: FriendPermission | null }>> {
  const users = await db.user.findMany({
    where: { environmentId, userId: { in: [...userIds] }, softDeletedAt: null },
    select: { userId: true, friendPermission: true },
  });
  const permissions = new Map(users.map((user) => [user.userId, user.friendPermission as FriendPermission | null]));
  return userIds.flatMap((userId) => {
    const permission = permissions.get(userId);
    return permission === undefined ? [] : [{ userId, permission }];
  });
}
