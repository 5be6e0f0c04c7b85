import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findApp, type StoredApp } from "./app-store";
import { findEnvironment } from "./environment-store";
import { isClosed } from "./resolve-environment";

export interface AppKeys {
  readonly app: StoredApp;
  readonly appKey: string;
  readonly secretRefreshedAt: Date;
  readonly createdAt: Date;
  readonly closed: boolean;
}

/** What the App Keys page shows of an environment; the App Secret is not in it. */
export async function getAppKeys(context: Context, actor: Actor): Promise<AppKeys> {
  requirePermission(actor, "keys.read");
  const environment = environmentOf(actor);
  const [app, stored] = await Promise.all([
    findApp(context.db.prisma, environment.appId),
    findEnvironment(context.db.prisma, environment.appId, environment.name),
  ]);
  if (app === null || stored === null) throw new AppError("not_found");
  return {
    app,
    appKey: stored.ref.appKey,
    secretRefreshedAt: stored.secretRefreshedAt,
    createdAt: stored.createdAt,
    closed: isClosed(stored.ref),
  };
}
