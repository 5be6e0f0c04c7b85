import type { BusEvent } from "@/lib/bus/bus";
import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { followMessages } from "@/lib/core/messages/message-feed";
import type { Hub } from "./hub";
import { deliverMessage } from "./message-delivery";
import { tellOfChange } from "./user-events";

/**
 * What reaches this process's connections unasked, messages and changes: an environment is followed while somebody of it
 * is connected here.
 */
export class FollowedEnvironments {
  readonly #followed = new Map<number, FollowedEnvironment>();
  readonly #stopListening: () => void;

  constructor(
    private readonly context: Context,
    private readonly hub: Hub,
  ) {
    this.#stopListening = context.bus.subscribe((event) => this.#followed.get(event.environmentId)?.heard(event));
  }

  /**
   * Resolves when everything that is stored in the environment from now on is delivered; what was stored before can be
   * fetched. Call it with a connection in the hub, before the client is told that it is connected. Rejects when the
   * database cannot say where the environment's messages stand; the next call tries anew.
   */
  async follow(environmentId: EnvironmentId): Promise<void> {
    const known = this.#followed.get(environmentId);
    if (known !== undefined) return known.started;
    const followed = new FollowedEnvironment(this.context, this.hub, environmentId);
    this.#followed.set(environmentId, followed);
    try {
      await followed.started;
    } catch (error) {
      // Everybody may have left meanwhile and somebody come again, with another in this one's place.
      if (this.#followed.get(environmentId) === followed) this.#followed.delete(environmentId);
      throw error;
    }
  }

  /** To be called when a connection has left the hub. */
  left(environmentId: EnvironmentId): void {
    if (this.hub.isEmpty(environmentId)) this.#unfollow(environmentId);
  }

  stop(): void {
    this.#stopListening();
    for (const environmentId of [...this.#followed.keys()]) this.#unfollow(environmentId);
  }

  #unfollow(environmentId: number): void {
    this.#followed.get(environmentId)?.stop();
    this.#followed.delete(environmentId);
  }
}

/** One environment from the first connection to the last; says nothing more once it is stopped. */
class FollowedEnvironment {
  /** Rejects when the messages could not be followed. */
  readonly started: Promise<void>;
  #stopped = false;
  #stopMessages: (() => void) | undefined;
  #told: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: Context,
    private readonly hub: Hub,
    private readonly environmentId: EnvironmentId,
  ) {
    this.started = this.#followMessages();
  }

  /** Changes are told one after another, so that what is read for one does not let the next overtake it. */
  heard(event: BusEvent): void {
    this.#told = this.#told.then(async () => {
      if (this.#stopped) return;
      try {
        await tellOfChange(this.context, this.hub, event);
      } catch (error) {
        this.context.log.error({ err: error, event: event.type }, "gateway: users could not be told of a change");
      }
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#stopMessages?.();
  }

  async #followMessages(): Promise<void> {
    const { hub, environmentId } = this;
    const stop = await followMessages(this.context, environmentId, {
      deliver: (delivery) => {
        // What came while it was starting is delivered at the start; by then another may follow in its place.
        if (!this.#stopped) deliverMessage(hub, environmentId, delivery);
      },
      isHere: (userId) => hub.has(environmentId, userId),
      usersHere: () => hub.usersIn(environmentId),
    });
    if (this.#stopped) stop();
    else this.#stopMessages = stop;
  }
}
