import type { EnvironmentRef, System } from "@/lib/core/actor";
import { findApp, findApps } from "@/lib/core/apps/app-store";
import { changePlan } from "@/lib/core/apps/change-plan";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { buildSearch } from "@/lib/core/search/build-search";
import { FAMILY_NAMES, FIRST_NAMES } from "./names";
import { insertUserBatch } from "./seed-store";

export const LARGE_MOST_USERS = 10_000_000;
const BATCH = 20_000;
const WRITERS = 2;

export interface SeededLarge {
  readonly appId: string;
  readonly appName: string;
  readonly environment: "production";
  /** How many were new; ids that existed stay as they were. */
  readonly users: number;
  readonly tookMs: number;
}

/**
 * Fills the production environment of an app (the first one unless named; opened when closed) with up to 10 million
 * users by bulk load. Not through the use cases: no audit entries, no tokens. `onProgress` gets users done, users in
 * all, and milliseconds.
 */
export async function seedLarge(
  context: Context,
  actor: System,
  input: { users: number; appId?: string | undefined },
  onProgress: (done: number, total: number, tookMs: number) => void,
): Promise<SeededLarge> {
  const environment = await openProduction(context, actor, input.appId);
  const began = Date.now();
  const now = new Date(context.now());
  let next = 1;
  let done = 0;
  let users = 0;
  const write = async () => {
    while (next <= input.users) {
      const from = next;
      const to = Math.min(input.users, from + BATCH - 1);
      next = to + 1;
      const added = await insertUserBatch(context.db.prisma, {
        environmentId: environment.id,
        from,
        to,
        total: input.users,
        prefix: "user-",
        now,
        firstNames: FIRST_NAMES,
        familyNames: FAMILY_NAMES,
      });
      users += added;
      done += to - from + 1;
      onProgress(done, input.users, Date.now() - began);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await buildSearch(context, environment.id);
  return {
    appId: environment.appId,
    appName: environment.appName,
    environment: "production",
    users,
    tookMs: Date.now() - began,
  };
}

/** Throws `not_found`. */
async function openProduction(context: Context, actor: System, appId: string | undefined): Promise<EnvironmentRef> {
  const db = context.db.prisma;
  const app = appId === undefined ? (await findApps(db))[0] : await findApp(db, appId);
  if (!app) throw new AppError("not_found", { message: `There is no app ${appId ?? ""}.` });
  if (app.plan === "free") await changePlan(context, actor, { appId: app.id, plan: "starter" });
  const environment = await findEnvironment(db, app.id, "production");
  if (environment === null) throw new AppError("production_closed");
  return environment.ref;
}
