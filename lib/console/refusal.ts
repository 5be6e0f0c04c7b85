import { ZodError } from "zod";
import type { Actor, Permission } from "@/lib/core/actor";
import { recordRefusal } from "@/lib/core/audit/record-refusal";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import type { SessionEnd } from "@/lib/core/operators/check-session";
import { SESSION_IDLE_HOURS } from "@/lib/core/operators/schema";
import type { ActionError } from "./action-result";

/** PostgreSQL's "query_canceled": the statement ran into its time limit. */
const QUERY_CANCELED = "57014";

function isTimeout(thrown: unknown, depth = 0): boolean {
  if (typeof thrown !== "object" || thrown === null || depth > 5) return false;
  const { code, cause, meta } = thrown as {
    code?: unknown;
    cause?: unknown;
    meta?: { code?: unknown; driverAdapterError?: unknown };
  };
  if (code === QUERY_CANCELED || meta?.code === QUERY_CANCELED) return true;
  const { originalCode } = thrown as { originalCode?: unknown };
  return (
    originalCode === QUERY_CANCELED || isTimeout(cause, depth + 1) || isTimeout(meta?.driverAdapterError, depth + 1)
  );
}

/** `userIds.2` becomes `userIds[2]`, as the Server API spells it. */
const fieldOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (name, part) =>
      typeof part === "number" ? `${name}[${part}]` : name === "" ? String(part) : `${name}.${String(part)}`,
    "",
  );

/** Anything thrown while the console carried out a request, as an `AppError`. A form shows the message at its field. */
export function asConsoleError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ZodError) {
    const [issue] = thrown.issues;
    if (issue === undefined) return new AppError("invalid_parameter", { cause: thrown });
    const tooLong = issue.code === "too_big" && issue.origin === "string";
    return new AppError(tooLong ? "parameter_too_long" : "invalid_parameter", {
      message: issue.message,
      field: fieldOf(issue.path),
      cause: thrown,
    });
  }
  return new AppError(isTimeout(thrown) ? "timeout" : "internal", { cause: thrown });
}

const ENDED: Record<SessionEnd, string> = {
  none: ERRORS.not_signed_in.sentence,
  signed_out: ERRORS.not_signed_in.sentence,
  idle: `You were signed out after ${SESSION_IDLE_HOURS} hours idle. Sign in and try again.`,
  expired: "Your session has ended. Sign in and try again.",
  disabled: "Your account is disabled. An owner can enable it.",
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
export async function refuse(context: Context, attempt: Attempt, thrown: unknown): Promise<ActionError> {
  const error = asConsoleError(thrown);
  const { actor, permission, requestId, door } = attempt;
  if (!ERRORS[error.code].expected) {
    context.log.error({ err: error.cause ?? error, requestId, door, permission }, `console: ${error.code}`);
  }
  if (
    actor !== undefined &&
    permission !== undefined &&
    (error.code === "forbidden" || error.code === "development_only")
  ) {
    try {
      await recordRefusal(context, actor, { permission, error });
    } catch (failure) {
      context.log.error({ err: failure, requestId, door, permission }, "console: a refusal was not recorded");
    }
  }
  return { code: error.code, message: error.message, requestId, ...(error.field ? { field: error.field } : {}) };
}
