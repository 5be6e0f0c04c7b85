import type { Actor } from "../actor";
import type { Context } from "../context";
import { changeOperator } from "./change-operator";
import { updateDisabled } from "./operator-store";
import { type OperatorAccessInput, OperatorAccessSchema } from "./schema";

/** Lets a disabled operator sign in again, with the password and role that they had. Throws `not_found`. */
export async function enableOperator(context: Context, actor: Actor, input: OperatorAccessInput): Promise<void> {
  const access = OperatorAccessSchema.parse(input);
  const { operatorId } = access;
  await changeOperator(context, actor, access, async (tx, operator) => {
    if (operator.disabledAt === null) return null;
    await updateDisabled(tx, operatorId, null);
    return { action: "operator.enabled" };
  });
}
