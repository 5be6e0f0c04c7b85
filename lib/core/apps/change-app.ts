import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findApp, lockApp, updateApp } from "./app-store";
import { findEnvironments } from "./environment-store";
import { type ChangeAppInput, ChangeAppSchema } from "./schema";

/**
 * Names and describes an app anew. `shown` is what the caller's page said of it: throws `version_conflict` when that is no
 * longer so, `not_found` when there is no such app.
 */
export async function changeApp(context: Context, actor: Actor, input: ChangeAppInput): Promise<void> {
  requirePermission(actor, "apps.change");
  const { appId, name, description, shown } = ChangeAppSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockApp(tx, appId);
    const app = await findApp(tx, appId);
    if (app === null) throw new AppError("not_found", { message: `There is no app with the id ${appId}.` });
    const before = { name: app.name, description: app.description };
    const environments = await findEnvironments(tx, appId);
    const target = { kind: "app", id: appId, name: app.name } as const;
    await requireSeen(run, actor, {
      seen: shown,
      current: before,
      target,
      actions: ["app.changed"],
      // Each environment's log has the same entry.
      environmentId: environments[0]?.id,
    });
    const after = { name, description };
    if (before.name === name && before.description === description) return { result: undefined };
    await updateApp(tx, appId, after);
    return {
      result: undefined,
      audit: environments.map(({ id }) => ({
        environmentId: id,
        action: "app.changed",
        target,
        before,
        after,
      })),
      events: environments.map(({ id }) => ({ type: "environment.changed", environmentId: id })),
    };
  });
}
