import { type Actor, type EnvironmentName, type Plan, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { newId } from "../ids";
import { sealAppSecret } from "./app-secret";
import { insertApp, insertEnvironment } from "./app-store";
import { type CreateAppInput, CreateAppSchema } from "./schema";

export interface CreatedApp {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly environments: ReadonlyArray<{ name: EnvironmentName; appKey: string; appSecret: string }>;
}

/** Makes an app on the free plan with a Development environment, its App Key and App Secret ready. */
export async function createApp(context: Context, actor: Actor, input: CreateAppInput): Promise<CreatedApp> {
  requirePermission(actor, "apps.create");
  const { name, description } = CreateAppSchema.parse(input);
  const now = context.now();
  const app = { id: newId.app(), name, description, plan: "free" as const, createdAt: new Date(now) };
  const appKey = newId.appKey();
  const appSecret = newId.appSecret();
  await context.db.transaction(async (tx) => {
    await insertApp(tx, app);
    const environment = await insertEnvironment(tx, {
      appId: app.id,
      name: "development",
      appKey,
      appSecretEncrypted: sealAppSecret(context.secrets, appKey, appSecret),
      createdAt: app.createdAt,
    });
    await writeAudit(tx, environment.id, actor, now, [
      { action: "app.created", target: { kind: "app", id: app.id, name }, after: { name, plan: "free" } },
    ]);
  });
  return { id: app.id, name, plan: "free", environments: [{ name: "development", appKey, appSecret }] };
}
