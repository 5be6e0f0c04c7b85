import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { groupRecipients } from "../groups/group-recipients";
import { SENDER_STEPS } from "./may-message";
import { demandOf } from "./message-demand";
import { messageFactsOf } from "./message-facts";
import { refusalOf } from "./message-refusal";
import { type SendGroupMessageInput, SendGroupMessageSchema } from "./schema";
import { type SentMessage, storeClientMessage } from "./store-client-message";

const BY_A_MEMBER = demandOf(SENDER_STEPS, { friendsOnly: false, toOneself: false });

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
  const sent = SendGroupMessageSchema.parse(input);
  const members = await groupRecipients(context, actor.environment.id, sent.groupId);
  if (!members.has(actor.userId)) throw await refusalOfOutsider(context, actor);
  const copy = { targetId: sent.groupId, userIds: [...members] };
  return storeClientMessage(context, actor, sent, "group", copy, BY_A_MEMBER);
}

/** What the sender may not do at all comes before what only members may. */
async function refusalOfOutsider(context: Context, { environment, userId }: AppUser): Promise<AppError> {
  const [facts] = await messageFactsOf(context, environment.id, userId, [userId]);
  if (facts === undefined) throw new Error("no facts about the sender");
  return refusalOf(SENDER_STEPS, facts) ?? new AppError("not_in_group", { message: "You are not in this group." });
}
