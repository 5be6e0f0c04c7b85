import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { lockUsers, userKey } from "../users/locked-users-store";
import { friendshipEvent } from "../webhooks/events";
import { readPairs } from "./befriend-store";
import { eventSourceOf } from "./event-source";
import { refuseRequest } from "./friend-request-store";
import { type AnswerRequestInput, AnswerRequestSchema, REQUEST_LIFETIME_MS } from "./schema";

/**
 * Refuses the open request that `requesterId` sent to `userId`; the requester may ask again. Throws `user_not_found`, and
 * `friend_request_not_found` when there is no open request or it has expired.
 */
export async function refuseFriendRequest(context: Context, actor: Actor, input: AnswerRequestInput): Promise<void> {
  const { userId, requesterId } = AnswerRequestSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", userId);
  const { id: environmentId } = environmentOf(actor);
  const at = context.now();
  await execute(context, actor, async (run) => {
    const users = await lockUsers(run, [
      { environmentId, userId },
      { environmentId, userId: requesterId },
    ]);
    for (const [field, id] of Object.entries({ userId, requesterId })) {
      if (!users.has(userKey(environmentId, id))) throw new AppError("user_not_found", { field });
    }
    const openAfter = new Date(at - REQUEST_LIFETIME_MS);
    const [pair] = await readPairs(run, [{ environmentId, userId, targetId: requesterId, openAfter }]);
    if (!pair?.received) throw new AppError("friend_request_not_found");
    await refuseRequest(run, environmentId, { requesterId, targetId: userId });
    const happened = { actorId: userId, otherId: requesterId, source: eventSourceOf(actor), extra: "", time: at };
    const target = { kind: "user", id: userId } as const;
    const requests = [{ requesterId, targetId: userId, status: 2, extra: pair.received.extra, at } as const];
    return {
      result: undefined,
      audit: [{ action: "friend.request_refused", target, after: { requester: requesterId } }],
      webhooks: [friendshipEvent({ kind: "refused", ...happened })],
      events: [{ type: "friend_requests.changed", environmentId, requests }],
    };
  });
}
