import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import { AppError } from "../errors";
import { type Permission, requirePermission } from "../permissions";

/**
 * The fence around test clocks: the environment, when it is a development environment and the actor may do this. Throws
 * `development_only` in production whoever asks, before anything is read, and `forbidden`.
 */
export function developmentClock(actor: Actor, permission: Extract<Permission, `clock.${string}`>): EnvironmentRef {
  const environment = environmentOf(actor);
  if (environment.name !== "development") {
    throw new AppError("development_only", { message: "Test clocks exist in Development only." });
  }
  requirePermission(actor, permission);
  return environment;
}

/** Who moves a clock is not held by it: what is under way is waited for by whoever ends it. */
export const outsideClock = (actor: Actor, environment: EnvironmentRef): Actor =>
  ({ ...actor, environment: { ...environment, clock: null } }) as Actor;

/** The environment as audit entries about its clock name it. */
export const clockTarget = ({ appKey, appName, name }: EnvironmentRef) =>
  ({ kind: "environment", id: appKey, name: `${appName} ${name}` }) as const;
