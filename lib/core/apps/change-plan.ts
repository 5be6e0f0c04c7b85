import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { sealAppSecret } from "./app-secret";
import { findApp, lockApp, updatePlan } from "./app-store";
import { findEnvironment, insertEnvironment } from "./environment-store";
import { type ChangePlanInput, ChangePlanSchema } from "./schema";

/**
 * Sets an app's plan. Starter and pro open Production: its environment is made on the first such change, with default
 * settings, and found again as it was on later ones. On free it is closed and keeps its data (console contract 7). Throws
 * `version_conflict` when the plan is not as `seen`.
 */
export async function changePlan(context: Context, actor: Actor, input: ChangePlanInput): Promise<void> {
  requirePermission(actor, "apps.change_plan");
  const { appId, plan, seen } = ChangePlanSchema.parse(input);
  const now = context.now();
  await executeWithPrisma(context, actor, async (tx, run) => {
    // Two changes at once follow one another, so that Production is opened once.
    await lockApp(tx, appId);
    const app = await findApp(tx, appId);
    if (app === null) throw new AppError("not_found", { message: `There is no app with the id ${appId}.` });
    if (app.expiresAt !== null && plan !== "free") {
      throw new AppError("invalid_parameter", {
        field: "plan",
        message: `${app.name} is temporary, and a temporary app has no Production.`,
      });
    }
    const [development, production] = [
      await findEnvironment(tx, appId, "development"),
      await findEnvironment(tx, appId, "production"),
    ];
    await requireSeen(run, actor, {
      seen,
      current: { plan: app.plan },
      target: { kind: "app", id: appId, name: app.name },
      actions: ["app.plan_changed"],
      environmentId: development?.ref.id,
    });
    if (app.plan === plan) return { result: undefined };
    await updatePlan(tx, appId, plan);
    const ids = [development, production].flatMap((environment) => (environment === null ? [] : [environment.ref.id]));
    if (plan !== "free" && production === null) {
      const appKey = newId.appKey();
      const opened = await insertEnvironment(tx, {
        appId,
        name: "production",
        appKey,
        appSecretEncrypted: sealAppSecret(context.secrets, appKey, newId.appSecret()),
        createdAt: new Date(now),
      });
      ids.push(opened.id);
    }
    const record = {
      action: "app.plan_changed",
      target: { kind: "app", id: appId, name: app.name },
      before: { plan: app.plan },
      after: { plan },
    } as const;
    return {
      result: undefined,
      audit: ids.map((environmentId) => ({ ...record, environmentId })),
      events: ids.map((environmentId) => ({ type: "environment.changed", environmentId })),
    };
  });
}
