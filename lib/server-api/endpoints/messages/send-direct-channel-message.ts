import { z } from "zod";
import { idOf } from "@/lib/core/messages/message";
import { METADATA_PAIRS_MAX, ServerMessageFields } from "@/lib/core/messages/schema";
import { sendServerMessage } from "@/lib/core/messages/send-server-message";
import { MAX_USER_IDS } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { textFromNumber, wireNumber, wireText, wireUserId, wireUserIds } from "../../wire-schema";

const fields = ServerMessageFields.shape;

/** A content of 128 KB, every character of it written as an escape of six, and as much again for everything else. */
const BODY_LIMIT_BYTES = 1536 * 1024;

/** Contract section 16. */
export const sendDirectChannelMessage = defineEndpoint({
  path: "/v4/direct-channel/message/send",
  // Counted by recipient.
  limit: 6_000,
  windowMs: 60_000,
  cost: ({ toUserIds }) => toUserIds.length,
  bodyLimitBytes: BODY_LIMIT_BYTES,
  effect: "write",
  doc: {
    group: "Direct messages",
    operationId: "sendDirectChannelMessage",
    summary: "Send a direct message to users",
    description:
      "Each recipient counts against the limit. The message is not refused for what the sender is (muted, banned, soft-deleted, not registered) nor where direct messages are restricted to friends; with `verifyBlocklist` 1, recipients who have blocked the sender are left out. Unknown and soft-deleted recipients are left out too: `messageIds` names who got it. `verifyBlacklist` is another spelling of `verifyBlocklist`. `messageType` is a built-in type, whose `content` must be the text of a JSON object, or one of your own that does not start with `RC:`. With `isEchoToSender` 1 the sender's own devices get the message as well; with `shouldPersist` 0 only users who are connected get it. `metadata` (at most 300 keys) counts only with `hasMetadata` true. The push fields are checked and have no effect: this server sends no push notifications.",
    example: {
      request: {
        fromUserId: "alice01",
        toUserIds: ["bob7"],
        messageType: "RC:TxtMsg",
        content: '{"content":"Hello"}',
      },
      answer: { code: 0, result: { messageIds: [{ userId: "bob7", messageId: "M3RA-9C0E-77TQ-21KD" }] } },
    },
  },
  input: z.object({
    fromUserId: wireText(fields.fromUserId),
    toUserIds: wireUserIds(MAX_USER_IDS),
    messageType: wireText(fields.messageType),
    content: wireText(fields.content),
    pushContent: wireText(fields.pushContent),
    pushData: wireText(fields.pushData),
    pushExt: wireText(fields.pushExt),
    isEchoToSender: wireNumber(fields.isEchoToSender),
    verifyBlocklist: wireNumber(fields.verifyBlocklist.unwrap().optional()),
    verifyBlacklist: wireNumber(fields.verifyBlocklist.unwrap().optional()),
    shouldPersist: wireNumber(fields.shouldPersist),
    contentAvailable: wireNumber(fields.contentAvailable),
    count: wireNumber(fields.count),
    needReadReceipt: wireNumber(fields.needReadReceipt),
    hasMetadata: fields.hasMetadata,
    metadata: z.preprocess(textsFromNumbers, fields.metadata),
    disablePush: fields.disablePush,
    disableUpdateLastMsg: fields.disableUpdateLastMsg,
  }),
  output: z.strictObject({
    messageIds: z.array(z.strictObject({ userId: wireUserId, messageId: z.string().min(1).max(64) })),
  }),
  async run(context, actor, { verifyBlacklist, ...input }) {
    const { messages } = await sendServerMessage(context, actor, {
      ...input,
      verifyBlocklist: input.verifyBlocklist ?? verifyBlacklist,
    });
    return { messageIds: messages.map((message) => ({ userId: message.targetId, messageId: idOf(message) })) };
  },
});

function textsFromNumbers(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  // Refused for their number by the schema.
  if (entries.length > METADATA_PAIRS_MAX) return value;
  return Object.fromEntries(entries.map(([key, text]) => [key, textFromNumber(text)]));
}
