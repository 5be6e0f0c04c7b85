import { isPlain } from "@/lib/core/input/plain";
import { RPC_ERRORS } from "./protocol";

/** A text frame of a server, made once and sent to any number of connections. */
export interface Frame {
  /** As it goes over the wire. */
  readonly wire: Buffer;
  /** The part of it behind its head: JSON as UTF-8. */
  readonly json: Buffer;
}

const TEXT = 0x81;

/** A frame for so many bytes, with its head (RFC 6455, section 5.2); whoever asks fills in `json`. */
function emptyFrame(length: number): Frame {
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafe(head + length);
  wire[0] = TEXT;
  if (head === 2) wire[1] = length;
  else if (head === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeUInt32BE(0, 2);
    wire.writeUInt32BE(length, 6);
  }
  return { wire, json: wire.subarray(head) };
}

function frame(value: unknown): Frame {
  const text = JSON.stringify(value);
  const made = emptyFrame(Buffer.byteLength(text));
  made.json.write(text);
  return made;
}

/** Several frames as one: an array of what they say, in their order. */
export function joined(frames: readonly Frame[]): Frame {
  const made = emptyFrame(frames.reduce((sum, { json }) => sum + json.length + 1, 1));
  let at = 0;
  for (const { json } of frames) {
    made.json[at] = at === 0 ? OPENING : COMMA;
    made.json.set(json, at + 1);
    at += json.length + 1;
  }
  made.json[at] = CLOSING;
  return made;
}

const [OPENING, COMMA, CLOSING] = Buffer.from("[,]") as unknown as [number, number, number];

/** What a client asks for. */
export interface Call {
  readonly id: string | number;
  readonly method: string;
  readonly params: object;
}

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A call, or why the text is none; `id` is the call's where it could be read. */
export function readCall(text: string): Call | { readonly error: RpcError; readonly id: string | number | null } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: RPC_ERRORS.notJson, id: null };
  }
  if (typeof value !== "object" || value === null) return { error: RPC_ERRORS.notACall, id: null };
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  // Ids are echoed, so they are kept short.
  const known = typeof id === "number" || (typeof id === "string" && id.length <= 64) ? id : null;
  if (jsonrpc !== "2.0" || known === null || typeof method !== "string")
    return { error: RPC_ERRORS.notACall, id: known };
  if (params === undefined) return { id: known, method, params: {} };
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    return { error: RPC_ERRORS.notACall, id: known };
  }
  return isPlain(params) ? { id: known, method, params } : { error: RPC_ERRORS.tooDeep, id: known };
}

export const resultFrame = (id: string | number, result: object): Frame => frame({ jsonrpc: "2.0", id, result });

export const errorFrame = (id: string | number | null, error: RpcError): Frame => frame({ jsonrpc: "2.0", id, error });

/** What the server tells unasked. Events are named `event/…`. */
export const notification = (method: string, params: object): Frame => frame({ jsonrpc: "2.0", method, params });

/** Why a socket is closed: as the answer to a `connect` that still waits for one, told unasked otherwise. */
export const closingFrame = ({ code, message }: RpcError, connectId: Call["id"] | null): Frame =>
  connectId === null ? notification("disconnect", { code, message }) : errorFrame(connectId, { code, message });
