import pg from "pg";
import type { System } from "@/lib/core/actor";
import { findApps } from "@/lib/core/apps/app-store";
import { createApp } from "@/lib/core/apps/create-app";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";

/** Held while the first app and owner are made, so that several processes may start at once. */
const FIRST_RUN_LOCK = 7_301_003;

/** The installation itself, acting on its first start or by its command line. */
export function systemActor(source: "cli" | "setup"): System {
  return { kind: "system", source, requestId: newId.request(), ip: "", environment: null };
}

/** Runs `work` while no other process of this installation does so. */
export async function alone<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "im-user-service first run" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [FIRST_RUN_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}

/** Makes "First application" with its Development App Key unless there is an app. Says whether it did. */
export async function ensureFirstApp(context: Context): Promise<boolean> {
  if ((await findApps(context.db.prisma)).length > 0) return false;
  await createApp(context, systemActor("setup"), { name: "First application" });
  return true;
}
