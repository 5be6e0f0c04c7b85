import { type Actor, environmentOf, requireOnBehalfOf } from "../actor";
import { changeOwned, isAudited } from "../audit/change-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { settingsOf } from "../settings/settings-of";
import { webhookSelects } from "../webhooks/selected-events";
import { befriend, type FriendCall, publishBefriended } from "./befriend";
import { befriendNow } from "./befriend-batch-store";
import { eventSourceOf } from "./event-source";
import type { FriendWay, Verdict } from "./judge-friendship";
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
  return carryOut(context, actor, { ...wish, way: action === 2 ? "add" : "ask" }, limit);
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
  await carryOut(context, actor, { userId, targetId: requesterId, way: "accept", extra: "" }, limit);
}

interface Wish {
  readonly userId: string;
  readonly targetId: string;
  readonly way: FriendWay;
  readonly extra: string;
}

async function carryOut(context: Context, actor: Actor, wish: Wish, limit: number) {
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
  const verdict = isAudited(actor) ? await befriendAudited(context, actor, call) : await befriendNow(context, call);
  return { outcome: orThrow(verdict) };
}

function orThrow(verdict: Verdict): "friends" | "requested" {
  if (verdict.outcome === "refused") throw new AppError(verdict.code, { field: verdict.field });
  return verdict.outcome;
}

async function befriendAudited(context: Context, actor: Actor, call: FriendCall): Promise<Verdict> {
  const results = await changeOwned(context, actor, async ({ run, audit }) => {
    const made = await befriend(run, [call]);
    const { verdict, name } = made[0] ?? nothingMade();
    const { outcome } = verdict;
    if (outcome !== "refused") {
      await audit([
        {
          action: outcome === "friends" ? "friend.added" : "friend.requested",
          target: { kind: "user", id: call.userId, name },
          after: { friend: call.targetId, ...(call.extra === "" ? {} : { extra: call.extra }) },
        },
      ]);
    }
    return made;
  });
  await publishBefriended(context, [call], results);
  return (results[0] ?? nothingMade()).verdict;
}

function nothingMade(): never {
  throw new Error("friends: one call has one result");
}
