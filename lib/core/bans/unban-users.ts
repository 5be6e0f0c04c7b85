import type { z } from "zod";
import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { liftBans, lockBanned } from "./ban-store";
import { type ChangedBan, changedMeanwhile, findChangedBans } from "./changed-bans";
import { type UnbanUsersInput, UnbanUsersSchema } from "./schema";
import type { BanStep, SeenBan } from "./seen-ban-schema";

interface UnbannedUsers {
  /** Who was banned and is not any more, in the order given. */
  readonly unbanned: string[];
  /** Who runs another ban than was seen; nothing was done to them. */
  readonly changed: ChangedBan[];
  /** What `undoBans` takes back. */
  readonly steps: BanStep[];
}

/** Ends running bans. Users who are not banned, or unknown, are skipped; gives those who were (contract section 7.2). */
export async function unbanUsers(
  context: Context,
  actor: Actor,
  input: Pick<UnbanUsersInput, "userIds">,
): Promise<{ unbanned: string[] }> {
  const { unbanned } = await unbanSeenUsers(context, actor, { userIds: input.userIds });
  return { unbanned };
}

/**
 * `unbanUsers` for an operator, who has seen a ban of each user and lifts that one alone. Throws `version_conflict` where
 * the only user runs another one.
 */
export async function unbanSeenUsers(context: Context, actor: Actor, input: UnbanUsersInput): Promise<UnbannedUsers> {
  requirePermission(actor, "users.ban");
  return unban(context, actor, UnbanUsersSchema.parse(input));
}

const unban = executeSideBySide<z.output<typeof UnbanUsersSchema>, UnbannedUsers>({
  keysOf: ({ userIds }) => userIds,
  lock: (run, environmentId, inputs) =>
    lockRegisteredAndDeleted(
      run,
      environmentId,
      inputs.flatMap(({ userIds }) => userIds),
    ),
  async command(run, { context, actor, input }) {
    const outcome = await unbanTogether(run, environmentOf(actor).id, actor, new Date(context.now()), input);
    const [alone] = outcome.result.changed;
    if (alone !== undefined && input.userIds.length === 1) throw changedMeanwhile(alone);
    return outcome;
  },
});

/** Ends running bans in the transaction of `run`. */
export async function unbanTogether(
  run: Run,
  environmentId: EnvironmentId,
  actor: Actor,
  now: Date,
  { userIds, seen }: { readonly userIds: readonly string[]; readonly seen: readonly SeenBan[] },
): Promise<Outcome<UnbannedUsers>> {
  const banned = new Map((await lockBanned(run, environmentId, userIds, now)).map((user) => [user.userId, user]));
  const running = seen.filter(({ userId }) => banned.has(userId));
  const found = await findChangedBans(run, environmentId, running, (userId) => banned.get(userId)?.bannedUntil, now);
  const changed = [...found.values()];
  const unbanned = userIds.filter((userId) => banned.has(userId) && !found.has(userId));
  if (unbanned.length === 0) return { result: { unbanned, changed, steps: [] } };
  const lifted = await liftBans(run, environmentId, unbanned, actor, now);
  return {
    result: {
      unbanned,
      changed,
      steps: lifted.map(({ userId, banId, liftedAt }) => ({ userId, formerBanId: banId, banId: null, at: liftedAt })),
    },
    at: now.getTime(),
    audit: unbanned.map((userId) => {
      const user = banned.get(userId);
      return {
        action: "user.unbanned",
        target: { kind: "user", id: userId, name: user?.name },
        before: { bannedUntil: user?.bannedUntil.toISOString() },
        after: { bannedUntil: null },
      };
    }),
    events: [{ type: "users.unbanned", environmentId, userIds: unbanned }],
  };
}
