import type { Actor } from "../actor";
import type { Context } from "../context";
import { changeOperator } from "./change-operator";
import { updateRole } from "./operator-store";
import { type ChangeRoleInput, ChangeRoleSchema } from "./schema";

/** Gives an operator another role, which counts from their next request on. Throws `last_owner`, `not_found`. */
export async function changeRole(context: Context, actor: Actor, input: ChangeRoleInput): Promise<void> {
  const { operatorId, role, seen } = ChangeRoleSchema.parse(input);
  await changeOperator(context, actor, { operatorId, seen }, async (tx, operator) => {
    if (operator.role === role) return null;
    await updateRole(tx, operatorId, role);
    return { action: "operator.role_changed", before: { role: operator.role }, after: { role } };
  });
}
