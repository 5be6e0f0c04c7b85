import { type Run, type Write, write } from "@/lib/db/statement";
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
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<TokenCutOff[]> {
  return lockRegisteredAndDeleted(run, environmentId, userIds);
}

const SET = {
  name: "tokens-set-cut-off",
  text: `UPDATE users SET tokens_valid_from = $3::timestamptz WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Moves the cut-off of locked users. */
export function cutOffWrite(environmentId: EnvironmentId, userIds: readonly string[], tokensValidFrom: Date): Write {
  return write(SET, [environmentId, userIds, tokensValidFrom.toISOString()]);
}
