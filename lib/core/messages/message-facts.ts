import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findRelations, type RelationKey } from "../friends/relation-store";
import { settingsOf } from "../settings/settings-of";
import type { MessageFacts } from "./may-message";

/** What the rule asks of one sender and each of the recipients, in their order, as it stands now. */
export async function messageFactsOf(
  context: Context,
  environmentId: EnvironmentId,
  senderId: string,
  recipientIds: readonly string[],
): Promise<MessageFacts[]> {
  const keys = recipientIds.map((recipientId): RelationKey => ({ environmentId, senderId, recipientId }));
  const [settings, relations] = await Promise.all([
    settingsOf(context, environmentId),
    findRelations(context.db, keys),
  ]);
  const now = context.now();
  return relations.map((relation, index) => ({
    sender: relation.sender,
    senderBanned: relation.senderBannedUntil !== null && relation.senderBannedUntil.getTime() > now,
    senderMuted: relation.senderMutedAt !== null,
    recipient: relation.recipient,
    blockedByRecipient: relation.blockedByRecipient,
    friends: relation.friends,
    friendsOnly: settings.restrictDirectMessagingToFriends,
    toOneself: recipientIds[index] === senderId,
  }));
}
