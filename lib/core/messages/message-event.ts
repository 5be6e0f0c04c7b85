import type { BusEvent } from "@/lib/bus/bus";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findContents } from "./inbox-store";
import type { NumberedMessage, StoredRange } from "./message";

/** A stored range as it travels to the other processes. */

type StoredEvent = Extract<BusEvent, { type: "messages.stored" }>;

/** A longer content of a persisted message is left out: whoever has one of its users reads it. In UTF-16 units. */
const CARRIED_CONTENT = 8_000;

export function toEvent({ environmentId, first, last, messages }: StoredRange): StoredEvent {
  return {
    type: "messages.stored",
    environmentId,
    first,
    last,
    messages: messages.map(({ sequence, message }) => {
      const { kind, senderId, messageType, options, sentAt, persisted, copies } = message;
      const content = persisted && message.content.length > CARRIED_CONTENT ? null : message.content;
      return { sequence, kind, senderId, messageType, content, options, sentAt, persisted, copies };
    }),
  };
}

/** The range that another process stored. Contents that were left out are read where `isWanted` says so of a user. */
export async function fromEvent(
  context: Pick<Context, "db">,
  event: StoredEvent,
  isWanted: (userId: string) => boolean,
): Promise<StoredRange> {
  const environmentId = event.environmentId as EnvironmentId;
  const missing = event.messages
    .filter(({ content, copies }) => content === null && copies.some(({ userIds }) => userIds.some(isWanted)))
    .map(({ sequence }) => sequence);
  const contents = missing.length === 0 ? null : await findContents(context.db, environmentId, missing);
  const messages = event.messages.map(
    ({ sequence, content, ...message }): NumberedMessage => ({
      sequence,
      message: {
        ...message,
        environmentId,
        content: content ?? contents?.get(sequence) ?? "",
        clientKey: null,
        connectionId: "",
      },
    }),
  );
  return { environmentId, first: event.first, last: event.last, messages };
}
