import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { lockUsers } from "../users/locked-users-store";
import { lockForMute, muteWrite } from "./mute-store";
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
  return mute(context, actor, SetDirectMuteSchema.parse(input));
}

const mute = executeSideBySide<z.output<typeof SetDirectMuteSchema>, { changed: string[] }>({
  keysOf: ({ userIds }) => userIds,
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.flatMap(({ userIds }) => userIds.map((userId) => ({ environmentId, userId }))),
    ),
  async command(run, { context, actor, input: { userIds, muted } }) {
    const { id: environmentId } = environmentOf(actor);
    const now = context.now();
    const mutedAt = muted ? new Date(now) : null;
    const users = await lockForMute(run, environmentId, userIds, muted);
    if (users.length === 0) return { result: { changed: [] } };
    const ids = new Set(users.map((user) => user.userId));
    const changed = userIds.filter((id) => ids.has(id));
    return {
      result: { changed },
      writes: [muteWrite(environmentId, changed, mutedAt)],
      at: now,
      audit: users.map((user) => ({
        action: muted ? "user.direct_muted" : "user.direct_unmuted",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { directMutedAt: user.mutedAt },
        after: { directMutedAt: mutedAt },
      })),
      events: [{ type: muted ? "users.muted" : "users.unmuted", environmentId, userIds: changed }],
    };
  },
});
