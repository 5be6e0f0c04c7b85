import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";

/**
 * The fence around deletion: the environment, when it is a development environment and the actor may delete test users.
 * Throws `development_only` in production whoever asks, `forbidden` for an app server (deletion exists only in the
 * console; its Server API counterpart is soft delete) and for operators without the role.
 */
export function developmentForDeletion(actor: Actor): EnvironmentRef {
  const environment = environmentOf(actor);
  if (environment.name !== "development") throw new AppError("development_only");
  if (actor.kind === "app_server") {
    throw new AppError("forbidden", { message: "Test users are deleted in the console only." });
  }
  requirePermission(actor, "users.delete_test");
  return environment;
}
