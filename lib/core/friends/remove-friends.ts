import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { executeTogether } from "../command/execute-together";
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
  const told = await webhookSelects(context, environmentOf(actor).id, "user:friendship");
  return remove(context, actor, { userId, targetIds, told, at: context.now() });
}

interface Removal {
  readonly userId: string;
  readonly targetIds: readonly string[];
  readonly at: number;
  /** Whether a webhook wants to know. */
  readonly told: boolean;
}

const remove = executeSideBySide<Removal, { removed: string[] }>({
  keysOf: ({ userId, targetIds }) => [userId, ...targetIds],
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.flatMap(({ userId, targetIds }) => [userId, ...targetIds].map((id) => ({ environmentId, userId: id }))),
    ),
  async command(run, { actor, input: { userId, targetIds, at, told } }) {
    const { id: environmentId } = environmentOf(actor);
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
  },
});

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
  const told = await webhookSelects(context, environmentOf(actor).id, "user:friendship");
  return removeAll(context, actor, { userId, at: context.now(), told });
}

const removeAll = executeTogether<Omit<Removal, "targetIds">, { removed: number }>({
  // Each locks up to three thousand friends.
  maxCommands: 10,
  maxInFlight: 1,
  keysOf: ({ userId }) => [userId],
  async run(run, environmentId, commands) {
    const userIds = commands.map(({ input }) => input.userId);
    const { users, friendships } = await lockWithFriends(run, environmentId, userIds);
    // One after the other for PostgreSQL: of two of them who are friends, the first ends it.
    const ended = await Promise.all(
      userIds.map((userId) =>
        endFriendships(
          run,
          environmentId,
          friendships.filter((friendship) => friendship.userId === userId),
        ),
      ),
    );
    return commands.map(({ actor, input: { userId, at, told } }, index) => {
      const user = users.get(userId);
      if (user === undefined) return new AppError("user_not_found", { field: "userId" });
      const removed = (ended[index] ?? []).map(({ friendId }) => friendId);
      const some = removed.length > 0;
      return {
        result: { removed: removed.length },
        audit: some
          ? [
              {
                action: "friend.all_removed" as const,
                target: { kind: "user" as const, id: userId, name: user.name },
                before: { friends: removed.length },
              },
            ]
          : [],
        webhooks: told ? removals(userId, removed, at, eventSourceOf(actor)) : [],
        events: [
          { type: "friends.cleared" as const, environmentId, userIds: [userId], at },
          ...(some
            ? [{ type: "friends.removed" as const, environmentId, userId, userIds: removed, at, cleared: true }]
            : []),
        ],
      };
    });
  },
});

function removals(actorId: string, friendIds: readonly string[], time: number, source: string) {
  return friendIds.map((otherId) => friendshipEvent({ kind: "removed", actorId, otherId, source, extra: "", time }));
}
