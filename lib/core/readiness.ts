import { pendingMigrationsOf } from "@/lib/db/migrate";
import type { Context } from "./context";

/** Names of migrations that this build has and the database lacks. Throws when the database does not answer. */
export function checkDatabase(context: Pick<Context, "db">): Promise<string[]> {
  return pendingMigrationsOf(context.db);
}
