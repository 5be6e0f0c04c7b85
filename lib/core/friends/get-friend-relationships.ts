import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { findFriendsAmong } from "./relationship-store";
import { type FriendRelationshipsInput, FriendRelationshipsSchema } from "./schema";

export interface FriendRelationship {
  readonly userId: string;
  /** 0 none, 3 friends. 1 and 2 would be one-sided friendships, which do not exist here. */
  readonly relation: 0 | 3;
}

/**
 * Whether each target is a friend of the user, in the order given; unknown targets are none. Throws `user_not_found`
 * (contract section 12.5).
 */
export async function getFriendRelationships(
  context: Context,
  actor: Actor,
  input: FriendRelationshipsInput,
): Promise<FriendRelationship[]> {
  const { userId, targetIds } = FriendRelationshipsSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const friends = await findFriendsAmong(context.db, environmentOf(actor).id, userId, targetIds);
  if (friends === null) throw new AppError("user_not_found", { field: "userId" });
  return targetIds.map((id) => ({ userId: id, relation: friends.has(id) ? 3 : 0 }));
}
