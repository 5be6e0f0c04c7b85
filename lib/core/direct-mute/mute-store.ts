import type { Db } from "@/lib/db/database";
import { fewRows, inPrisma, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

export interface ChangedMute {
  readonly userId: string;
  readonly name: string;
  /** Since when the user was muted before this; null: was not. */
  readonly mutedAt: Date | null;
}

const LOCK = {
  name: "mutes-lock",
  text: `SELECT u.* FROM ${rowsOf("int", "text")} AS i(environment_id, user_id)
    CROSS JOIN LATERAL (
      SELECT user_id AS "userId", name, direct_muted_at AS "mutedAt" FROM users u
      WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id AND u.soft_deleted_at IS NULL
      FOR NO KEY UPDATE
    ) u`,
};

const SET = {
  name: "mutes-set",
  text: `UPDATE users u SET direct_muted_at = $3::timestamptz
    FROM ${fewRows(1, { environment_id: "int", user_id: "text" })} i
    WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id`,
};

/**
 * Mutes users in direct channels since `mutedAt`, or with null ends it; gives those whom it changed. Who is muted already
 * stays muted since then. Must run in a transaction.
 */
export async function setMuted(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  mutedAt: Date | null,
): Promise<ChangedMute[]> {
  const run = inPrisma(tx);
  // One order for all who lock users.
  const sorted = [...userIds].sort();
  const locked = await run<ChangedMute>(LOCK, [sorted.map(() => environmentId), sorted]);
  const changed = locked.filter((user) => (user.mutedAt === null) !== (mutedAt === null));
  if (changed.length > 0) {
    const ids = changed.map((user) => user.userId);
    await run(SET, [ids.map(() => environmentId), ids, mutedAt?.toISOString() ?? null]);
  }
  return changed;
}

/** Users who are muted, the longest muted first, so that an offset stays right while others are muted; and their number. */
export async function findMuted(
  db: Db,
  environmentId: EnvironmentId,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ totalCount: number; userIds: string[] }> {
  const [found] = await db.$queryRaw<{ totalCount: number; userIds: string[] }[]>`
    SELECT (
      SELECT count(*)::int FROM users WHERE environment_id = ${environmentId} AND direct_muted_at IS NOT NULL
    ) AS "totalCount", array(
      SELECT user_id FROM users WHERE environment_id = ${environmentId} AND direct_muted_at IS NOT NULL
      ORDER BY direct_muted_at, user_id OFFSET ${page.offset} LIMIT ${page.limit}
    ) AS "userIds"`;
  return found ?? { totalCount: 0, userIds: [] };
}
