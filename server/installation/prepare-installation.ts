import { ensureFirstApp } from "@/lib/core/apps/ensure-first-app";
import { openDatabase } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { type InstallationDatabase, migrateInstallation } from "./database";
import { ensureFirstOwner } from "./first-owner";
import { alone, systemActor } from "./first-run";
import { loadMasterKey } from "./master-key";

export interface Prepared {
  readonly masterKey: string;
  /** While no operator exists. */
  readonly setupUrl: string | null;
}

/**
 * What must be there before the processes start: the migrations, the master key, the first app, the first owner or a way to make
 * one. `say` hears what was done. Throws `Failure`.
 */
export async function prepareInstallation(
  settings: Env,
  database: Pick<InstallationDatabase, "url" | "ownerUrl">,
  say: (text: string) => void,
  stop?: AbortSignal,
): Promise<Prepared> {
  const applied = await migrateInstallation(database);
  if (applied.length > 0) say(`  Applied ${applied.length} ${applied.length === 1 ? "migration" : "migrations"}.`);
  stop?.throwIfAborted();
  return alone(database.url, () => prepareAlone(settings, database.url, say));
}

async function prepareAlone(settings: Env, url: string, say: (text: string) => void): Promise<Prepared> {
  const db = openDatabase({ url, poolSize: 2, applicationName: "im-user-service launcher" });
  const masterKey = await loadMasterKey(settings, db).finally(() => db.close());
  const runtime = await createRuntime(
    "launcher",
    { ...settings, DATABASE_URL: url, MASTER_KEY: masterKey },
    { tellsRoom: false },
  );
  try {
    const firstApp = await ensureFirstApp(runtime.context, systemActor("setup"));
    if (firstApp !== null) say(`  Made the app "${firstApp.name}".`);
    const owner = await ensureFirstOwner(runtime.context, settings);
    return { masterKey, setupUrl: owner?.setupUrl ?? null };
  } finally {
    await runtime.close();
  }
}
