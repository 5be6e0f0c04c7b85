import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Delivery, idOf, type StoredMessage } from "@/lib/core/messages/message";
import { followMessages } from "@/lib/core/messages/message-feed";
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

/** Brings stored messages to this process's connections: an environment is followed while somebody of it is here. */
export class MessageDelivery {
  readonly #followed = new Map<EnvironmentId, Promise<() => void>>();

  constructor(
    private readonly context: Context,
    private readonly hub: Hub,
  ) {}

  /**
   * Resolves when everything that is stored in the environment from now on is delivered; what was stored before can be
   * fetched. Call it with a connection in the hub, before the client is told that it is connected.
   */
  async follow(environmentId: EnvironmentId): Promise<void> {
    let following = this.#followed.get(environmentId);
    if (following === undefined) {
      following = followMessages(this.context, environmentId, {
        deliver: (delivery) => this.#deliver(environmentId, delivery),
        isHere: (userId) => this.hub.has(environmentId, userId),
        usersHere: () => this.hub.usersIn(environmentId),
      });
      this.#followed.set(environmentId, following);
      following.catch(() => this.#followed.delete(environmentId));
    }
    await following;
  }

  /** To be called when a connection has left the hub. */
  left(environmentId: EnvironmentId): void {
    if (this.hub.isEmpty(environmentId)) this.#unfollow(environmentId);
  }

  stop(): void {
    for (const environmentId of [...this.#followed.keys()]) this.#unfollow(environmentId);
  }

  #unfollow(environmentId: EnvironmentId): void {
    const following = this.#followed.get(environmentId);
    this.#followed.delete(environmentId);
    // One that never began has nothing to end, and whoever waited for it was told.
    following?.then(
      (stop) => stop(),
      () => undefined,
    );
  }

  #deliver(environmentId: EnvironmentId, { message, userIds, connectionId }: Delivery): void {
    const here = userIds.filter((userId) => this.hub.has(environmentId, userId));
    if (here.length === 0) return;
    const frame = notification("event/message", wireMessage(message));
    for (const userId of here) {
      this.hub.sendToUser(environmentId, userId, frame, connectionId === "" ? {} : { exceptConnection: connectionId });
    }
  }
}
