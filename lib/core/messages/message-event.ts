import type { BusEvent, PublishedMessage } from "@/lib/bus/bus";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findBodies } from "./inbox-store";
import { lengthOf, type MessageOptions, type NumberedMessage, type StoredRange } from "./message";

/** A stored range as it travels to the other processes. */

type StoredEvent = Extract<BusEvent, { type: "messages.stored" }>;

/** What a longer persisted message says is left out: whoever has one of its users reads it. In UTF-16 units. */
const CARRIED = 8_000;

export function toEvent({ environmentId, first, last, messages }: StoredRange): StoredEvent {
  return { type: "messages.stored", environmentId, first, last, messages: messages.map(toPublished) };
}

function toPublished({ sequence, message }: NumberedMessage): PublishedMessage {
  const { kind, senderId, messageType, content, options, sentAt, persisted, copies } = message;
  const common = { sequence, kind, senderId, messageType, sentAt, persisted, copies };
  return persisted && lengthOf(message) > CARRIED
    ? { ...common, content: null, options: null }
    : { ...common, content, options };
}

/**
 * The range that another process stored. What was left out is read where `isWanted` says so of a user, and else the
 * message is left out as a whole: a user who comes later finds it in the inbox.
 */
export async function fromEvent(
  context: Pick<Context, "db">,
  event: StoredEvent,
  isWanted: (userId: string) => boolean,
): Promise<StoredRange> {
  const environmentId = event.environmentId as EnvironmentId;
  const missing = event.messages
    .filter(({ content, copies }) => content === null && copies.some(({ userIds }) => userIds.some(isWanted)))
    .map(({ sequence }) => sequence);
  const bodies = missing.length === 0 ? null : await findBodies(context.db, environmentId, missing);
  const messages = event.messages.flatMap(({ sequence, content, options, ...message }): NumberedMessage[] => {
    const body = content === null ? bodies?.get(sequence) : { content, options: options as MessageOptions | null };
    if (body === undefined) return [];
    return [{ sequence, message: { ...message, ...body, environmentId, clientKey: null, connectionId: "" } }];
  });
  return { environmentId, first: event.first, last: event.last, messages };
}
