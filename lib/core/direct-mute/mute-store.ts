import type { Db } from "@/lib/db/database";
import { type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockUsers } from "../users/locked-users-store";

export interface ChangedMute {
  readonly userId: string;
  readonly name: string;
  /** Since when the user was muted before this; null: was not. */
  readonly mutedAt: Date | null;
}

/**
 * Locks these users and gives those whom a mute, or with `muted` false its end, would change, in the order of their ids.
 * Who is muted already stays muted since then.
 */
export async function lockForMute(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  muted: boolean,
): Promise<ChangedMute[]> {
  const users = await lockUsers(
    run,
    userIds.map((userId) => ({ environmentId, userId })),
  );
  return [...users.values()].flatMap(({ userId, name, directMutedAt }) =>
    (directMutedAt !== null) === muted ? [] : [{ userId, name, mutedAt: directMutedAt }],
  );
}

const SET = {
  name: "mutes-set",
  text: `UPDATE users SET direct_muted_at = $3::timestamptz WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Mutes locked users in direct channels since `mutedAt`, or with null ends it. */
export function muteWrite(environmentId: EnvironmentId, userIds: readonly string[], mutedAt: Date | null): Write {
  return write(SET, [environmentId, userIds, mutedAt?.toISOString() ?? null]);
}

/**
 * Users who are muted, the longest muted first, so that an offset stays right while others are muted; and their number, of
 * the same moment.
 */
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
