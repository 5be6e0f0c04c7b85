import type { Db } from "@/lib/db/database";
import type { Actor, EnvironmentName, Plan } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { sealAppSecret } from "./app-secret";
import { insertApp } from "./app-store";
import { insertEnvironment } from "./environment-store";
import { type CreateAppInput, CreateAppSchema } from "./schema";

export interface CreatedApp {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  /** When a temporary app goes with all its data. */
  readonly expiresAt: Date | null;
  readonly environments: ReadonlyArray<{ name: EnvironmentName; appKey: string; appSecret: string }>;
}

/** Makes an app on the free plan with a Development environment, its App Key and App Secret ready. */
export async function createApp(context: Context, actor: Actor, input: CreateAppInput): Promise<CreatedApp> {
  requirePermission(actor, "apps.create");
  const app = CreateAppSchema.parse(input);
  return executeWithPrisma(context, actor, (tx) => insertAppWithDevelopment(context, tx, app));
}

/** The writing half, for a command of the caller's. */
export async function insertAppWithDevelopment(
  context: Context,
  tx: Db,
  { name, description, lifetimeMinutes }: { name: string; description: string; lifetimeMinutes?: number | undefined },
): Promise<Outcome<CreatedApp>> {
  const now = context.now();
  const expiresAt = lifetimeMinutes === undefined ? null : new Date(now + lifetimeMinutes * 60_000);
  const id = newId.app();
  const appKey = newId.appKey();
  const appSecret = newId.appSecret();
  await insertApp(tx, { id, name, description, plan: "free", createdAt: new Date(now), expiresAt });
  const environment = await insertEnvironment(tx, {
    appId: id,
    name: "development",
    appKey,
    appSecretEncrypted: sealAppSecret(context.secrets, appKey, appSecret),
    createdAt: new Date(now),
  });
  const target = { kind: "app", id, name } as const;
  return {
    result: { id, name, plan: "free", expiresAt, environments: [{ name: "development", appKey, appSecret }] },
    audit: [
      {
        environmentId: environment.id,
        action: "app.created",
        target,
        after: { name, plan: "free", ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }) },
      },
    ],
  };
}
