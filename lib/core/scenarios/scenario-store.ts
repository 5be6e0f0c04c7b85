import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** What no door can set, as example data: when users were last seen. */
export async function saveLastSeen(
  db: Db,
  environmentId: EnvironmentId,
  seen: ReadonlyArray<{ readonly userId: string; readonly lastSeenAt: Date | null }>,
): Promise<void> {
  for (const { userId, lastSeenAt } of seen) {
    await db.user.update({ where: { environmentId_userId: { environmentId, userId } }, data: { lastSeenAt } });
  }
}

/** The first of these users and groups that are there already; null: none. */
export async function findPresent(
  db: Db,
  environmentId: EnvironmentId,
  ids: { readonly userIds: readonly string[]; readonly groupIds: readonly string[] },
): Promise<{ readonly userId: string } | { readonly groupId: string } | null> {
  const user = await db.user.findFirst({
    where: { environmentId, userId: { in: [...ids.userIds] } },
    select: { userId: true },
    orderBy: { userId: "asc" },
  });
  if (user !== null) return user;
  return db.group.findFirst({
    where: { environmentId, groupId: { in: [...ids.groupIds] } },
    select: { groupId: true },
    orderBy: { groupId: "asc" },
  });
}
