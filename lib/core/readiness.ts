import { migrationNames, pendingMigrations } from "@/lib/db/migrate";
import type { Context } from "./context";

let known: readonly string[] | undefined;

/** Names of migrations that this build has and the database lacks. Throws when the database does not answer. */
export function checkDatabase(context: Pick<Context, "db">): Promise<string[]> {
  known ??= migrationNames();
  return pendingMigrations(context.db.pool, known);
}
