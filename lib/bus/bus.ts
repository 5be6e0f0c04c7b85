import type { Write } from "@/lib/db/statement";
import type { GroupEvent } from "./group-events";
import type { RelationEvent } from "./relation-events";

/** What other processes must know now. Carries facts, never secrets; a listener reads the rest from the database. */
export type BusEvent =
  /** App Secret, plan, name or test clock changed: what was cached about this environment is stale. */
  | { readonly type: "environment.changed"; readonly environmentId: number }
  /** The environment's test clock was moved or ended: what waits for a time is looked at again. */
  | { readonly type: "clock.changed"; readonly environmentId: number }
  | { readonly type: "settings.changed"; readonly environmentId: number }
  /** The webhook's address or its selected events changed. */
  | { readonly type: "webhooks.changed"; readonly environmentId: number }
  | { readonly type: "users.banned"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.unbanned"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.tokens_expired"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.soft_deleted"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.restored"; readonly environmentId: number; readonly userIds: readonly string[] }
  | { readonly type: "users.deleted"; readonly environmentId: number; readonly userIds: readonly string[] }
  /** Live connections of these users, or of everybody, are to be closed; those named, or all. */
  | {
      readonly type: "connections.close";
      readonly environmentId: number;
      readonly userIds: readonly string[] | null;
      readonly connectionIds: readonly string[] | null;
    }
  /** A user connected on a platform where only the newest connection may stay. */
  | {
      readonly type: "connections.superseded";
      readonly environmentId: number;
      readonly userId: string;
      readonly platform: string;
      readonly connectionId: string;
      /** Unix milliseconds */
      readonly connectedAt: number;
    }
  | GroupEvent
  /** Hosted profiles were set or cleared: told to each of the users, but not to the connection that did it; "": no connection did. */
  | {
      readonly type: "profile.changed";
      readonly environmentId: number;
      readonly userIds: readonly string[];
      readonly connectionId: string;
    }
  | { readonly type: "job.queued"; readonly environmentId: number }
  /** A process has begun to follow this environment's messages: from now on it must be told of them. */
  | { readonly type: "messages.followed"; readonly environmentId: number }
  /** The messages that were stored under the numbers `first` to `last`, all of one transaction (lib/core/messages). */
  | {
      readonly type: "messages.stored";
      readonly environmentId: number;
      readonly first: number;
      readonly last: number;
      readonly messages: readonly PublishedMessage[];
    }
  | RelationEvent;

/** A message on its way to the users of other processes; its copies are numbered from `sequence` on. */
export interface PublishedMessage {
  readonly sequence: number;
  readonly kind: "direct" | "group";
  readonly senderId: string;
  readonly messageType: string;
  /** null: too long to travel, to be read */
  readonly content: string | null;
  readonly options: Readonly<Record<string, unknown>> | null;
  /** Unix milliseconds */
  readonly sentAt: number;
  readonly persisted: boolean;
  readonly copies: ReadonlyArray<{ readonly targetId: string; readonly userIds: readonly string[] }>;
}

/** Lists in events: halves of one say together what the whole says, and two events alike but for it are one. */
export const EVENT_LISTS = ["userIds", "pairs", "requests", "lists"] as const;

export type BusListener = (event: BusEvent) => void;

/** Events on their way into a transaction. */
export interface Publishing {
  /** To be run in it. */
  readonly write: Write;
  /** To be called once it has committed. Never throws. */
  published(): void;
}

/** Publishes to every process on the same database, the publisher's own listeners included. */
export interface Bus {
  /**
   * What gives events to a transaction: they are published if and only if it commits, even when this process ends at that
   * moment, then perhaps twice.
   */
  publishWithCommit(events: readonly BusEvent[]): Publishing;
  /** For what is not the consequence of a change. Resolves when the event is on its way, rejects when the bus is away. */
  publish(event: BusEvent): Promise<void>;
  /** The same, but not to the listeners of this bus itself; for what it would be a waste to read again. Of any size. */
  publishToOthers(event: BusEvent): Promise<void>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: BusListener): () => void;
  /**
   * Calls `listener` whenever events may have been missed: at once when the connection is lost and again when it is
   * back. Whoever caches by events must forget everything then, and must not cache while `connected()` is false.
   */
  onGap(listener: () => void): () => void;
  connected(): boolean;
  close(): Promise<void>;
}
