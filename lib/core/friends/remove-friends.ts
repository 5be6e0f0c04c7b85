import { type Actor, environmentOf, requireOnBehalfOf } from "../actor";
import { changeOwned } from "../audit/change-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { publishAfterCommit } from "../publish";
import { lockUsers, userKey } from "../users/locked-users-store";
import { friendshipEvent } from "../webhooks/events";
import { webhookSelects } from "../webhooks/selected-events";
import { recordWebhookEvents } from "../webhooks/webhook-event-store";
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
  const removed = await changeOwned(context, actor, async ({ run, audit }) => {
    const users = await lockUsers(
      run,
      [userId, ...targetIds].map((id) => ({ environmentId, userId: id })),
    );
    const user = users.get(userKey(environmentId, userId));
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const pairs = targetIds.map((friendId) => ({ userId, friendId }));
    const ended = (await endFriendships(run, environmentId, pairs)).map(({ friendId }) => friendId);
    if (ended.length === 0) return ended;
    const source = eventSourceOf(actor);
    if (told) await recordWebhookEvents(run, environmentId, at, removals(userId, ended, at, source));
    const target = { kind: "user", id: userId, name: user.name } as const;
    await audit([{ action: "friend.removed", target, before: { friends: ended } }]);
    return ended;
  });
  if (removed.length > 0) {
    const ended = { environmentId, userId, userIds: removed, at, cleared: false };
    await publishAfterCommit(context, { type: "friends.removed", ...ended });
  }
  return { removed };
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
  const removed = await changeOwned(context, actor, async ({ run, audit }) => {
    const { users, friendships } = await lockWithFriends(run, environmentId, [userId]);
    const user = users.get(userId);
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const ended = (await endFriendships(run, environmentId, friendships)).map(({ friendId }) => friendId);
    if (told) await recordWebhookEvents(run, environmentId, at, removals(userId, ended, at, eventSourceOf(actor)));
    const target = { kind: "user", id: userId, name: user.name } as const;
    if (ended.length > 0) await audit([{ action: "friend.all_removed", target, before: { friends: ended.length } }]);
    return ended;
  });
  await publishAfterCommit(context, { type: "friends.cleared", environmentId, userIds: [userId], at });
  if (removed.length > 0) {
    const ended = { environmentId, userId, userIds: removed, at, cleared: true };
    await publishAfterCommit(context, { type: "friends.removed", ...ended });
  }
  return { removed: removed.length };
}

function removals(userId: string, friendIds: readonly string[], time: number, source: string) {
  return friendIds.map((toUserId) => friendshipEvent({ kind: "removed", userId, toUserId, source, extra: "", time }));
}
