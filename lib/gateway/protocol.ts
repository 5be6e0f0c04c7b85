import { CONNECTION_LIMITS } from "@/lib/core/presence/connection-limits";

/** Numbers and names of the client protocol; docs/client-api.md says what they mean to a client. */

export const GATEWAY_PATH = "/im";

/** Contract section 6: content of a message, and what stands around it. */
export const MAX_CONTENT_BYTES = CONNECTION_LIMITS.contentBytes;
export const MAX_FRAME_BYTES = MAX_CONTENT_BYTES + 16 * 1024;
/** Of everything that a socket may send before it is connected, the HTTP request not counted. */
export const MAX_FIRST_FRAME_BYTES = 8 * 1024;

/** A connection that has been silent for this long is asked for a sign of life … */
export const HEARTBEAT_MS = 25_000;
/** … and given up when it has been silent for this long. */
export const SILENCE_MAX_MS = 60_000;
/** From the opening of a socket to the end of its `connect` call. */
export const CONNECT_WITHIN_MS = 10_000;

/** Of JSON-RPC 2.0 itself. */
export const RPC_ERRORS = {
  notJson: { code: -32700, message: "The frame is not JSON." },
  notACall: { code: -32600, message: "The frame is not a JSON-RPC 2.0 call with an id and params that are an object." },
  unknownMethod: { code: -32601, message: "There is no such method." },
  tooDeep: { code: -32602, message: "The params nest too deeply." },
} as const;

/** Why the server ends a connection, with the code that the client is told. */
export const CLOSINGS = {
  banned: { code: 31011, message: "The user was banned." },
  /** The same while the connection is still being checked: it never was one. */
  banned_on_connect: { code: 31009, message: "The user is banned." },
  soft_deleted: { code: 31029, message: "The user was soft-deleted." },
  deleted: { code: 31004, message: "The user was deleted." },
  app_closed: { code: 31008, message: "The app was closed." },
  superseded: { code: 31010, message: "The user connected on another device of this platform." },
  closed_by_operator: { code: 31010, message: "The connection was closed in the console." },
  stopping: { code: 30002, message: "The server is stopping. Connect again." },
  unheard: { code: 30003, message: "Nothing was heard for too long." },
  too_slow: { code: 30011, message: "Frames were not read fast enough." },
  too_many_calls: { code: 30015, message: "Calls go on coming beyond the limit." },
  unreadable: { code: 30001, message: "A frame was binary, not UTF-8, too large or broke the protocol." },
  crowded: { code: 30015, message: "Too many sockets are waiting to connect. Try again." },
} as const satisfies Record<string, Closing>;

export interface Closing {
  readonly code: number;
  readonly message: string;
}

/**
 * The WebSocket close code for a client code; the close reason is the client code itself as text. 31xxx becomes 40xx,
 * 30xxx becomes 41xx, everything else 4400.
 */
export function closeCodeOf(code: number): number {
  if (code >= 31000 && code < 31100) return 4000 + code - 31000;
  if (code >= 30000 && code < 30100) return 4100 + code - 30000;
  return 4400;
}
