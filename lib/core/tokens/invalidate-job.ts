import { type BulkKind, idsOf, plannedAtOf, registeredLater, sortOut, succeeded } from "../bulk/bulk-kind";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { expireTogether } from "./expire-tokens";

/** Invalidates every access token that was issued before the job was started. */
export const invalidateJob: BulkKind<"invalidate_tokens"> = {
  batchSize: 500,
  judge: async () => (user) => (user === undefined ? "user_not_found" : null),
  async carryOut({ tx, environment, job }, items) {
    const ids = idsOf(items);
    const users = new Map((await lockRegisteredAndDeleted(tx, environment.id, ids)).map((user) => [user.userId, user]));
    const { go, left } = sortOut(items, (userId) => {
      const user = users.get(userId);
      return user === undefined ? "user_not_found" : registeredLater(user, plannedAtOf(job));
    });
    const outcome = await expireTogether(tx, environment.id, idsOf(go), job.createdAt);
    return { ...outcome, result: [...left, ...go.map((item) => succeeded(item))] };
  },
};
