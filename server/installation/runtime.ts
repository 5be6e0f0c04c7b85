import { openDatabase } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import { createRuntime, type Runtime } from "@/lib/runtime";
import { migrateInstallation, openInstallationDatabase } from "./database";
import { alone } from "./first-run";
import { loadMasterKey } from "./master-key";

/**
 * A context on this installation for one command: joins the running database, or runs the embedded one for as long as
 * `work` takes; migrated, with the right master key. Throws `Failure`.
 */
export async function withInstallation<T>(
  processName: string,
  settings: Env,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const database = await openInstallationDatabase(settings, false);
  try {
    await migrateInstallation(database.url);
    const db = openDatabase({ url: database.url, poolSize: 2, applicationName: `im-user-service ${processName}` });
    const masterKey = await alone(database.url, () => loadMasterKey(settings, db)).finally(() => db.close());
    const runtime = await createRuntime(processName, {
      ...settings,
      LOG_LEVEL: settings.LOG_LEVEL === "info" ? "warn" : settings.LOG_LEVEL,
      DATABASE_URL: database.url,
      MASTER_KEY: masterKey,
    });
    try {
      return await work(runtime);
    } finally {
      await runtime.close();
    }
  } finally {
    await database.close();
  }
}
