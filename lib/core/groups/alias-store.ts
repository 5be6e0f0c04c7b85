import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** The user's remark for the group; "" when there is none. */
export async function findAlias(
  db: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<string> {
  const row = await db.groupAlias.findUnique({
    where: { environmentId_userId_groupId: { environmentId, userId, groupId } },
    select: { alias: true },
  });
  return row?.alias ?? "";
}

/** To be called while the group is locked and the user is in it, so that no alias outlives the membership. */
export async function writeAlias(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
  alias: string,
): Promise<void> {
  const key = { environmentId, userId, groupId };
  await tx.groupAlias.upsert({
    where: { environmentId_userId_groupId: key },
    create: { ...key, alias },
    update: { alias },
  });
}

export async function deleteAlias(
  tx: Db,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<void> {
  await tx.groupAlias.deleteMany({ where: { environmentId, userId, groupId } });
}
