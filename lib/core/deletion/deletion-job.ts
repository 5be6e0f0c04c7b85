import { type BulkKind, idsOf } from "../bulk/bulk-kind";
import type { ItemResult } from "../jobs/job-item-store";
import { deletionEvents, deletionRecords } from "./deletion-records";
import { deleteUsers, findRegistered } from "./deletion-store";

/**
 * Deletes test users. An item whose user is gone already, or who registered again after the job was started, succeeds with
 * that as its code.
 */
export const deletionJob: BulkKind<"delete_test_users"> = {
  /** A tenth of the time that one by one takes; 100 would gain little more and lock longer. */
  batchSize: 25,
  judge: async () => (user) => (user === undefined ? "user_not_found" : null),
  async carryOut({ tx, environment, job }, items) {
    const ids = idsOf(items);
    const deletion = await deleteUsers(tx, environment.id, ids, job.createdAt);
    const deleted = new Set(deletion.users.map((user) => user.userId));
    const left = await findRegistered(
      tx,
      environment.id,
      ids.filter((id) => !deleted.has(id)),
    );
    return {
      result: items.map(({ position, targetId }): ItemResult => {
        const why = left.has(targetId) ? "user_registered_again" : "user_not_found";
        return { position, state: "succeeded", errorCode: deleted.has(targetId) ? null : why };
      }),
      audit: deletionRecords(deletion, job.id),
      events: deletionEvents(environment.id, [...deleted], deletion.memberships),
    };
  },
};
