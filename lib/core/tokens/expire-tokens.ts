import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
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
  const cutOff = new Date(expiresAt);
  return executeWithPrisma(context, actor, async (tx) => {
    const users = await lockTokenCutOffs(tx, environment.id, userIds);
    const found = new Set(users.map((user) => user.userId));
    const known = userIds.filter((id) => found.has(id));
    if (known.length === 0) return { result: { userIds: known } };
    const moved = users.filter((user) => user.tokensValidFrom === null || user.tokensValidFrom < cutOff);
    const ids = moved.map((user) => user.userId);
    if (moved.length > 0) await updateTokenCutOffs(tx, environment.id, ids, cutOff);
    return {
      result: { userIds: known },
      audit: moved.map((user) => ({
        action: "user.tokens_invalidated",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { tokensValidFrom: user.tokensValidFrom?.toISOString() ?? null },
        after: { tokensValidFrom: cutOff.toISOString() },
      })),
      events: [{ type: "users.tokens_expired", environmentId: environment.id, userIds: known }],
    };
  });
}
