import { type AppError, ERRORS } from "@/lib/core/errors";
import type { RpcError } from "./frames";

/** A refusal as a client reads it: the code that clients know, the sentence, and which field or key was wrong. */
export function rpcErrorOf(error: AppError): RpcError {
  const { field, profileKey } = error;
  const data = { ...(field ? { field } : {}), ...(profileKey ? { profileKey } : {}) };
  return {
    code: ERRORS[error.code].clientCode,
    message: error.message,
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
}
