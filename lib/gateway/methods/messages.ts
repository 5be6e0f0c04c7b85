import { z } from "zod";
import { fetchInbox as fetchInboxUseCase } from "@/lib/core/messages/fetch-inbox";
import { idOf } from "@/lib/core/messages/message";
import { FetchInboxSchema, SendDirectMessageSchema, SendGroupMessageSchema } from "@/lib/core/messages/schema";
import { sendDirectMessage } from "@/lib/core/messages/send-direct-message";
import { sendGroupMessage } from "@/lib/core/messages/send-group-message";
import { wireMessage } from "../message-delivery";
import { defineMethod } from "../method";

/** Client contract section 6: 20604 beyond. */
const MESSAGES_PER_SECOND = 5;

/** To a user or to a group; answered when the message is durable. */
const sendMessage = defineMethod({
  name: "message/send",
  perSecond: MESSAGES_PER_SECOND,
  input: z.union([SendDirectMessageSchema, SendGroupMessageSchema]),
  async run(context, actor, input) {
    const { message } = await ("groupId" in input
      ? sendGroupMessage(context, actor, input)
      : sendDirectMessage(context, actor, input));
    return { messageId: idOf(message), sequence: message.sequence, sentTime: message.sentAt };
  },
});

/** What the user's inbox holds after a place in it: what came while this device was away. */
const fetchInbox = defineMethod({
  name: "message/fetch",
  input: FetchInboxSchema,
  async run(context, actor, input) {
    const { messages, cursor, more } = await fetchInboxUseCase(context, actor, input);
    return { messages: messages.map(wireMessage), cursor, more };
  },
});

export const MESSAGE_METHODS = [sendMessage, fetchInbox];
