import type { Actor } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { keepOut } from "../oidc/identity-store";
import { forgetKeptBy } from "../views/view-store";
import { changeOperator } from "./change-operator";
import { deleteOperator } from "./operator-store";
import { type RemoveOperatorInput, RemoveOperatorSchema } from "./schema";
import { revokeSessions } from "./session-store";

/**
 * Removes an operator for good: the account and its sessions are gone, the address is free. What they did stays in the audit
 * log under their name. `confirmation` is the e-mail address, typed. Throws `last_owner`, `not_found`, and `forbidden` for
 * oneself.
 */
export async function removeOperator(context: Context, actor: Actor, input: RemoveOperatorInput): Promise<void> {
  const { operatorId, confirmation } = RemoveOperatorSchema.parse(input);
  await changeOperator(context, actor, { operatorId }, async (tx, operator, now) => {
    if (actor.kind === "operator" && actor.operatorId === operatorId) {
      throw new AppError("forbidden", { message: "You cannot remove yourself. Another owner can." });
    }
    if (confirmation !== operator.email) {
      const message = `Type ${operator.email} to remove them.`;
      throw new AppError("invalid_parameter", { field: "confirmation", message });
    }
    const sessionsEnded = await revokeSessions(tx, operatorId, now);
    await forgetKeptBy(tx, [operatorId]);
    await keepOut(tx, operator.email, now);
    await deleteOperator(tx, operatorId);
    return {
      action: "operator.removed",
      before: { name: operator.name, email: operator.email, role: operator.role },
      after: { sessionsEnded },
    };
  });
}
