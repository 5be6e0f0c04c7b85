import { retryingTransaction } from "@/lib/db/retry";
import { type Actor, environmentOf, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";
import { liftBans } from "./ban-store";
import { type UnbanUsersInput, UnbanUsersSchema } from "./schema";

/** Ends running bans. Users who are not banned, or unknown, are skipped; gives those who were (contract section 7.2). */
export async function unbanUsers(
  context: Context,
  actor: Actor,
  input: UnbanUsersInput,
): Promise<{ unbanned: string[] }> {
  requirePermission(actor, "users.ban");
  const environment = environmentOf(actor);
  const { userIds } = UnbanUsersSchema.parse(input);
  const now = context.now();
  const lifted = await retryingTransaction(context.db, async (tx) => {
    const banned = await liftBans(tx, environment.id, userIds, actor, new Date(now));
    if (banned.length > 0) {
      await writeAudit(
        tx,
        environment.id,
        actor,
        now,
        banned.map((user) => ({
          action: "user.unbanned",
          target: { kind: "user", id: user.userId, name: user.name },
          before: { bannedUntil: user.bannedUntil.toISOString() },
          after: { bannedUntil: null },
        })),
      );
    }
    return new Set(banned.map((user) => user.userId));
  });
  const unbanned = userIds.filter((id) => lifted.has(id));
  if (unbanned.length > 0) {
    await publishAfterCommit(context, { type: "users.unbanned", environmentId: environment.id, userIds: unbanned });
  }
  return { unbanned };
}
