import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { liftBans } from "./ban-store";
import { type UnbanUsersInput, UnbanUsersSchema } from "./schema";

/** Ends running bans. Users who are not banned, or unknown, are skipped; gives those who were (contract section 7.2). */
export async function unbanUsers(
  context: Context,
  actor: Actor,
  input: UnbanUsersInput,
): Promise<{ unbanned: string[] }> {
  requirePermission(actor, "users.ban");
  const { id: environmentId } = environmentOf(actor);
  const { userIds } = UnbanUsersSchema.parse(input);
  return execute(context, actor, async (run) => {
    const now = context.now();
    const lifted = await liftBans(run, environmentId, userIds, actor, new Date(now));
    if (lifted.length === 0) return { result: { unbanned: [] } };
    const ids = new Set(lifted.map((user) => user.userId));
    const unbanned = userIds.filter((id) => ids.has(id));
    return {
      result: { unbanned },
      at: now,
      audit: lifted.map((user) => ({
        action: "user.unbanned",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { bannedUntil: user.bannedUntil.toISOString() },
        after: { bannedUntil: null },
      })),
      events: [{ type: "users.unbanned", environmentId, userIds: unbanned }],
    };
  });
}
