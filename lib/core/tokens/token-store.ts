import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

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
  return tx.$queryRaw`SELECT user_id AS "userId", name, tokens_valid_from AS "tokensValidFrom" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])
    ORDER BY user_id FOR NO KEY UPDATE`;
}

export async function updateTokenCutOffs(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  tokensValidFrom: Date,
): Promise<void> {
  await tx.user.updateMany({ where: { environmentId, userId: { in: [...userIds] } }, data: { tokensValidFrom } });
}
