import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { lockUsers, userKey } from "../users/locked-users-store";
import { friendshipEvent } from "../webhooks/events";
import { webhookSelects } from "../webhooks/selected-events";
import { endFriendships, lockWithFriends } from "./end-friendship-store";
import { eventSourceOf } from "./event-source";
import { type FriendOwnerInput, FriendOwnerSchema, type RemoveFriendsInput, RemoveFriendsSchema } from "./schema";

/**
 * Ends friendships from both sides, with aliases and attributes; who is no friend is skipped. Gives those who were, in the
 * order given. Throws `user_not_found` (contract section 12.2).
 */
export async function removeFriends(
  context: Context,
  actor: Actor,
  input: RemoveFriendsInput,
): Promise<{ removed: string[] }> {
  const { userId, targetIds } = RemoveFriendsSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", userId);
  const { id: environmentId } = environmentOf(actor);
  const told = await webhookSelects(context, environmentId, "user:friendship");
  const at = context.now();
  return execute(context, actor, async (run) => {
    const users = await lockUsers(
      run,
      [userId, ...targetIds].map((id) => ({ environmentId, userId: id })),
    );
    const user = users.get(userKey(environmentId, userId));
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const pairs = targetIds.map((friendId) => ({ userId, friendId }));
    const removed = (await endFriendships(run, environmentId, pairs)).map(({ friendId }) => friendId);
    if (removed.length === 0) return { result: { removed } };
    const target = { kind: "user", id: userId, name: user.name } as const;
    return {
      result: { removed },
      audit: [{ action: "friend.removed", target, before: { friends: removed } }],
      webhooks: told ? removals(userId, removed, at, eventSourceOf(actor)) : [],
      events: [{ type: "friends.removed", environmentId, userId, userIds: removed, at, cleared: false }],
    };
  });
}

/**
 * Ends all friendships of a user, from both sides; the user's clients are told that the list is empty. Gives how many
 * there were. Throws `user_not_found` (contract section 12.3).
 */
export async function removeAllFriends(
  context: Context,
  actor: Actor,
  input: FriendOwnerInput,
): Promise<{ removed: number }> {
  const { userId } = FriendOwnerSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", userId);
  const { id: environmentId } = environmentOf(actor);
  const told = await webhookSelects(context, environmentId, "user:friendship");
  const at = context.now();
  return execute(context, actor, async (run) => {
    const { users, friendships } = await lockWithFriends(run, environmentId, [userId]);
    const user = users.get(userId);
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const removed = (await endFriendships(run, environmentId, friendships)).map(({ friendId }) => friendId);
    const target = { kind: "user", id: userId, name: user.name } as const;
    const some = removed.length > 0;
    return {
      result: { removed: removed.length },
      audit: some ? [{ action: "friend.all_removed", target, before: { friends: removed.length } }] : [],
      webhooks: told ? removals(userId, removed, at, eventSourceOf(actor)) : [],
      events: [
        { type: "friends.cleared", environmentId, userIds: [userId], at },
        ...(some
          ? [{ type: "friends.removed", environmentId, userId, userIds: removed, at, cleared: true } as const]
          : []),
      ],
    };
  });
}

function removals(actorId: string, friendIds: readonly string[], time: number, source: string) {
  return friendIds.map((otherId) => friendshipEvent({ kind: "removed", actorId, otherId, source, extra: "", time }));
}
