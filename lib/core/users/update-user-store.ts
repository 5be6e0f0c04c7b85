import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "./locked-users-store";

export interface UserFields {
  name: string;
  avatarUrl: string;
}

/** Locks a user who is not soft-deleted against other changes; null when there is none. */
export async function lockUser(tx: Db, environmentId: EnvironmentId, userId: string): Promise<UserFields | null> {
  const [user] = await lockRegistered(tx, environmentId, [userId]);
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
