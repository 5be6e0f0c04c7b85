import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** What is asked now and then of one user's blocks. The hot paths have stores of their own. */

export async function isBlocked(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  blockedId: string,
): Promise<boolean> {
  const key = { environmentId, userId, blockedId };
  return (await db.block.findUnique({ where: { environmentId_userId_blockedId: key } })) !== null;
}

/** How many users block this one, counting no further than `limit`. */
export function countBlockers(db: Db, environmentId: EnvironmentId, userId: string, limit: number): Promise<number> {
  return db.block.count({
    where: { environmentId, blockedId: userId },
    // The order of the index, so that no other way of reading them is cheaper.
    orderBy: { blockedAt: "asc" },
    take: limit,
  });
}
