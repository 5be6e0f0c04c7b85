import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError, type ErrorCode } from "../errors";
import { clientKeyOf } from "./client-key";
import { CLIENT_STEPS, type MessageFacts, type MessageStep, refusingStep } from "./may-message";
import type { StoredMessage } from "./message";
import { messageFactsOf } from "./message-facts";
import { optionsOf } from "./message-options";
import { type SendDirectMessageInput, SendDirectMessageSchema } from "./schema";
import { storeMessage } from "./store-message";

/** What a client is answered whose message a step refuses. */
const REFUSALS: Readonly<Record<MessageStep, (facts: MessageFacts) => ErrorCode>> = {
  sender_registered: ({ sender }) => (sender === "soft_deleted" ? "user_soft_deleted" : "user_not_found"),
  sender_not_banned: () => "user_banned",
  recipient_registered: () => "user_not_found",
  sender_not_muted: () => "message_muted",
  not_blocked: () => "message_blocked",
  friends_if_restricted: () => "message_friends_only",
};

/**
 * Sends a connected user's direct message: stores it, and gives it to the recipient and to the sender's other devices.
 * Resolves when it is durable. A message with the `clientMessageId` of an earlier one of the last seven days is that one:
 * nothing happens again, and the earlier one is given. Throws what the rule refuses (contract section 16).
 */
export async function sendDirectMessage(
  context: Context,
  actor: AppUser,
  input: SendDirectMessageInput,
): Promise<{ message: StoredMessage; repeated: boolean }> {
  const environmentId = actor.environment.id;
  const { userId: senderId } = actor;
  const sent = SendDirectMessageSchema.parse(input);
  const { toUserId: targetId } = sent;
  const [facts] = await messageFactsOf(context, environmentId, senderId, [targetId]);
  if (facts === undefined) throw new Error("no facts about one recipient");
  const refusing = refusingStep(CLIENT_STEPS, facts);
  if (refusing !== null) throw new AppError(REFUSALS[refusing](facts), { field: fieldOf(refusing) });
  const { deliveries, repeated } = await storeMessage(context, {
    environmentId,
    kind: "direct",
    senderId,
    messageType: sent.messageType,
    content: sent.content,
    options: optionsOf(sent),
    sentAt: context.now(),
    persisted: sent.shouldPersist === 1,
    copies: [{ targetId, userIds: targetId === senderId ? [senderId] : [targetId, senderId] }],
    clientKey: clientKeyOf(senderId, sent.clientMessageId),
    connectionId: actor.connection?.id ?? "",
  });
  const message = deliveries[0]?.message;
  if (message === undefined) throw new Error("a stored message has no copy");
  return { message, repeated };
}

const fieldOf = (step: MessageStep) => (step === "recipient_registered" ? "toUserId" : undefined);
