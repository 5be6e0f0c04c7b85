import type { Conflict, ErrorCode, ExistingUser } from "@/lib/core/errors";

/** What a refused action tells the screen. Browser-safe. */
export interface ActionError {
  readonly code: ErrorCode;
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
}

/** What every server action returns: its data, or why it was refused. It never throws for a refusal. */
export type ActionResult<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: ActionError };
