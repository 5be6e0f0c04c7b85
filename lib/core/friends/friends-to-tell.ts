import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findFriendsById, type StoredFriend } from "./friend-list-store";

/**
 * What a user's clients are shown of some friends when they are told of a change; who is a friend no more is left out. For
 * the gateway, which has the user connected and so asks in no other user's name.
 */
export function friendsToTell(
  context: Context,
  environmentId: EnvironmentId,
  userId: string,
  friendIds: readonly string[],
): Promise<StoredFriend[]> {
  return findFriendsById(context.db, environmentId, userId, friendIds);
}
