import { INSTALLATION, type Operator, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findOperator } from "./operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";
import { revokeSessions } from "./session-store";

/**
 * Ends every session of an operator; of oneself, the one that asks included. Others' sessions need `operators.manage`.
 * Acts on the next request of each. Throws `not_found`.
 */
export async function signOutEverywhere(
  context: Context,
  actor: Operator,
  input: OperatorIdInput,
): Promise<{ ended: number }> {
  const { operatorId } = OperatorIdSchema.parse(input);
  if (operatorId !== actor.operatorId) requirePermission(actor, "operators.manage");
  const now = context.now();
  return context.db.transaction(async (tx) => {
    const operator = await findOperator(tx, operatorId);
    if (operator === null) throw new AppError("not_found", { message: "There is no such operator." });
    const ended = await revokeSessions(tx, operatorId, new Date(now));
    await writeAudit(tx, INSTALLATION, actor, now, [
      {
        action: "operator.signed_out_everywhere",
        target: { kind: "operator", id: operatorId, name: operator.email },
        after: { sessionsEnded: ended },
      },
    ]);
    return { ended };
  });
}
