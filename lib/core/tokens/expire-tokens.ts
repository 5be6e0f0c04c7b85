import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type ExpireTokensInput, ExpireTokensSchema } from "./schema";
import { cutOffWrite, lockTokenCutOffs } from "./token-store";

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
  const { userIds, expiresAt } = ExpireTokensSchema.parse(input);
  return expire(context, actor, { userIds, cutOff: new Date(expiresAt) });
}

const expire = executeSideBySide<{ readonly userIds: readonly string[]; readonly cutOff: Date }, { userIds: string[] }>(
  {
    keysOf: ({ userIds }) => userIds,
    lock: (run, environmentId, inputs) =>
      lockTokenCutOffs(
        run,
        environmentId,
        inputs.flatMap(({ userIds }) => userIds),
      ),
    command: (run, { actor, input: { userIds, cutOff } }) =>
      expireTogether(run, environmentOf(actor).id, userIds, cutOff),
  },
);

/** Moves the cut-off of users in a transaction. */
export async function expireTogether(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  cutOff: Date,
): Promise<Outcome<{ userIds: string[] }>> {
  const users = await lockTokenCutOffs(run, environmentId, userIds);
  const found = new Set(users.map((user) => user.userId));
  const known = userIds.filter((id) => found.has(id));
  if (known.length === 0) return { result: { userIds: known } };
  const moved = users.filter((user) => user.tokensValidFrom === null || user.tokensValidFrom < cutOff);
  const ids = moved.map((user) => user.userId);
  return {
    result: { userIds: known },
    writes: ids.length === 0 ? [] : [cutOffWrite(environmentId, ids, cutOff)],
    audit: moved.map((user) => ({
      action: "user.tokens_invalidated",
      target: { kind: "user", id: user.userId, name: user.name },
      before: { tokensValidFrom: user.tokensValidFrom?.toISOString() ?? null },
      after: { tokensValidFrom: cutOff.toISOString() },
    })),
    events: [{ type: "users.tokens_expired", environmentId, userIds: known }],
  };
}
