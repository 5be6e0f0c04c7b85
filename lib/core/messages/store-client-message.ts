import { hash } from "node:crypto";
import { type AppUser, connectionOf } from "../actor";
import type { Context } from "../context";
import type { ConversationKind, Copy, StoredMessage } from "./message";
import type { Demand } from "./message-demand";
import { optionsOf } from "./message-options";
import type { MessageBody } from "./schema";
import { storeMessage } from "./store-message";

/** What a client is told of the message that it sent. */
export interface SentMessage {
  readonly message: StoredMessage;
  /** The client had sent it before; `message` has the id and the time of then. */
  readonly repeated: boolean;
}

/** Stores what a connected user said where it is as demanded. Throws the demand's refusal. */
export async function storeClientMessage(
  context: Context,
  actor: AppUser,
  body: MessageBody & { readonly clientMessageId?: string | undefined },
  kind: ConversationKind,
  copy: Copy,
  demand: Demand,
): Promise<SentMessage> {
  const { deliveries, repeated } = await storeMessage(context, {
    environmentId: actor.environment.id,
    kind,
    senderId: actor.userId,
    messageType: body.messageType,
    content: body.content,
    options: optionsOf(body),
    sentAt: context.now(),
    persisted: body.shouldPersist === 1,
    copies: [copy],
    clientKey: clientKeyOf(actor.userId, body.clientMessageId),
    connectionId: connectionOf(actor),
    demand,
  });
  const message = deliveries[0]?.message;
  if (message === undefined) throw new Error("a stored message has no copy");
  return { message, repeated };
}

/** Digest of a sender and the id that the client gave a message, as the text of a UUID; null without such an id. */
function clientKeyOf(senderId: string, clientMessageId: string | undefined): string | null {
  if (clientMessageId === undefined) return null;
  return hash("sha256", `${senderId}\0${clientMessageId}`, "hex").slice(0, 32);
}
