import type { System } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import { withConnection } from "@/lib/db/session";

/** Held while the master key, the first app and the first owner are made, so that several processes may start at once. */
const FIRST_RUN_LOCK = 7_301_003;

/** The installation itself, acting on its first start or by its command line. */
export function systemActor(source: "cli" | "setup"): System {
  return { kind: "system", source, requestId: newId.request(), ip: "", environment: null };
}

/** Runs `work` while no other process of this installation does so. */
export function alone<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  return withConnection({ url: databaseUrl, applicationName: "im-user-service first run" }, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [FIRST_RUN_LOCK]);
    return work();
  });
}
