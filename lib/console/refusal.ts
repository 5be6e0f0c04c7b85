import type { Actor } from "@/lib/core/actor";
import { recordRefusal } from "@/lib/core/audit/record-refusal";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import type { SessionEnd } from "@/lib/core/operators/check-session";
import { SESSION_IDLE_HOURS } from "@/lib/core/operators/schema";
import type { Permission } from "@/lib/core/permissions";
import { asRefusal } from "@/lib/core/refusal";
import { retryAfter } from "@/lib/core/retry-after";
import type { ServerRefusal } from "./action-result";

const ENDED: Record<SessionEnd, string> = {
  none: ERRORS.not_signed_in.sentence,
  signed_out: ERRORS.not_signed_in.sentence,
  idle: `You were idle for ${SESSION_IDLE_HOURS} hours and have been signed out. Sign in and try again.`,
  expired: "Your session has ended. Sign in and try again.",
  disabled: "An owner has disabled your account and can enable it again.",
};

export function notSignedIn(reason: SessionEnd): AppError {
  return new AppError("not_signed_in", { message: ENDED[reason] });
}

/** What was being done when the refusal came, for the log and the audit log. */
export interface Attempt {
  readonly door: "action" | "endpoint" | "page";
  readonly requestId: string;
  readonly permission?: Permission;
  /** Undefined before the session was found good. */
  readonly actor?: Actor;
}

/**
 * Turns what was thrown into what the screen shows. Unexpected faults are logged with their stack; what a role may not
 * do is recorded in the audit log.
 */
export async function refuse(context: Context, attempt: Attempt, thrown: unknown): Promise<ServerRefusal> {
  const error = asRefusal(thrown, "at-field");
  const { permission, requestId, door } = attempt;
  if (!ERRORS[error.code].expected) {
    context.log.error({ err: error.cause ?? error, requestId, door, permission }, `console: ${error.code}`);
  }
  await recordRefusal(context, attempt, error);
  const { code, message, field, existingUser, conflict, secondStep, retryAfterMs } = error;
  return {
    code,
    message,
    requestId,
    ...(field ? { field } : {}),
    ...(existingUser ? { existingUser } : {}),
    ...(conflict ? { conflict } : {}),
    ...(secondStep ? { secondStep } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A refusal as the console's doors answer it over HTTP: `{error}`, with the status of the error table. */
export function refusalResponse(error: ServerRefusal, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(
    { error },
    {
      status: ERRORS[error.code].status,
      headers: { "Cache-Control": "no-store", "X-Request-ID": error.requestId, ...headers, ...retryAfter(error) },
    },
  );
}
