import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type ExpireTokensInput, ExpireTokensSchema } from "./schema";
import { lockTokenCutOffs, updateTokenCutOffs } from "./token-store";

/**
 * Makes every access token issued before `expiresAt` (Unix ms, possibly in the future) invalid. A later call with a
 * smaller value does not move the cut-off back. Unknown ids are skipped; gives the known ones (contract section 5.2).
 */
export async function expireTokens(
  context: Context,
  actor: Actor,
  input: ExpireTokensInput,
): Promise<{ userIds: string[] }> {
  requirePermission(actor, "users.invalidate_tokens");
  const environment = environmentOf(actor);
  const { userIds, expiresAt } = ExpireTokensSchema.parse(input);
  return executeWithPrisma(context, actor, (tx) => expireTogether(tx, environment.id, userIds, new Date(expiresAt)));
}

/** Moves the cut-off of users in a transaction. */
export async function expireTogether(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  cutOff: Date,
): Promise<Outcome<{ userIds: string[] }>> {
  const users = await lockTokenCutOffs(tx, environmentId, userIds);
  const found = new Set(users.map((user) => user.userId));
  const known = userIds.filter((id) => found.has(id));
  if (known.length === 0) return { result: { userIds: known } };
  const moved = users.filter((user) => user.tokensValidFrom === null || user.tokensValidFrom < cutOff);
  const ids = moved.map((user) => user.userId);
  if (moved.length > 0) await updateTokenCutOffs(tx, environmentId, ids, cutOff);
  return {
    result: { userIds: known },
    audit: moved.map((user) => ({
      action: "user.tokens_invalidated",
      target: { kind: "user", id: user.userId, name: user.name },
      before: { tokensValidFrom: user.tokensValidFrom?.toISOString() ?? null },
      after: { tokensValidFrom: cutOff.toISOString() },
    })),
    events: [{ type: "users.tokens_expired", environmentId, userIds: known }],
  };
}
