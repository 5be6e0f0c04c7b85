import { actOf, type BulkKind, idsOf, plannedAtOf, registeredLater, sortOut, succeeded } from "../bulk/bulk-kind";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { expireTogether } from "./expire-tokens";
import { closeOf } from "./invalidate-tokens";

/** Invalidates every access token that was issued before the job was started and, where that was asked for, disconnects its users. */
export const invalidateJob: BulkKind<"invalidate_tokens"> = {
  batchSize: 500,
  judge: async () => (user) => (user === undefined ? "user_not_found" : null),
  async carryOut({ tx, run, environment, job }, items) {
    const ids = idsOf(items);
    const users = new Map(
      (await lockRegisteredAndDeleted(run, environment.id, ids)).map((user) => [user.userId, user]),
    );
    const { go, left } = sortOut(items, (userId) => {
      const user = users.get(userId);
      return user === undefined ? "user_not_found" : registeredLater(user, plannedAtOf(job));
    });
    const outcome = await expireTogether(run, environment.id, idsOf(go), job.createdAt);
    const closing = actOf(job, "invalidate_tokens").disconnect
      ? await closeOf(tx, run, environment.id, outcome.result.userIds)
      : null;
    return {
      ...outcome,
      result: [...left, ...go.map((item) => succeeded(item))],
      audit: [...(outcome.audit ?? []), ...(closing?.audit ?? [])],
      events: [...(outcome.events ?? []), ...(closing?.events ?? [])],
    };
  },
};
