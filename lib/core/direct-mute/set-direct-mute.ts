import { retryingTransaction } from "@/lib/db/retry";
import { type Actor, environmentOf, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";
import { setMuted } from "./mute-store";
import { type SetDirectMuteInput, SetDirectMuteSchema } from "./schema";

/**
 * Mutes users in direct channels, or ends it: muted users cannot send direct messages from their clients, without an end;
 * they still receive, and what the app server sends for them is delivered. Unknown users are skipped. Gives those whom it
 * changed, in the order given (contract section 15).
 */
export async function setDirectMute(
  context: Context,
  actor: Actor,
  input: SetDirectMuteInput,
): Promise<{ changed: string[] }> {
  requirePermission(actor, "users.mute");
  const { id: environmentId } = environmentOf(actor);
  const { userIds, muted } = SetDirectMuteSchema.parse(input);
  const now = context.now();
  const users = await retryingTransaction(context.db, async (tx) => {
    const mutedAt = muted ? new Date(now) : null;
    const changed = await setMuted(tx, environmentId, userIds, mutedAt);
    if (changed.length > 0) {
      await writeAudit(
        tx,
        environmentId,
        actor,
        now,
        changed.map((user) => ({
          action: muted ? "user.direct_muted" : "user.direct_unmuted",
          target: { kind: "user", id: user.userId, name: user.name },
          before: { directMutedAt: user.mutedAt },
          after: { directMutedAt: mutedAt },
        })),
      );
    }
    return new Set(changed.map((user) => user.userId));
  });
  const changed = userIds.filter((id) => users.has(id));
  if (changed.length > 0) {
    const type = muted ? "users.muted" : "users.unmuted";
    await publishAfterCommit(context, { type, environmentId, userIds: changed });
  }
  return { changed };
}
