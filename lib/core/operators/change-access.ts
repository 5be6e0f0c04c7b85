import { type Actor, type EnvironmentName, INSTALLATION, nameOf } from "../actor";
import { findApp } from "../apps/app-store";
import { EnvironmentNameSchema } from "../apps/schema";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { grantFor } from "../permissions";
import { changeOperator } from "./change-operator";
import { findGrants, replaceGrants, type StoredGrant } from "./grant-store";
import { type AppAccess, type ChangeAccessInput, ChangeAccessSchema } from "./schema";

/** What an operator was given in one app. */
const accessIn = (grants: readonly StoredGrant[], appId: string): AppAccess => {
  const given = (name: EnvironmentName) => grantFor(grants, { appId, name })?.role ?? null;
  return { development: given("development"), production: given("production") };
};

/**
 * Says which role an operator has in Development and Production of one app; null: the one that they have everywhere. It counts from
 * their next request on. Throws `not_found`, `version_conflict` when it is not as `seen`, and `forbidden` for owners and test
 * operators, of whom no app’s access can be said.
 */
export async function changeAccess(context: Context, actor: Actor, input: ChangeAccessInput): Promise<void> {
  const { operatorId, appId, seen, ...next } = ChangeAccessSchema.parse(input);
  await changeOperator(context, actor, { operatorId }, async (tx, operator, now, run) => {
    if (operator.expiresAt !== null) {
      throw new AppError("forbidden", { message: "A test operator has what its token says." });
    }
    const app = await findApp(tx, appId);
    if (app === null) throw new AppError("not_found", { message: `There is no app with the ID ${appId}.` });
    const grants = await findGrants(tx, operatorId);
    const before = accessIn(grants, appId);
    const told = { appId, ...before };
    await requireSeen(run, actor, {
      seen,
      current: before,
      told,
      target: { kind: "operator", id: operatorId, name: operator.email },
      actions: ["operator.access_changed"],
      environmentId: INSTALLATION,
    });
    if (operator.role === "owner") {
      throw new AppError("forbidden", { message: "Owners may do everything in every app. Change the role first." });
    }
    if (EnvironmentNameSchema.options.every((name) => before[name] === next[name])) return null;
    const grantedBy = nameOf(actor).name;
    const given = EnvironmentNameSchema.options.flatMap((environment): Array<Omit<StoredGrant, "appId">> => {
      const role = next[environment];
      if (role === null) return [];
      const kept = grantFor(grants, { appId, name: environment });
      const { grantedAt, grantedBy: by } =
        kept !== undefined && kept.role === role ? kept : { grantedAt: now, grantedBy };
      return [{ environment, role, grantedAt, grantedBy: by }];
    });
    await replaceGrants(tx, { operatorId, appId }, given);
    const named = { appId, app: app.name };
    return {
      action: "operator.access_changed",
      before: { ...named, ...before },
      after: { ...named, ...next },
    };
  });
}
