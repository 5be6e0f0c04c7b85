import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { developmentForDeletion } from "../deletion/test-users-only";
import { AppError } from "../errors";
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
  return executeWithPrisma(context, actor, async (tx) => {
    const job = await findJob(tx, environment.id, jobId);
    if (job === null) throw new AppError("not_found", { message: `There is no job with the id ${jobId}.` });
    const retried = await requeueFailedItems(tx, environment.id, jobId);
    if (retried === 0) return { result: { retried } };
    return {
      result: { retried },
      audit: [
        {
          action: "job.delete_test_users_started",
          target: { kind: "job", id: jobId, name: "Development" },
          after: { retried },
        },
      ],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}
