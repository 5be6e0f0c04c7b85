import { isPlain } from "@/lib/core/input/plain";
import { RPC_ERRORS } from "./protocol";

/** A text frame as UTF-8, made once and sent to any number of connections. */
export type Frame = Buffer & { readonly __brand: "Frame" };

const frame = (value: unknown) => Buffer.from(JSON.stringify(value)) as Frame;

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
