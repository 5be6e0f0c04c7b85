import type { EnvironmentId } from "@/lib/core/actor";
import { type Delivery, idOf, type StoredMessage } from "@/lib/core/messages/message";
import { notification } from "./frames";
import type { Hub } from "./hub";

/** A message as clients are told of it and as they fetch it. */
export function wireMessage(message: StoredMessage) {
  const { sequence, kind, senderId, targetId, messageType, content, options, sentAt } = message;
  return {
    messageId: idOf(message),
    sequence,
    kind,
    senderId,
    targetId,
    messageType,
    content,
    ...options,
    sentTime: sentAt,
  };
}

/** Sends a stored message to those of its users who are connected to this process, except the connection that sent it. */
export function deliverMessage(
  hub: Hub,
  environmentId: EnvironmentId,
  { message, userIds, connectionId }: Delivery,
): void {
  const here = userIds.filter((userId) => hub.has(environmentId, userId));
  if (here.length === 0) return;
  const frame = notification("event/message", wireMessage(message));
  for (const userId of here) {
    hub.sendToUser(environmentId, userId, frame, { exceptConnection: connectionId });
  }
}
