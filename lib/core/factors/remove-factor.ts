import type { Db } from "@/lib/db/database";
import type { Actor, Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { changeOperator } from "../operators/change-operator";
import { findHeldRoles, type StoredOperator } from "../operators/operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "../operators/schema";
import { demandedFrom, findSignInRules } from "../operators/sign-in-rules-store";
import { highestRole } from "../permissions";
import { changeOwnFactors, entryOf, makeCodes } from "./change-own-factors";
import {
  deleteAuthenticatorApp,
  deleteFactors,
  deletePasskey,
  findApp,
  findPasskeys,
  updateSecondFactorSince,
} from "./factor-store";
import { type PasskeyKeyInput, PasskeyKeySchema } from "./schema";

const gone = () => new AppError("not_found", { message: "This was turned off already." });

/** Turns off the operator's own authenticator app. Throws `not_found`, and `forbidden` for the last factor of a role that needs one. */
export function removeApp(context: Context, actor: Operator): Promise<null> {
  return changeOwnFactors(context, actor, async (tx, operator) => {
    if (!(await deleteAuthenticatorApp(tx, operator.id))) throw gone();
    await afterRemoving(tx, operator);
    const before = { factor: "authenticator app" };
    return { result: null, audit: [entryOf(operator, "operator.factor_removed", { before })] };
  });
}

/** Removes one of the operator's own passkeys. Throws as `removeApp`. */
export async function removePasskey(context: Context, actor: Operator, input: PasskeyKeyInput): Promise<null> {
  const { passkeyId } = PasskeyKeySchema.parse(input);
  return changeOwnFactors(context, actor, async (tx, operator) => {
    const passkey = await deletePasskey(tx, operator.id, passkeyId);
    if (passkey === null) throw gone();
    await afterRemoving(tx, operator);
    const before = { factor: "passkey", name: passkey.name };
    return { result: null, audit: [entryOf(operator, "operator.factor_removed", { before })] };
  });
}

/** Without a factor there is nothing that recovery codes could stand in for. */
async function afterRemoving(tx: Db, operator: StoredOperator): Promise<void> {
  const { id } = operator;
  if ((await findApp(tx, id)) !== null || (await findPasskeys(tx, id)).length > 0) return;
  if (demandedFrom(await findSignInRules(tx), highestRole(await findHeldRoles(tx, operator))) !== null) {
    throw new AppError("forbidden", { message: "Your role needs a second factor. Set another one up first." });
  }
  await deleteFactors(tx, id);
  await updateSecondFactorSince(tx, id, null);
}

/** Ten new recovery codes; the old ones stop working. Throws `not_found` without a second factor. */
export function makeRecoveryCodes(context: Context, actor: Operator): Promise<{ recoveryCodes: string[] }> {
  return changeOwnFactors(context, actor, async (tx, operator) => {
    if (operator.secondFactorSince === null) {
      throw new AppError("not_found", { message: "Set up a second factor first." });
    }
    const recoveryCodes = await makeCodes(tx, context, operator.id);
    return { result: { recoveryCodes }, audit: [entryOf(operator, "operator.recovery_codes_made")] };
  });
}

/**
 * Takes all second factors off another operator who has lost them, so that the password alone lets them in once more. Where the
 * role needs a factor, they set one up at the next sign-in. Throws `not_found`, and `forbidden` for oneself.
 */
export async function resetFactors(context: Context, actor: Actor, input: OperatorIdInput): Promise<void> {
  const { operatorId } = OperatorIdSchema.parse(input);
  await changeOperator(context, actor, { operatorId }, async (tx, operator) => {
    if (actor.kind === "operator" && actor.operatorId === operatorId) {
      throw new AppError("forbidden", { message: "Your own factors are under Account." });
    }
    const factors = await deleteFactors(tx, operator.id);
    if (factors === 0) return null;
    await updateSecondFactorSince(tx, operator.id, null);
    return { action: "operator.factors_reset", before: { factors } };
  });
}
