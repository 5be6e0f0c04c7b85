import type { EnvironmentId } from "../actor";
import type { Demand } from "./message-demand";
import { messageIdOf } from "./message-id";

export type ConversationKind = "direct" | "group";

/** What the sender said about a message beside its content; what is missing was not said. */
export type MessageOptions = {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly needReadReceipt?: true;
  readonly disableUpdateLastMsg?: true;
};

/** One copy of what somebody said, as it lies in inboxes and goes to clients. */
export interface StoredMessage {
  readonly environmentId: EnvironmentId;
  /** Its number in the environment: later ones are greater. An inbox is read by it. */
  readonly sequence: number;
  readonly kind: ConversationKind;
  readonly senderId: string;
  /** The recipient, or the group. */
  readonly targetId: string;
  readonly messageType: string;
  readonly content: string;
  readonly options: MessageOptions | null;
  /** Unix milliseconds */
  readonly sentAt: number;
  /** False: it is in no inbox, only those who are connected get it. */
  readonly persisted: boolean;
}

/** Whose inboxes one copy goes to. */
export interface Copy {
  readonly targetId: string;
  readonly userIds: readonly string[];
}

/** A message that is to be stored: one content, and a copy for each conversation that it belongs to. */
export interface NewMessage extends Omit<StoredMessage, "sequence" | "targetId"> {
  readonly copies: readonly Copy[];
  /** By which a repetition is recognised; null: it is never one. */
  readonly clientKey: string | null;
  /** The connection that sent it, "" when none did. */
  readonly connectionId: string;
  /** What must hold of sender and recipient when it is stored; left out: it was judged before. */
  readonly demand?: Demand;
}

/** What a message says, content and metadata, in UTF-16 units. */
export const lengthOf = ({ content, options }: Pick<StoredMessage, "content" | "options">) =>
  content.length + (options?.metadata === undefined ? 0 : JSON.stringify(options.metadata).length);

/** A copy with its number, and to whom it goes. */
export interface Delivery {
  readonly message: StoredMessage;
  readonly userIds: readonly string[];
  /** The connection that sent it, "" when none of this process did. */
  readonly connectionId: string;
}

/** A message with the number of its first copy; the copies are numbered one after the other. */
export interface NumberedMessage {
  readonly message: NewMessage;
  readonly sequence: number;
}

/** The numbers `first` to `last` with everything that was stored under them. */
export interface StoredRange {
  readonly environmentId: EnvironmentId;
  readonly first: number;
  readonly last: number;
  readonly messages: readonly NumberedMessage[];
}

/** The copies of a message, each with its number. */
export function deliveriesOf({ message, sequence }: NumberedMessage): Delivery[] {
  const { environmentId, kind, senderId, messageType, content, options, sentAt, persisted, connectionId } = message;
  const common = { environmentId, kind, senderId, messageType, content, options, sentAt, persisted };
  return message.copies.map(({ targetId, userIds }, index) => ({
    message: { ...common, sequence: sequence + index, targetId },
    userIds,
    connectionId,
  }));
}

/** The public id of a stored message. */
export const idOf = (message: StoredMessage) => messageIdOf(message.environmentId, message.sequence);
