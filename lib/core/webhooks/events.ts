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

/** Text on this wire. */
const CONNECTION_STATUS = { online: "0", offline: "1", logout: "2" } as const;

/** An IP address with the port behind it, IPv6 in brackets; without one where a proxy hides it. */
const withPort = (ip: string, port: number) =>
  ip === "" || port === 0 ? ip : `${ip.includes(":") ? `[${ip}]` : ip}:${port}`;

/**
 * A user came online with a first connection, went offline with the last, or signed out. `os` is told of who comes online;
 * `connectionId` is what `sessionId` was called before (docs/compatibility.md).
 */
export function connectionStatusEvent(event: {
  readonly userId: string;
  readonly status: keyof typeof CONNECTION_STATUS;
  /** What the client says it runs on: "Android", "iOS", "HarmonyOS", "Websocket", "PC", "MiniProgram". */
  readonly os: string;
  /** "" when it is not known. */
  readonly ip: string;
  /** The client's; 0 when it is not known. */
  readonly port: number;
  /** The connection that changed; "" when there is none to name. */
  readonly connectionId: string;
  readonly time: number;
}): WebhookEvent {
  const { userId, status, ip, port, connectionId, time } = event;
  return {
    type: "user:connection_status",
    orderKey: userId,
    data: withoutEmpty({
      userId,
      status: CONNECTION_STATUS[status],
      os: status === "online" ? event.os : "",
      clientIp: withPort(ip, port),
      sessionId: connectionId,
      connectionId,
      time,
    }),
  };
}

const FRIENDSHIP_KINDS = { requested: 1, accepted: 2, refused: 3, removed: 4, addedByServer: 5 } as const;

/**
 * Something happened between two users. `userId` is who did it, `toUserId` the other one; of an answered request `userId` is who
 * had asked. What happens between the same two is told in its order, whoever of them did it. `eventType` and `source` are what
 * `operationType` and `os` were called before (docs/compatibility.md).
 */
export function friendshipEvent(event: {
  readonly kind: keyof typeof FRIENDSHIP_KINDS;
  /** Who did it. */
  readonly actorId: string;
  readonly otherId: string;
  /** "Server" for app servers and the console, else what the client runs on. */
  readonly source: string;
  /** What the request said; "" when nothing. */
  readonly extra: string;
  readonly time: number;
}): WebhookEvent {
  const { kind, actorId, otherId, source, extra, time } = event;
  const answered = kind === "accepted" || kind === "refused";
  const [userId, toUserId] = answered ? [otherId, actorId] : [actorId, otherId];
  const operationType = FRIENDSHIP_KINDS[kind];
  return {
    type: "user:friendship",
    orderKey: [actorId, otherId].sort().join(" "),
    data: withoutEmpty({
      operationType,
      userId,
      toUserId,
      time,
      os: source,
      extra,
      eventType: operationType,
      source,
    }),
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
