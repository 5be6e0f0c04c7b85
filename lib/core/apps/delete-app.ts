import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { eraseEnvironments, whatStandsInTheWay } from "./app-data-store";
import { deleteAppRow, findApp, lockApp, type StoredApp } from "./app-store";
import { findEnvironments, lockEnvironments } from "./environment-store";
import { type DeleteAppInput, DeleteAppSchema } from "./schema";

/**
 * Deletes an app with its environments and all that belongs to them but the audit log, which stays as the record. Only while
 * neither environment has users, soft-deleted ones included, and no job is unfinished; Production must be closed, so that
 * nobody registers meanwhile. A temporary app goes with its users, and whoever may make apps may delete it.
 * `confirmation` is the app's name, typed. Throws `app_in_use`, `not_found`.
 */
export async function deleteApp(context: Context, actor: Actor, input: DeleteAppInput): Promise<void> {
  requirePermission(actor, "apps.create");
  const { appId, confirmation } = DeleteAppSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockApp(tx, appId);
    const app = await findApp(tx, appId);
    if (app === null) throw new AppError("not_found", { message: `There is no app with the id ${appId}.` });
    if (app.expiresAt === null) requirePermission(actor, "apps.delete");
    if (confirmation !== app.name) {
      throw new AppError("invalid_parameter", { field: "confirmation", message: `Type ${app.name} to delete it.` });
    }
    return eraseApp(tx, run, app);
  });
}

/** The writing half, for a command of the caller's that has locked the app. Throws `app_in_use`. */
export async function eraseApp(tx: Db, run: Run, app: StoredApp): Promise<Outcome<undefined>> {
  const environments = await findEnvironments(tx, app.id);
  if (app.plan !== "free" && app.environments.includes("production")) {
    throw new AppError("app_in_use", {
      message: `Production of ${app.name} is open. Change the plan to Free first.`,
    });
  }
  const ids = environments.map(({ id }) => id);
  // Registrations in Development take this lock too: none is under way from here on.
  await lockEnvironments(run, ids);
  const obstacles = await whatStandsInTheWay(run, ids);
  const obstacle = obstacles.find(({ users, jobs }) => jobs || (users > 0 && app.expiresAt === null));
  if (obstacle !== undefined) {
    const where =
      environments.find(({ id }) => id === obstacle.environmentId)?.name === "production"
        ? "Production"
        : "Development";
    throw new AppError("app_in_use", {
      message: obstacle.jobs
        ? `A job is running in ${where} of ${app.name}. Wait until it has finished.`
        : `${where} of ${app.name} has users. An app is deleted only while it has none, soft-deleted ones included.`,
    });
  }
  await eraseEnvironments(run, ids);
  await deleteAppRow(tx, app.id);
  return {
    result: undefined,
    audit: [
      {
        environmentId: INSTALLATION,
        action: "app.deleted",
        target: { kind: "app", id: app.id, name: app.name },
        before: { name: app.name, description: app.description, plan: app.plan },
      },
    ],
    events: ids.map((environmentId) => ({ type: "environment.changed", environmentId })),
  };
}
