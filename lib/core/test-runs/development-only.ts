import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import { AppError } from "../errors";
import { type Permission, requirePermission } from "../permissions";

/**
 * The fence around test runs: the environment, when it is a development environment and the actor may do this. Throws
 * `development_only` in production whoever asks, before anything is read, and `forbidden`.
 */
export function developmentForRuns(actor: Actor, permission: Permission): EnvironmentRef {
  const environment = environmentOf(actor);
  if (environment.name !== "development") {
    throw new AppError("development_only", { message: "Test runs exist in Development only." });
  }
  requirePermission(actor, permission);
  return environment;
}
