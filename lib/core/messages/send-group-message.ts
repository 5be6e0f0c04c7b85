import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { groupRecipients } from "../groups/group-recipients";
import { SENDER_STEPS } from "./may-message";
import { messageFactsOf } from "./message-facts";
import { requireSteps } from "./message-refusal";
import { type SendGroupMessageInput, SendGroupMessageSchema } from "./schema";
import { type SentMessage, storeClientMessage } from "./store-client-message";

/**
 * Sends a connected user's message to a group: stores it, and gives it to all members who are not soft-deleted, the
 * sender's other devices among them. Repetitions are as with direct messages; mute, blocklists and friendship concern
 * direct messages only. Throws `group_not_found` and `not_in_group`.
 */
export async function sendGroupMessage(
  context: Context,
  actor: AppUser,
  input: SendGroupMessageInput,
): Promise<SentMessage> {
  const environmentId = actor.environment.id;
  const sent = SendGroupMessageSchema.parse(input);
  const [[facts], members] = await Promise.all([
    messageFactsOf(context, environmentId, actor.userId, [actor.userId]),
    groupRecipients(context, environmentId, sent.groupId),
  ]);
  if (facts === undefined) throw new Error("no facts about the sender");
  requireSteps(SENDER_STEPS, facts);
  if (!members.has(actor.userId)) throw new AppError("not_in_group", { message: "You are not in this group." });
  return storeClientMessage(context, actor, sent, "group", { targetId: sent.groupId, userIds: [...members] });
}
