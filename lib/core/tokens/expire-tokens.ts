import { retryingTransaction } from "@/lib/db/retry";
import { type Actor, environmentOf, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";
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
  const known = await retryingTransaction(context.db, async (tx) => {
    const users = await lockTokenCutOffs(tx, environment.id, userIds);
    const moved = users.filter((user) => user.tokensValidFrom === null || user.tokensValidFrom < cutOff);
    if (moved.length > 0) {
      await updateTokenCutOffs(
        tx,
        environment.id,
        moved.map((user) => user.userId),
        cutOff,
      );
      await writeAudit(
        tx,
        environment.id,
        actor,
        context.now(),
        moved.map((user) => ({
          action: "user.tokens_invalidated",
          target: { kind: "user", id: user.userId, name: user.name },
          before: { tokensValidFrom: user.tokensValidFrom?.toISOString() ?? null },
          after: { tokensValidFrom: cutOff.toISOString() },
        })),
      );
    }
    return users.map((user) => user.userId);
  });
  const found = new Set(known);
  const inOrder = userIds.filter((id) => found.has(id));
  if (inOrder.length > 0) {
    await publishAfterCommit(context, {
      type: "users.tokens_expired",
      environmentId: environment.id,
      userIds: inOrder,
    });
  }
  return { userIds: inOrder };
}
