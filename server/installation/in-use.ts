import { setTimeout as pause } from "node:timers/promises";
import type { Queryable } from "@/lib/db/migrate";
import { Failure } from "./failure";

const PREFIX = "im-user-service ";
/** PostgreSQL lists a connection for a moment after it has ended. */
const PATIENCE_MS = 2_000;

/**
 * Throws `Failure` while a process of the product uses this database, by another connection than the caller's one. Starts that wait for
 * their turn (`alone`, migrations) do not use it yet.
 */
export async function refuseWhileUsed(db: Queryable): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const { rows } = await db.query(
      `SELECT DISTINCT substr(application_name, ${PREFIX.length + 1}) AS name FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE '${PREFIX}%' AND pid <> pg_backend_pid()
         AND application_name NOT IN ('${PREFIX}first run', '${PREFIX}migration lock')`,
    );
    if (rows.length === 0) return;
    const names = (rows as { name: string }[]).map(({ name }) => name).join(", ");
    if (Date.now() > until) throw new Failure(`The product uses this database (${names}). Stop it first.`);
  }
}
