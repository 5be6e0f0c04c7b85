import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "../users/locked-users-store";

export interface ChangedMute {
  readonly userId: string;
  readonly name: string;
  /** Since when the user was muted before this; null: was not. */
  readonly mutedAt: Date | null;
}

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
  const locked = await lockRegistered(tx, environmentId, userIds);
  const changed = locked.flatMap(({ userId, name, directMutedAt }) =>
    (directMutedAt === null) === (mutedAt === null) ? [] : [{ userId, name, mutedAt: directMutedAt }],
  );
  if (changed.length > 0) {
    await tx.user.updateMany({
      where: { environmentId, userId: { in: changed.map((user) => user.userId) } },
      data: { directMutedAt: mutedAt },
    });
  }
  return changed;
}

/** Users who are muted, the longest muted first, so that an offset stays right while others are muted; and their number. */
export async function findMuted(
  db: Db,
  environmentId: EnvironmentId,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ totalCount: number; userIds: string[] }> {
  const where = { environmentId, directMutedAt: { not: null } };
  const [totalCount, muted] = await Promise.all([
    db.user.count({ where }),
    db.user.findMany({
      where,
      select: { userId: true },
      orderBy: [{ directMutedAt: "asc" }, { userId: "asc" }],
      skip: page.offset,
      take: page.limit,
    }),
  ]);
  return { totalCount, userIds: muted.map((user) => user.userId) };
}
