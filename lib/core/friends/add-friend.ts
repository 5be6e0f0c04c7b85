import { type Actor, environmentOf } from "../actor";
import { executeTogether } from "../command/execute-together";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { settingsOf } from "../settings/settings-of";
import { webhookSelects } from "../webhooks/selected-events";
import { befriend, busEventsOf, type FriendCall, friendshipEvents } from "./befriend";
import { eventSourceOf } from "./event-source";
import type { FriendWay } from "./judge-friendship";
import {
  type AddFriendInput,
  AddFriendSchema,
  type AnswerRequestInput,
  AnswerRequestSchema,
  defaultPermission,
  MAX_FRIENDS,
} from "./schema";

/**
 * Makes two users friends, or sends a request that the target has to accept within seven days: as the target's level
 * says, or at once with `action` 2, which app users may not use. A repeated request refreshes the open one; a request that
 * meets the target's own makes both friends (contract section 12.1).
 *
 * Throws, in this order: `friend_is_self`, `user_not_found`, `already_friends`, `blocked_by_target`, `target_blocked`,
 * `friend_limit_reached`, `target_friend_limit_reached`, `friend_requests_refused`.
 */
export async function addFriend(
  context: Context,
  actor: Actor,
  input: AddFriendInput,
  limit = MAX_FRIENDS,
): Promise<{ outcome: "friends" | "requested" }> {
  const { action, ...wish } = AddFriendSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", wish.userId);
  if (action === 2 && actor.kind === "app_user") {
    throw new AppError("forbidden", { message: "Only the app server may add friends without asking." });
  }
  return makeFriends(context, actor, { ...wish, way: action === 2 ? "add" : "ask" }, limit);
}

/**
 * Accepts the open request that `requesterId` sent to `userId`. Throws `friend_request_not_found` when there is none or it
 * has expired, and else as `addFriend` does: a block or a limit that came since stands in the way.
 */
export async function acceptFriendRequest(
  context: Context,
  actor: Actor,
  input: AnswerRequestInput,
  limit = MAX_FRIENDS,
): Promise<void> {
  const { userId, requesterId } = AnswerRequestSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", userId);
  await makeFriends(context, actor, { userId, targetId: requesterId, way: "accept", extra: "" }, limit);
}

interface Wish {
  readonly userId: string;
  readonly targetId: string;
  readonly way: FriendWay;
  readonly extra: string;
}

async function makeFriends(context: Context, actor: Actor, wish: Wish, limit: number) {
  const { id: environmentId } = environmentOf(actor);
  const [settings, told] = await Promise.all([
    settingsOf(context, environmentId),
    webhookSelects(context, environmentId, "user:friendship"),
  ]);
  const call: FriendCall = {
    ...wish,
    environmentId,
    limit,
    at: context.now(),
    byServer: actor.kind !== "app_user",
    source: eventSourceOf(actor),
    told,
    defaultPermission: defaultPermission(settings),
  };
  return { outcome: await befriendTogether(context, actor, call) };
}

const befriendTogether = executeTogether<FriendCall, "friends" | "requested">({
  maxCommands: 100,
  maxInFlight: 2,
  // Calls about one user may share a transaction, since they are judged one after the other; calls about one pair may not.
  keysOf: ({ userId, targetId }) => [[userId, targetId].sort().join("/")],
  async run(run, environmentId, commands) {
    const results = await befriend(
      run,
      commands.map(({ input }) => input),
    );
    return commands.map(({ input: call }, index) => {
      const result = results[index];
      if (result === undefined) throw new Error("friends: each call has a result");
      const { verdict, name } = result;
      if (verdict.outcome === "refused") return new AppError(verdict.code, { field: verdict.field });
      return {
        result: verdict.outcome,
        audit: [
          {
            action: verdict.outcome === "friends" ? "friend.added" : "friend.requested",
            target: { kind: "user", id: call.userId, name },
            after: { friend: call.targetId, ...(call.extra === "" ? {} : { extra: call.extra }) },
          },
        ],
        webhooks: friendshipEvents({ call, result }),
        events: busEventsOf(environmentId, { call, result }),
      };
    });
  },
});
