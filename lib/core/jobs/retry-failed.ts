import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requeueFailedItems } from "./job-store";
import { toJobSummary } from "./job-summary";
import { jobTarget } from "./job-target";
import { requireJob } from "./require-job";
import { JobKeySchema } from "./schema";

/**
 * Queues a finished job's failed items again, under the same job. `retried` is how many; 0 when nothing failed or the
 * job still runs. Throws as `requireJob` does.
 */
export async function retryFailed(
  context: Context,
  actor: Actor,
  input: { jobId: string },
): Promise<{ retried: number }> {
  const { jobId } = JobKeySchema.parse(input);
  const environment = environmentOf(actor);
  return executeWithPrisma(context, actor, async (tx) => {
    const job = await requireJob(tx, actor, jobId);
    const retried = await requeueFailedItems(tx, environment.id, jobId);
    if (retried === 0) return { result: { retried } };
    return {
      result: { retried },
      audit: [{ action: "job.retried", target: jobTarget(toJobSummary(job)), after: { retried } }],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}
