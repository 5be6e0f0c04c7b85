import type { Logger } from "pino";
import { type AppError, ERRORS } from "@/lib/core/errors";
import type { ApiCall } from "./call";

/** What became of a request. */
export interface Outcome {
  readonly requestId: string;
  /** `code` of the envelope. */
  readonly code: number;
  /** How long the answer took. */
  readonly ms: number;
  /** Why there is no result. */
  readonly refusal: AppError | undefined;
}

/** Writes the line of one answered request. */
type RequestLog = (call: ApiCall, outcome: Outcome) => void;

const MESSAGE = "server api";
const APP_KEY_MAX = 64;
const PATH_MAX = 128;

/** One line for each request: request id, App Key, endpoint, code and milliseconds; neither body nor signature is ever in it. */
export function createRequestLog(log: Logger): RequestLog {
  // None of the five fields is a secret or holds one, and to look for secrets takes four times as long as to write the line.
  const plain = log.child({}, { redact: [] });
  return (call, { requestId, code, ms, refusal }) => {
    const appKey = (call.header("app-key") ?? call.header("rc-app-key") ?? "").slice(0, APP_KEY_MAX);
    const line = { requestId, appKey, endpoint: call.path.slice(0, PATH_MAX), code, ms: Math.round(ms * 100) / 100 };
    if (refusal === undefined || ERRORS[refusal.code].expected) plain.info(line, MESSAGE);
    else log.error({ ...line, err: refusal.cause ?? refusal }, MESSAGE);
  };
}
