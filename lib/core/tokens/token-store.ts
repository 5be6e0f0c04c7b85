import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";

export interface TokenCutOff {
  readonly userId: string;
  readonly name: string;
  readonly tokensValidFrom: Date | null;
}

/**
 * Locks the users with these ids, in the order that every writer locks in, and gives them as they were. Soft-deleted
 * ones are among them: were one restored, its old tokens must stay invalid.
 */
export async function lockTokenCutOffs(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<TokenCutOff[]> {
  return lockRegisteredAndDeleted(tx, environmentId, userIds);
}

export async function updateTokenCutOffs(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  tokensValidFrom: Date,
): Promise<void> {
  await tx.user.updateMany({ where: { environmentId, userId: { in: [...userIds] } }, data: { tokensValidFrom } });
}
