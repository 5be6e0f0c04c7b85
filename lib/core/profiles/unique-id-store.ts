import type { Database } from "@/lib/db/database";
import { lockText } from "@/lib/db/locks";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/**
 * Until the end of the transaction nobody else takes this `uniqueId`: who asks now whether it is free may rely on the
 * answer. The unique index stands behind it.
 */
export async function holdUniqueId(run: Run, environmentId: EnvironmentId, uniqueId: string): Promise<void> {
  await lockText(run, environmentId, uniqueId);
}

const FIND_OWNER = {
  name: "unique-ids-find-owner",
  text: `SELECT user_id AS "userId" FROM user_profiles WHERE environment_id = $1::int AND unique_id = $2::text`,
};

/** Whose `uniqueId` this is; null: free. Soft-deleted users have none. */
export function findUniqueIdOwner(
  db: Database,
  environmentId: EnvironmentId,
  uniqueId: string,
): Promise<string | null> {
  return findUniqueIdOwnerIn(onPool(db.pool), environmentId, uniqueId);
}

/** The same within a transaction. */
export async function findUniqueIdOwnerIn(
  run: Run,
  environmentId: EnvironmentId,
  uniqueId: string,
): Promise<string | null> {
  const [owner] = await run<{ userId: string }>(FIND_OWNER, [environmentId, uniqueId]);
  return owner?.userId ?? null;
}
