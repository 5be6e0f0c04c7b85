import type { AppUser } from "../actor";
import type { Context } from "../context";
import { CLIENT_STEPS } from "./may-message";
import { messageFactsOf } from "./message-facts";
import { requireSteps } from "./message-refusal";
import { type SendDirectMessageInput, SendDirectMessageSchema } from "./schema";
import { type SentMessage, storeClientMessage } from "./store-client-message";

/**
 * Sends a connected user's direct message: stores it, and gives it to the recipient and to the sender's other devices.
 * Resolves when it is durable. A message with the `clientMessageId` of an earlier one of the last seven days is that one:
 * nothing happens again, and the earlier one's id and time are given. Throws what the rule refuses (contract section 16).
 */
export async function sendDirectMessage(
  context: Context,
  actor: AppUser,
  input: SendDirectMessageInput,
): Promise<SentMessage> {
  const sent = SendDirectMessageSchema.parse(input);
  const { toUserId: targetId } = sent;
  const [facts] = await messageFactsOf(context, actor.environment.id, actor.userId, [targetId]);
  if (facts === undefined) throw new Error("no facts about one recipient");
  requireSteps(CLIENT_STEPS, facts);
  const userIds = targetId === actor.userId ? [targetId] : [targetId, actor.userId];
  return storeClientMessage(context, actor, sent, "direct", { targetId, userIds });
}
