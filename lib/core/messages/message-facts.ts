import { createBatch, perDatabase } from "@/lib/db/batch";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findRelations, type Relation, type RelationKey } from "../friends/relation-store";
import { settingsOf } from "../settings/settings-of";
import type { MessageFacts } from "./may-message";

/** Pairs in one statement. */
const MAX_PAIRS = 500;

// One statement at a time, so that answers come in the order of the questions and a sender's messages keep theirs.
const relating = perDatabase((db) =>
  createBatch<RelationKey, Relation>({
    maxItems: MAX_PAIRS,
    maxInFlight: 1,
    run: (pairs) => findRelations(onPool(db.pool), pairs),
  }),
);

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
    keys.length === 1 ? Promise.all(keys.map(relating(context.db))) : findRelations(onPool(context.db.pool), keys),
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
