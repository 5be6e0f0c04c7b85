import type { System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { countApps, lockApps } from "./app-store";
import { type CreatedApp, insertAppWithDevelopment } from "./create-app";

export const FIRST_APP_NAME = "First application";

/** Makes "First application" when there is no app yet; null when there is one. Several processes may call it at once. */
export function ensureFirstApp(context: Context, actor: System): Promise<CreatedApp | null> {
  return executeWithPrisma<CreatedApp | null>(context, actor, async (tx) => {
    await lockApps(tx);
    if ((await countApps(tx)) > 0) return { result: null };
    return insertAppWithDevelopment(context, tx, { name: FIRST_APP_NAME, description: "" });
  });
}
