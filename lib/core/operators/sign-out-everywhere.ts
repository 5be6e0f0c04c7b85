import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findOperator } from "./operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";
import { revokeSessions } from "./session-store";

async function endSessions(context: Context, actor: Operator, operatorId: string): Promise<{ ended: number }> {
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperator(tx, operatorId);
    if (operator === null) throw new AppError("not_found", { message: "This operator no longer exists." });
    const ended = await revokeSessions(tx, operatorId, new Date(now));
    const target = { kind: "operator", id: operatorId, name: operator.email } as const;
    const after = { sessionsEnded: ended };
    return {
      result: { ended },
      audit: [{ environmentId: INSTALLATION, action: "operator.signed_out_everywhere", target, after }],
    };
  });
}

/** Ends every session of the operator who asks, this one included. Acts on the next request of each. */
export function signOutEverywhere(context: Context, actor: Operator): Promise<{ ended: number }> {
  return endSessions(context, actor, actor.operatorId);
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
