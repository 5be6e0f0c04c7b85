import type { Conflict, ErrorCode, ExistingUser, SecondStep } from "@/lib/core/errors";

/** What the browser itself finds out, when no answer of the console came. */
export type UnansweredCode = "offline" | "connection_lost" | "server_unreachable" | "new_version";

/** What a refused action tells the screen. Browser-safe. */
export interface ActionError {
  readonly code: ErrorCode | UnansweredCode;
  /** Fit for the operator. */
  readonly message: string;
  /** Correlates with the log and the audit log; "" when the request never reached the server. */
  readonly requestId: string;
  /** The input field that was wrong, as the action's schema spells it. */
  readonly field?: string;
  /** With `user_exists`. */
  readonly existingUser?: ExistingUser;
  /** With `version_conflict`. */
  readonly conflict?: Conflict;
  /** With `second_factor_needed`. */
  readonly secondStep?: SecondStep;
  /** With a refusal that time mends: how soon it may be tried again, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A refusal as the server gives it. */
export type ServerRefusal = ActionError & { readonly code: ErrorCode };

/** What every server action returns: its data, or why it was refused. It never throws for a refusal. */
export type ActionResult<T, E extends ActionError = ActionError> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: E };

/** The digest of an error that a page throws: Next hands a browser nothing else of it. */
export const failureDigest = (code: ErrorCode, requestId: string) => `${code};${requestId}`;
