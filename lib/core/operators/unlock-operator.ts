import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findOperatorByEmail } from "./operator-store";
import { type UnlockOperatorInput, UnlockOperatorSchema } from "./schema";
import { unlockAddress } from "./sign-in-throttle-store";

/** Forgets the failed sign-ins at an operator's address, which strangers can make as well. Throws `not_found`. */
export async function unlockOperator(
  context: Context,
  actor: Actor,
  input: UnlockOperatorInput,
): Promise<{ email: string; name: string; wasLocked: boolean }> {
  requirePermission(actor, "operators.manage");
  const { email } = UnlockOperatorSchema.parse(input);
  return executeWithPrisma(context, actor, async (tx) => {
    const operator = await findOperatorByEmail(tx, email);
    if (operator === null) {
      throw new AppError("not_found", { message: `There is no operator with the address ${email}.` });
    }
    const wasLocked = await unlockAddress(tx, email);
    const target = { kind: "operator", id: operator.id, name: email } as const;
    return {
      result: { email, name: operator.name, wasLocked },
      audit: wasLocked ? [{ environmentId: INSTALLATION, action: "operator.unlocked", target }] : [],
    };
  });
}
