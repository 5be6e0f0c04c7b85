import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findOperator, updateNewSignIn } from "./operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";
import { revokeSessions } from "./session-store";

async function endSessions(
  context: Context,
  actor: Operator,
  operatorId: string,
  keep?: string,
): Promise<{ ended: number }> {
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperator(tx, operatorId);
    if (operator === null) throw new AppError("not_found", { message: "This operator no longer exists." });
    await updateNewSignIn(tx, operatorId, null);
    const ended = await revokeSessions(tx, operatorId, new Date(now), keep);
    const target = { kind: "operator", id: operatorId, name: operator.email } as const;
    const after = { sessionsEnded: ended };
    return {
      result: { ended },
      audit: [{ environmentId: INSTALLATION, action: "operator.signed_out_everywhere", target, after }],
    };
  });
}

/** Ends every session of the operator who asks, this one included. Acts on the next request of each. Takes no proof: it leaves nobody in. */
export function signOutEverywhere(context: Context, actor: Operator): Promise<{ ended: number }> {
  return endSessions(context, actor, actor.operatorId);
}

/** Ends every session of the operator who asks but this one, and takes the notice of a new sign-in as seen. */
export async function endOtherSessions(context: Context, actor: Operator): Promise<{ ended: number }> {
  requirePermission(actor, "account.sessions");
  return endSessions(context, actor, actor.operatorId, actor.sessionId);
}

/** The operator knows of the sign-in in a new browser. */
export async function dismissNewSignIn(context: Context, actor: Operator): Promise<null> {
  return executeWithPrisma(context, actor, async (tx) => {
    await updateNewSignIn(tx, actor.operatorId, null);
    return { result: null };
  });
}

/** Ends every session of another operator. Throws `not_found`. */
export async function signOutOperator(
  context: Context,
  actor: Operator,
  input: OperatorIdInput,
): Promise<{ ended: number }> {
  requirePermission(actor, "operators.manage");
  const { operatorId } = OperatorIdSchema.parse(input);
  return endSessions(context, actor, operatorId);
}
