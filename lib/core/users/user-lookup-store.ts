import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** One user's row as the console shows it. */
export function findUserRow(db: Db, environmentId: EnvironmentId, userId: string) {
  return db.user.findUnique({ where: { environmentId_userId: { environmentId, userId } } });
}
