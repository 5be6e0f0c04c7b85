/**
 * Every refusal the product can give. The core throws `AppError`; only the door wrappers (Server API, server actions,
 * console endpoints) catch it and translate by the table below.
 */

interface ErrorRow {
  /** HTTP status of the Server API and of the console's endpoints (contract section 3.1). */
  readonly status: number;
  /** `code` of the Server API's envelope (contract section 3.2). */
  readonly wireCode: number;
  /** What the caller may read when the thrower gave no more exact sentence. */
  readonly sentence: string;
  /** False: a fault of ours, to be logged as an error with its stack. */
  readonly expected: boolean;
}

const row = (status: number, wireCode: number, sentence: string, expected = true): ErrorRow => ({
  status,
  wireCode,
  sentence,
  expected,
});

export const ERRORS = {
  // input
  invalid_parameter: row(400, 1002, "A parameter is invalid."),
  parameter_too_long: row(400, 1005, "A parameter is too long."),
  body_not_json: row(400, 1002, "The request body must be a JSON object sent as application/json."),
  body_too_large: row(400, 1002, "The request body is too large."),
  // signed requests
  signature_invalid: row(401, 1004, "The signature check failed."),
  app_key_unknown: row(401, 1002, "invalid App-Key."),
  app_closed: row(401, 1006, "This App Key is closed."),
  rate_limited: row(429, 1008, "The rate limit is exceeded."),
  path_unknown: row(404, 404, "There is no such endpoint."),
  method_not_allowed: row(405, 1002, "Use POST."),
  // users
  user_not_found: row(400, 400, "The user does not exist."),
  user_soft_deleted: row(403, 31029, "The user has been soft-deleted."),
  user_quota_reached: row(
    403,
    2007,
    "The Development environment has reached its limit of 100 registered users. Delete test users in the console to free seats.",
  ),
  // console
  sign_in_failed: row(401, 1004, "The e-mail address or the password is wrong."),
  sign_in_locked: row(429, 1008, "Too many failed sign-ins. Try again later."),
  not_signed_in: row(401, 1004, "You are signed out. Sign in and try again."),
  forbidden: row(403, 1004, "Your role does not allow this."),
  not_found: row(404, 404, "This does not exist."),
  development_only: row(403, 1004, "Deleting test users exists only in the development environment."),
  version_conflict: row(409, 1002, "Someone else has changed this meanwhile. Reload to see their change."),
  last_owner: row(403, 1004, "This is the last owner. Make someone else an owner first."),
  email_taken: row(409, 1002, "An operator with this e-mail address exists already."),
  link_invalid: row(403, 1004, "This link is not valid any more."),
  production_closed: row(403, 1006, "Production is closed on the free plan."),
  too_many_targets: row(400, 1002, "Too many users for one job."),
  // ours
  timeout: row(504, 1050, "The request took too long. Try again.", false),
  internal: row(500, 1000, "Something went wrong on our side.", false),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

export interface AppErrorOptions {
  /** A more exact sentence for the caller. Never put secrets or other environments' data here. */
  readonly message?: string;
  /** The field that was wrong, as the caller spelled it. */
  readonly field?: string;
  /** For the log only. */
  readonly cause?: unknown;
}

/** A refusal with a code from `ERRORS`; `message` is fit for the caller. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERRORS[code].sentence, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.field = options.field;
  }
}
