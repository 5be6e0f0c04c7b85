import type { WaveKind } from "../waves/schema";
import type { WebhookEvent } from "./schema";

/**
 * The events as they are sent, one function a type, so that a field is spelled in one place. Times are Unix
 * milliseconds. docs/webhooks.md describes each field.
 */

/** Leaves out what is empty, as the contract's section 18 asks. */
function withoutEmpty(fields: Readonly<Record<string, string | number | undefined>>): WebhookEvent["data"] {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string | number] => {
      const value = field[1];
      return value !== undefined && value !== "";
    }),
  );
}

/** A user was soft-deleted (`deactivated`) or restored, or could not be: then `code` is the refusal's. */
export function activationStateEvent(event: {
  readonly userId: string;
  readonly operationId: string;
  readonly operation: "deactivated" | "restored";
  /** Business code of the outcome; 0 is success. */
  readonly code: number;
  readonly time: number;
}): WebhookEvent {
  const { userId, operationId, operation, code, time } = event;
  return {
    type: "user:activation_state",
    orderKey: userId,
    data: withoutEmpty({
      userId,
      operateId: operationId,
      operationType: operation === "deactivated" ? 0 : 1,
      code: String(code),
      time,
    }),
  };
}

const CONNECTION_STATUS = { online: 0, offline: 1, logout: 2 } as const;

/** A user came online with a first connection, went offline with the last, or signed out. */
export function connectionStatusEvent(event: {
  readonly userId: string;
  readonly status: keyof typeof CONNECTION_STATUS;
  /** What the client says it runs on: "Android", "iOS", "HarmonyOS", "Websocket", "PC", "MiniProgram". */
  readonly os: string;
  /** "" when it is not known. */
  readonly clientIp: string;
  /** The connection that changed; "" when there is none to name. */
  readonly connectionId: string;
  readonly time: number;
}): WebhookEvent {
  const { userId, status, os, clientIp, connectionId, time } = event;
  return {
    type: "user:connection_status",
    orderKey: userId,
    data: withoutEmpty({ userId, status: CONNECTION_STATUS[status], os, clientIp, connectionId, time }),
  };
}

const FRIENDSHIP_KINDS = { requested: 1, accepted: 2, refused: 3, removed: 4, addedByServer: 5 } as const;

/**
 * Something happened between two users. `userId` is who did it, `toUserId` the other one. What happens between the same two is
 * told in its order, whoever of them did it.
 */
export function friendshipEvent(event: {
  readonly kind: keyof typeof FRIENDSHIP_KINDS;
  readonly userId: string;
  readonly toUserId: string;
  /** "Server" for app servers and the console, else what the client runs on. */
  readonly source: string;
  /** What the request said; "" when nothing. */
  readonly extra: string;
  readonly time: number;
}): WebhookEvent {
  const { kind, userId, toUserId, source, extra, time } = event;
  return {
    type: "user:friendship",
    orderKey: [userId, toUserId].sort().join(" "),
    data: withoutEmpty({ eventType: FRIENDSHIP_KINDS[kind], userId, toUserId, time, source, extra }),
  };
}

/** Development reached a threshold of its registered users. */
export function quotaThresholdEvent(event: {
  readonly threshold: number;
  readonly registeredUsers: number;
  readonly limit: number;
  readonly time: number;
}): WebhookEvent {
  const { threshold, registeredUsers, limit, time } = event;
  return { type: "quota:threshold", orderKey: "", data: { threshold, registeredUsers, limit, time } };
}

/** Registrations rise far above the usual of their hour. */
export function registrationWaveEvent(event: {
  readonly kind: WaveKind;
  /** The prefix, or the words of the names; "" where the users have nothing in common. */
  readonly key: string;
  readonly users: number;
  readonly usual: number;
  readonly since: number;
  readonly time: number;
}): WebhookEvent {
  const { kind, key, users, usual, since, time } = event;
  return {
    type: "registration:wave",
    orderKey: "",
    data: {
      ...withoutEmpty({ kind, prefix: kind === "prefix" ? key : "", name: kind === "name" ? key : "" }),
      users,
      usual,
      since,
      time,
    },
  };
}
