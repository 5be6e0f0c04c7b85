import type { Actor } from "../actor";
import type { Context } from "../context";
import { changeOperator } from "./change-operator";
import { updateDisabled } from "./operator-store";
import { type OperatorAccessInput, OperatorAccessSchema } from "./schema";
import { revokeSessions } from "./session-store";

/** Keeps an operator out and ends their sessions at once. Throws `last_owner`, `not_found`. */
export async function disableOperator(context: Context, actor: Actor, input: OperatorAccessInput): Promise<void> {
  const access = OperatorAccessSchema.parse(input);
  const { operatorId } = access;
  await changeOperator(context, actor, access, async (tx, operator, now) => {
    if (operator.disabledAt !== null) return null;
    await updateDisabled(tx, operatorId, now);
    const sessionsEnded = await revokeSessions(tx, operatorId, now);
    return { action: "operator.disabled", after: { sessionsEnded } };
  });
}
