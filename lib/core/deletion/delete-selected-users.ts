import type { System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { findJobItems } from "../jobs/job-item-store";
import { type ClaimedJob, type ItemResult, recordResults, renewLease } from "../jobs/unfinished-job-store";
import { deletionEvents, deletionRecords } from "./deletion-records";
import { deleteUsers, findRegistered } from "./deletion-store";

export interface BatchOutcome {
  /** The job under its renewed lease; null when another worker holds it now and nothing was done. */
  readonly job: ClaimedJob | null;
  /** How many items were dealt with; 0 when none is pending. */
  readonly done: number;
}

/**
 * Deletes the next `size` pending users of a job in one transaction: users, audit entries, item results, counters and
 * the renewed lease, all or none. So a worker that dies in the middle leaves nothing half done and nothing counted
 * twice. An item whose user is gone already, or who registered again after the order, succeeds with that as its code.
 */
export function deleteSelectedUsers(
  context: Context,
  job: ClaimedJob,
  actor: System,
  size: number,
  leaseMs: number,
): Promise<BatchOutcome> {
  const { environmentId } = job;
  return executeWithPrisma(context, actor, async (tx): Promise<Outcome<BatchOutcome>> => {
    const now = context.now();
    const held = await renewLease(tx, job, now + leaseMs);
    if (held === null) return { result: { job: null, done: 0 } };
    const items = await findJobItems(tx, environmentId, job.id, "pending", null, size);
    if (items.length === 0) return { result: { job: held, done: 0 } };

    const ids = items.map((item) => item.targetId);
    const deletion = await deleteUsers(tx, environmentId, ids, job.createdAt);
    const deleted = new Set(deletion.users.map((user) => user.userId));
    const left = await findRegistered(
      tx,
      environmentId,
      ids.filter((id) => !deleted.has(id)),
    );
    const results = items.map(({ position, targetId }): ItemResult => {
      const why = left.has(targetId) ? "user_registered_again" : "user_not_found";
      return { position, state: "succeeded", errorCode: deleted.has(targetId) ? null : why };
    });
    await recordResults(tx, held, results, now);
    return {
      result: { job: held, done: items.length },
      audit: deletionRecords(deletion, job.id).map((record) => ({ ...record, environmentId })),
      events: deletionEvents(environmentId, [...deleted], deletion.memberships),
    };
  });
}
