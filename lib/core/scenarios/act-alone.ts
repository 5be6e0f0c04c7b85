import { inTurn } from "@/lib/db/locks";
import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type Permission, requirePermission } from "../permissions";

/** So long whoever comes second waits for the first: several times what a scenario takes. */
const WAIT_MS = 15_000;

/**
 * The fence around scenarios: the environment, when it is a development environment and the actor may do this. Throws
 * `development_only` in production whoever asks, `forbidden` for app servers, and for operators without the role.
 */
export function developmentForScenarios(actor: Actor, permission: Permission): EnvironmentRef {
  const environment = environmentOf(actor);
  if (environment.name !== "development") {
    throw new AppError("development_only", { message: "Scenarios exist in Development only." });
  }
  if (actor.kind === "app_server") {
    throw new AppError("forbidden", { message: "App servers can’t seed scenarios or reset an environment." });
  }
  requirePermission(actor, permission);
  return environment;
}

/** Seeds and resets of one environment take turns, so that two never make half of each. Throws `scenario_running`. */
export async function actAlone<T>(context: Context, environment: EnvironmentRef, work: () => Promise<T>): Promise<T> {
  const turn = await inTurn(context.db, environment.id, WAIT_MS, work);
  if (turn === null) throw new AppError("scenario_running");
  return turn.done;
}
