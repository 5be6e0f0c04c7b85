import { openDatabase } from "@/lib/db/database";
import { withConnection } from "@/lib/db/session";
import type { Env } from "@/lib/env";
import { createRuntime, type Runtime } from "@/lib/runtime";
import { type InstallationDatabase, migrateInstallation, openInstallationDatabase } from "./database";
import { alone } from "./first-run";
import { refuseWhileUsed } from "./in-use";
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
  return onMigrated(settings, async (database) => {
    const { url } = database;
    const masterKey = await alone(url, () => readMasterKey(processName, settings, url));
    return withRuntime(processName, settings, database, masterKey, work);
  });
}

/** The same while nobody else uses the installation, and whoever starts waits. Throws `Failure` when somebody does. */
export async function withStoppedInstallation<T>(
  processName: string,
  settings: Env,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  return onMigrated(settings, (database) =>
    alone(database.url, async () => {
      const { url } = database;
      await withConnection({ url, applicationName: `im-user-service ${processName}` }, refuseWhileUsed);
      const masterKey = await readMasterKey(processName, settings, url);
      return withRuntime(processName, settings, database, masterKey, work);
    }),
  );
}

async function onMigrated<T>(settings: Env, work: (database: InstallationDatabase) => Promise<T>): Promise<T> {
  const database = await openInstallationDatabase(settings, false);
  try {
    await migrateInstallation(database);
    return await work(database);
  } finally {
    await database.close();
  }
}

async function readMasterKey(processName: string, settings: Env, url: string): Promise<string> {
  const db = openDatabase({ url, poolSize: 2, applicationName: `im-user-service ${processName}` });
  return loadMasterKey(settings, db).finally(() => db.close());
}

async function withRuntime<T>(
  processName: string,
  settings: Env,
  { url, ownerUrl, folder }: InstallationDatabase,
  masterKey: string,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const found = { DATABASE_URL: url, DATABASE_MIGRATE_URL: ownerUrl, MASTER_KEY: masterKey };
  const level = settings.LOG_LEVEL === "info" ? "warn" : settings.LOG_LEVEL;
  const runtime = await createRuntime(
    processName,
    { ...settings, ...found, LOG_LEVEL: level },
    { folder, tellsRoom: false },
  );
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
  }
}
