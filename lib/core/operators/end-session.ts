import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findOperator } from "./operator-store";
import { type EndSessionInput, EndSessionSchema } from "./schema";
import { revokeSession } from "./session-store";

/**
 * Ends one session: one of one's own, or another operator's for those who manage operators. It acts on the session's next request.
 * Throws `not_found` when there is no such operator, or the session has ended already.
 */
export async function endSession(context: Context, actor: Operator, input: EndSessionInput): Promise<void> {
  const { operatorId, sessionId } = EndSessionSchema.parse(input);
  requirePermission(actor, operatorId === actor.operatorId ? "account.sessions" : "operators.manage");
  const now = context.now();
  await executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperator(tx, operatorId);
    if (operator === null) throw new AppError("not_found", { message: "This operator no longer exists." });
    if (!(await revokeSession(tx, operatorId, sessionId, new Date(now)))) {
      throw new AppError("not_found", { message: "This session has already ended." });
    }
    const target = { kind: "operator", id: operatorId, name: operator.email } as const;
    return { result: undefined, audit: [{ environmentId: INSTALLATION, action: "operator.session_ended", target }] };
  });
}
