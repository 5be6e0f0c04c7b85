import type { Db } from "@/lib/db/database";
import { lockText } from "@/lib/db/locks";
import type { EnvironmentId } from "../actor";

/**
 * Until the end of the transaction nobody else takes this `uniqueId`: who asks now whether it is free may rely on the
 * answer. The unique index stands behind it.
 */
export async function holdUniqueId(tx: Db, environmentId: EnvironmentId, uniqueId: string): Promise<void> {
  await lockText(tx, environmentId, uniqueId);
}

/** Whose `uniqueId` this is; null: free. Soft-deleted users have none. */
export async function findUniqueIdOwner(
  db: Db,
  environmentId: EnvironmentId,
  uniqueId: string,
): Promise<string | null> {
  const owner = await db.userProfile.findUnique({
    where: { environmentId_uniqueId: { environmentId, uniqueId } },
    select: { userId: true },
  });
  return owner?.userId ?? null;
}
