import { type AppError, ERRORS } from "@/lib/core/errors";
import { retryAfter } from "@/lib/core/retry-after";
import type { ApiAnswer } from "./call";

const JSON_TYPE = "application/json; charset=utf-8";
const MAX_PATH = 512;

/** `further` are headers of this answer alone. */
export function success(requestId: string, result: unknown, further?: Readonly<Record<string, string>>): ApiAnswer {
  return {
    status: 200,
    headers: { "content-type": JSON_TYPE, "x-request-id": requestId, ...further },
    body: JSON.stringify(result === undefined ? { code: 0 } : { code: 0, result }),
  };
}

/** The failure envelope of contract section 2: never with status 200, `url` being the request's path. */
export function failure(requestId: string, path: string, error: AppError): ApiAnswer {
  const { status, wireCode } = ERRORS[error.code];
  const headers: Record<string, string> = {
    "content-type": JSON_TYPE,
    "x-request-id": requestId,
    ...retryAfter(error),
  };
  if (error.code === "method_not_allowed") headers.allow = "POST";
  // The rest of the body is not worth reading.
  if (error.code === "body_too_large") headers.connection = "close";
  return {
    status,
    headers,
    body: JSON.stringify({
      code: wireCode,
      errorMessage: error.message,
      url: path.slice(0, MAX_PATH),
      // Beside the code, not in `result` (contract section 10.1); left out where there is none.
      profileKey: error.profileKey,
    }),
  };
}
