import type { Actor, EnvironmentName } from "../actor";
import type { Context } from "../context";
import { highestRole, reaches, requirePermission } from "../permissions";
import { findApps, type StoredApp } from "./app-store";

export interface ListedApp extends StoredApp {
  /** Those of its environments that are there for the actor. */
  readonly reached: readonly EnvironmentName[];
}

/** The apps of the installation that the actor sees, oldest first: for an operator those of which an environment is there for them. */
export async function listApps(context: Context, actor: Actor): Promise<ListedApp[]> {
  // Nobody who holds no role anywhere sees an app, and that is no refusal: their page says that there are none.
  if (actor.kind === "operator" && highestRole(actor.holds) === "guest") return [];
  requirePermission(actor, "keys.read");
  const apps = (await findApps(context.db.prisma)).map((app) => ({
    ...app,
    reached: app.environments.filter((name) => actor.kind !== "operator" || reaches(actor, { appId: app.id, name })),
  }));
  return apps.filter(({ reached }) => reached.length > 0);
}
