import { type BulkKind, idsOf, plannedAtOf, sortOut, succeeded } from "../bulk/bulk-kind";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { findBansChangedSince } from "./changed-bans-store";
import { unbanTogether } from "./unban-users";

/** Ends the bans that ran at the dry run; one that somebody has made since runs on. */
export const unbanJob: BulkKind<"unban"> = {
  batchSize: 500,
  judge: async (context) => {
    const now = new Date(context.now());
    return (user) => {
      if (user === undefined) return "user_not_found";
      return user.bannedUntil !== null && user.bannedUntil > now ? null : "not_banned";
    };
  },
  async carryOut({ context, run, actor, environment, job }, items) {
    const ids = idsOf(items);
    const users = new Map(
      (await lockRegisteredAndDeleted(run, environment.id, ids)).map((user) => [user.userId, user]),
    );
    const changed = await findBansChangedSince(run, environment.id, ids, plannedAtOf(job));
    const now = new Date(context.now());
    const { go, left } = sortOut(items, (userId) => {
      const user = users.get(userId);
      if (user === undefined) return "user_not_found";
      if (user.bannedUntil === null || user.bannedUntil <= now) return "not_banned";
      return changed.has(userId) ? "version_conflict" : null;
    });
    const outcome = await unbanTogether(run, environment.id, actor, now, { userIds: idsOf(go), seen: [] });
    const steps = new Map(outcome.result.steps.map((step) => [step.userId, step]));
    const done = go.map((item) => succeeded(item, steps.get(item.targetId)));
    return { ...outcome, result: [...left, ...done] };
  },
};
