import type { Actor } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { developmentForDeletion } from "../deletion/test-users-only";
import { AppError } from "../errors";
import { publishAfterCommit } from "../publish";
import { findJob, requeueFailedItems } from "./job-store";
import { JobKeySchema } from "./schema";

/**
 * Queues a finished job's failed items again, under the same job. `retried` is how many; 0 when nothing failed or the
 * job still runs. Throws `not_found` for an unknown job, and what deletion itself throws.
 */
export async function retryFailed(
  context: Context,
  actor: Actor,
  input: { jobId: string },
): Promise<{ retried: number }> {
  const environment = developmentForDeletion(actor);
  const { jobId } = JobKeySchema.parse(input);
  const retried = await context.db.transaction(async (tx) => {
    const job = await findJob(tx, environment.id, jobId);
    if (job === null) throw new AppError("not_found", { message: `There is no job with the id ${jobId}.` });
    const count = await requeueFailedItems(tx, environment.id, jobId);
    if (count > 0) {
      await writeAudit(tx, environment.id, actor, context.now(), [
        {
          action: "job.delete_test_users_started",
          target: { kind: "job", id: jobId, name: "Development" },
          after: { retried: count },
        },
      ]);
    }
    return count;
  });
  if (retried > 0) {
    await publishAfterCommit(context, { type: "job.queued", environmentId: environment.id });
  }
  return { retried };
}
