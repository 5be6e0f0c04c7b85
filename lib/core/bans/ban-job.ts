import { runWrites } from "@/lib/db/statement";
import { actOf, type BulkKind, idsOf, plannedAtOf, registeredLater, sortOut, succeeded } from "../bulk/bulk-kind";
import type { ItemResult } from "../jobs/job-item-store";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { banTogether } from "./ban-users";
import { findBansChangedSince } from "./changed-bans-store";

const MINUTE_MS = 60_000;

/** Bans, all of one job until the same moment. Whom somebody has banned or unbanned since the dry run is left alone. */
export const banJob: BulkKind<"ban"> = {
  batchSize: 500,
  judge: async () => (user) => {
    if (user === undefined) return "user_not_found";
    return user.softDeletedAt === null ? null : "user_soft_deleted";
  },
  async carryOut({ context, run, actor, environment, job }, items) {
    const { durationMinutes, reason } = actOf(job, "ban");
    const plannedAt = plannedAtOf(job);
    const ids = idsOf(items);
    const users = new Map(
      (await lockRegisteredAndDeleted(run, environment.id, ids)).map((user) => [user.userId, user]),
    );
    const changed = await findBansChangedSince(run, environment.id, ids, plannedAt);
    const until = new Date(job.createdAt.getTime() + durationMinutes * MINUTE_MS);
    const over = until.getTime() <= context.now();
    const { go, left } = sortOut(items, (userId) => {
      const user = users.get(userId);
      if (user === undefined) return "user_not_found";
      if (user.softDeletedAt !== null) return "user_soft_deleted";
      if (over) return "ban_over";
      return registeredLater(user, plannedAt) ?? (changed.has(userId) ? "version_conflict" : null);
    });
    if (go.length === 0) return { result: left };
    const input = { userIds: idsOf(go), length: { until }, reason, seen: [] };
    const [outcome] = await banTogether(run, environment.id, [{ context, actor, input }]);
    if (outcome === undefined || outcome instanceof Error) throw outcome ?? new Error("ban: a command has an outcome");
    const { result, writes = [], ...follows } = outcome;
    await runWrites(run, writes);
    const steps = new Map(result.steps.map((step) => [step.userId, step]));
    const done = go.map((item): ItemResult => succeeded(item, steps.get(item.targetId)));
    return { ...follows, result: [...left, ...done] };
  },
};
