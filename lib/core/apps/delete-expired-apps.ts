import type { System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { findApp, findExpiredApps, lockApp } from "./app-store";
import { eraseApp } from "./delete-app";

/** Deletes the temporary apps whose time is over, with all their data. One that a job works on waits. Gives how many went. */
export async function deleteExpiredApps(context: Context): Promise<number> {
  let deleted = 0;
  for (const appId of await findExpiredApps(context.db.prisma, new Date(context.now()))) {
    const actor: System = {
      kind: "system",
      source: "job",
      requestId: newId.request(),
      ip: "",
      environment: null,
    };
    try {
      const gone = await executeWithPrisma(context, actor, async (tx, run) => {
        await lockApp(tx, appId);
        const app = await findApp(tx, appId);
        const isOver = app?.expiresAt != null && app.expiresAt.getTime() <= context.now();
        if (app === null || !isOver) return { result: false };
        return { ...(await eraseApp(tx, run, app)), result: true };
      });
      if (gone) deleted += 1;
    } catch (error) {
      // A job is on its way there: the next round tries again.
      if (!(error instanceof AppError) || error.code !== "app_in_use") throw error;
    }
  }
  return deleted;
}
