import type { Db } from "@/lib/db/database";
import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { lockOperator, type StoredOperator } from "../operators/operator-store";
import { requirePermission } from "../permissions";
import { hashRecoveryCode, newRecoveryCodes } from "./codes";
import { saveRecoveryCodes, updateSecondFactorSince } from "./factor-store";

/**
 * Changes the operator's own factors, under the lock of their row. Throws `forbidden` to tokens and test operators, and
 * `not_signed_in` when the operator has just been removed.
 */
export async function changeOwnFactors<R>(
  context: Context,
  actor: Operator,
  change: (tx: Db, operator: StoredOperator) => Promise<Outcome<R>>,
): Promise<R> {
  requirePermission(actor, "account.factors");
  return executeWithPrisma(context, actor, async (tx) => {
    const operator = await lockOperator(tx, actor.operatorId);
    if (operator === null) throw new AppError("not_signed_in");
    return change(tx, operator);
  });
}

/** What is recorded of it. */
export const entryOf = (
  { id, email }: StoredOperator,
  action: "operator.factor_added" | "operator.factor_removed" | "operator.recovery_codes_made",
  said: { before?: Record<string, unknown>; after?: Record<string, unknown> } = {},
) => ({ environmentId: INSTALLATION, action, target: { kind: "operator", id, name: email } as const, ...said });

/** Ten new codes in place of the old ones. They are in this answer and nowhere else. */
export async function makeCodes(tx: Db, context: Context, operatorId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await saveRecoveryCodes(
    tx,
    operatorId,
    codes.map((code) => hashRecoveryCode(context.secrets, code)),
  );
  return codes;
}

/** After a factor was added: the first one brings recovery codes. */
export async function afterAdding(tx: Db, context: Context, operator: StoredOperator): Promise<string[] | null> {
  if (operator.secondFactorSince !== null) return null;
  await updateSecondFactorSince(tx, operator.id, new Date(context.now()));
  return makeCodes(tx, context, operator.id);
}
