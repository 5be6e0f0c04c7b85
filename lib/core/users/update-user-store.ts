import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

export interface UserFields {
  name: string;
  avatarUrl: string;
}

/** Locks a user who is not soft-deleted against other changes; null when there is none. */
export async function lockUser(tx: Db, environmentId: EnvironmentId, userId: string): Promise<UserFields | null> {
  const [user] = await tx.$queryRaw<UserFields[]>`SELECT name, avatar_url AS "avatarUrl" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ${userId} AND soft_deleted_at IS NULL FOR NO KEY UPDATE`;
  return user ?? null;
}

export async function updateUserFields(
  tx: Db,
  environmentId: EnvironmentId,
  userId: string,
  fields: Partial<UserFields>,
): Promise<void> {
  await tx.user.update({ where: { environmentId_userId: { environmentId, userId } }, data: fields });
}
