import { type BulkKind, idsOf } from "../bulk/bulk-kind";
import { newId } from "../ids";
import type { ItemResult } from "../jobs/job-item-store";
import { countFreeSeats } from "../users/seat-store";
import { restoreTogether } from "./restore-users";
import { OPERATION_MAX, RESTORE_MAY_PASS } from "./schema";
import { restorableFrom } from "./soft-deletion";

/** Restores soft-deleted users; in Development as long as there are seats. */
export const restoreJob: BulkKind<"restore"> = {
  batchSize: OPERATION_MAX,
  async judge(context, environment) {
    const now = context.now();
    let free = await countFreeSeats(context.db, environment, now);
    return (user) => {
      if (user === undefined) return "user_not_found";
      if (user.softDeletedAt === null) return "user_not_soft_deleted";
      if (restorableFrom(context, user.softDeletedAt).getTime() > now) return "user_restore_too_early";
      free -= 1;
      return free < 0 ? "user_quota_reached" : null;
    };
  },
  async carryOut({ context, run, environment }, items) {
    const call = { userIds: idsOf(items), operationId: newId.operation() };
    const [outcome] = await restoreTogether(context, run, environment, [call]);
    if (outcome === undefined) throw new Error("restore: a call has an outcome");
    const refused = new Map(outcome.result.refused.map(({ userId, code }) => [userId, code]));
    return {
      ...outcome,
      result: items.map(({ position, targetId }): ItemResult => {
        const errorCode = refused.get(targetId) ?? null;
        if (errorCode === null) return { position, state: "succeeded", errorCode };
        return { position, state: RESTORE_MAY_PASS.has(errorCode) ? "failed" : "skipped", errorCode };
      }),
    };
  },
};
