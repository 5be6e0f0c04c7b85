import type { AppUser } from "../actor";
import type { Context } from "../context";
import { settingsOf } from "../settings/settings-of";
import { CLIENT_STEPS } from "./may-message";
import { type Demand, demandOf } from "./message-demand";
import { type SendDirectMessageInput, SendDirectMessageSchema } from "./schema";
import { type SentMessage, storeClientMessage } from "./store-client-message";

const TO_ONESELF = demandOf(CLIENT_STEPS, { friendsOnly: false, toOneself: true });
const TO_ANYBODY = demandOf(CLIENT_STEPS, { friendsOnly: false, toOneself: false });
const TO_FRIENDS = demandOf(CLIENT_STEPS, { friendsOnly: true, toOneself: false });

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
  const userIds = targetId === actor.userId ? [targetId] : [targetId, actor.userId];
  return storeClientMessage(
    context,
    actor,
    sent,
    "direct",
    { targetId, userIds },
    await demandOn(context, actor, targetId),
  );
}

async function demandOn(context: Context, { environment, userId }: AppUser, targetId: string): Promise<Demand> {
  const { restrictDirectMessagingToFriends } = await settingsOf(context, environment.id);
  if (targetId === userId) return TO_ONESELF;
  return restrictDirectMessagingToFriends ? TO_FRIENDS : TO_ANYBODY;
}
