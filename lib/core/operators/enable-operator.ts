import type { Actor } from "../actor";
import type { Context } from "../context";
import { changeOperator } from "./change-operator";
import { updateDisabled } from "./operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";

/** Lets a disabled operator sign in again, with the password and role that they had. Throws `not_found`. */
export async function enableOperator(context: Context, actor: Actor, input: OperatorIdInput): Promise<void> {
  const { operatorId } = OperatorIdSchema.parse(input);
  await changeOperator(context, actor, operatorId, async (tx, operator) => {
    if (operator.disabledAt === null) return null;
    await updateDisabled(tx, operatorId, null);
    return { action: "operator.enabled" };
  });
}
