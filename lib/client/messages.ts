/** Which kind of channel a message belongs to. */
export enum ChannelType {
  DIRECT = 1,
  GROUP = 3,
}

/** What goes over the wire as the content of a message: an object, whose shape follows from the message type. */
export type MessageContent = Readonly<Record<string, unknown>>;

/** What a channel's `sendMessage` takes. */
export interface SendMessageParams {
  readonly messageType: string;
  readonly content: MessageContent;
  /** Texts that go with the message. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const TEXT_MESSAGE = "RC:TxtMsg";

/** A text. */
export class SendTextMessageParams implements SendMessageParams {
  readonly messageType = TEXT_MESSAGE;
  readonly content: { readonly content: string };
  readonly metadata?: Readonly<Record<string, string>>;

  constructor({ text, metadata }: { text: string; metadata?: Readonly<Record<string, string>> }) {
    this.content = { content: text };
    if (metadata !== undefined) this.metadata = metadata;
  }
}

/** A message of a type of the app's own (at most 32 characters, not starting with `RC:`). */
export class SendCustomMessageParams implements SendMessageParams {
  readonly messageType: string;
  readonly content: MessageContent;
  readonly metadata?: Readonly<Record<string, string>>;

  constructor({
    messageType,
    content,
    metadata,
  }: {
    messageType: string;
    content: MessageContent;
    metadata?: Readonly<Record<string, string>>;
  }) {
    this.messageType = messageType;
    this.content = content;
    if (metadata !== undefined) this.metadata = metadata;
  }
}

/** Whether this user has sent a message or was sent it. */
export enum MessageDirection {
  SEND = 1,
  RECEIVE = 2,
}

/** A message as it was sent or received. */
export interface Message {
  readonly messageId: string;
  readonly channelType: ChannelType;
  /** The other user of a direct channel, or the group. */
  readonly channelId: string;
  /** The two as one. */
  readonly channelIdentifier: { readonly channelType: ChannelType; readonly channelId: string };
  readonly direction: MessageDirection;
  readonly senderUserId: string;
  readonly messageType: string;
  /** Of a text message `{ text }`; otherwise what was sent. */
  readonly content: MessageContent;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Unix milliseconds, by the server's clock. */
  readonly sentTime: number;
  /** Sent by this user, from this device or another one. */
  readonly isOwn: boolean;
}

/** A message as the gateway tells it. */
export interface WireMessage {
  readonly messageId: string;
  /** Its number: an inbox is read by it. */
  readonly sequence: number;
  readonly kind: "direct" | "group";
  readonly senderId: string;
  readonly targetId: string;
  readonly messageType: string;
  /** Text of a JSON object, for types of the app's own of anything. */
  readonly content: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly sentTime: number;
}

function contentOf(messageType: string, text: string): MessageContent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // An app server may send any text under a type of its own.
    return { raw: text };
  }
  if (typeof parsed !== "object" || parsed === null) return { raw: text };
  const content = parsed as Record<string, unknown>;
  if (messageType !== TEXT_MESSAGE || typeof content.content !== "string") return content;
  const { content: said, ...rest } = content;
  return { ...rest, text: said };
}

/** A message as the user `userId` sees it. */
export function toMessage(wire: WireMessage, userId: string): Message {
  const { messageId, kind, senderId, targetId, messageType, content, metadata, sentTime } = wire;
  const isOwn = senderId === userId;
  const channelIdentifier = {
    channelType: kind === "direct" ? ChannelType.DIRECT : ChannelType.GROUP,
    channelId: kind === "direct" && !isOwn ? senderId : targetId,
  };
  return {
    messageId,
    ...channelIdentifier,
    channelIdentifier,
    direction: isOwn ? MessageDirection.SEND : MessageDirection.RECEIVE,
    senderUserId: senderId,
    messageType,
    content: contentOf(messageType, content),
    ...(metadata === undefined ? {} : { metadata }),
    sentTime,
    isOwn,
  };
}

/** `messages` is what came, here always one; its own fields stand beside it, for code that reads one message. */
export interface MessagesReceived extends Message {
  readonly messages: readonly Message[];
}

interface MessageCallbacks {
  /** A message of somebody, or of this user's other device. In the order of the channel, each once. */
  onMessageReceived?(event: MessagesReceived): void;
}

/** Is told of messages as they come, those that came while this device was offline first. */
export class MessageHandler {
  constructor(readonly callbacks: MessageCallbacks) {}
}
