import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** The user's own choice of visibility, as stored; undefined: no such user. */
export async function findVisibility(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
): Promise<number | null | undefined> {
  const user = await db.user.findUnique({
    where: { environmentId_userId: { environmentId, userId } },
    select: { profileVisibility: true, softDeletedAt: true },
  });
  return user === null || user.softDeletedAt !== null ? undefined : user.profileVisibility;
}

/** False when there is no such user. */
export async function writeVisibility(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  visibility: number | null,
): Promise<boolean> {
  const { count } = await db.user.updateMany({
    where: { environmentId, userId, softDeletedAt: null },
    data: { profileVisibility: visibility },
  });
  return count === 1;
}
