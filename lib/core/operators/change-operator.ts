import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import { type Actor, INSTALLATION } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { countActiveOwners, findOperator, lockOperators, type StoredOperator } from "./operator-store";
import { requireManager } from "./require-manager";
import type { OperatorAccessInput } from "./schema";

/** What is recorded of a change; the target is the operator. */
type Change = Pick<AuditRecord, "action" | "before" | "after">;

/**
 * Changes one operator under the lock that guards all of them, and undoes the change with `last_owner` when it leaves
 * nobody who could manage the installation. `change` gives null when there is nothing to change. Throws `not_found`, and
 * `version_conflict` when the operator is not as `seen`.
 */
export async function changeOperator(
  context: Context,
  actor: Actor,
  { operatorId, seen }: OperatorAccessInput,
  change: (tx: Db, operator: StoredOperator, now: Date, run: Run) => Promise<Change | null>,
): Promise<void> {
  requirePermission(actor, "operators.manage");
  const now = context.now();
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const operator = await findOperator(tx, operatorId);
    if (operator === null) throw new AppError("not_found", { message: "This operator no longer exists." });
    await requireSeen(run, actor, {
      seen,
      current: { role: operator.role, disabled: operator.disabledAt !== null },
      target: { kind: "operator", id: operatorId, name: operator.email },
      actions: ["operator.role_changed", "operator.disabled", "operator.enabled"],
      environmentId: INSTALLATION,
    });
    const record = await change(tx, operator, new Date(now), run);
    if (record === null) return { result: undefined };
    if (operator.role === "owner" && (await countActiveOwners(tx)) === 0) throw new AppError("last_owner");
    const target = { kind: "operator", id: operatorId, name: operator.email } as const;
    return { result: undefined, audit: [{ ...record, environmentId: INSTALLATION, target }] };
  });
}
