import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { refusingStep, SERVER_STEPS, SERVER_STEPS_WITH_BLOCKLIST } from "./may-message";
import type { StoredMessage } from "./message";
import { messageFactsOf } from "./message-facts";
import { optionsOf } from "./message-options";
import { type SendServerMessageInput, SendServerMessageSchema } from "./schema";
import { storeMessage } from "./store-message";

/**
 * Sends a direct message in the name of `fromUserId` to each recipient (contract section 16). It asks neither whether the
 * sender is registered, banned, soft-deleted or muted nor for friendship, and for the blocklist only on demand. Recipients
 * who are unknown, soft-deleted or, on demand, have blocked the sender are left out; gives one message for each of the rest.
 */
export async function sendServerMessage(
  context: Context,
  actor: Actor,
  input: SendServerMessageInput,
): Promise<{ messages: readonly StoredMessage[] }> {
  requirePermission(actor, "messages.send");
  const { id: environmentId } = environmentOf(actor);
  const sent = SendServerMessageSchema.parse(input);
  const { fromUserId: senderId, toUserIds } = sent;
  const facts = await messageFactsOf(context, environmentId, senderId, toUserIds);
  const steps = sent.verifyBlocklist === 1 ? SERVER_STEPS_WITH_BLOCKLIST : SERVER_STEPS;
  const recipientIds = toUserIds.filter((_, index) => {
    const known = facts[index];
    return known !== undefined && refusingStep(steps, known) === null;
  });
  if (recipientIds.length === 0) return { messages: [] };
  // Who is not registered has no inbox.
  const echoes = sent.isEchoToSender === 1 && facts[0]?.sender === "registered";
  const { deliveries } = await storeMessage(context, {
    environmentId,
    kind: "direct",
    senderId,
    messageType: sent.messageType,
    content: sent.content,
    options: optionsOf(sent),
    sentAt: context.now(),
    persisted: sent.shouldPersist === 1,
    copies: recipientIds.map((targetId) => ({
      targetId,
      userIds: echoes && targetId !== senderId ? [targetId, senderId] : [targetId],
    })),
    clientKey: null,
    connectionId: "",
  });
  return { messages: deliveries.map(({ message }) => message) };
}
