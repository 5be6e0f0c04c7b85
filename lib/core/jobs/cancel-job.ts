import { type Actor, environmentOf, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { cancelOpenJob } from "./job-store";
import { toJobSummary } from "./job-summary";
import { jobTarget } from "./job-target";
import { requireJob } from "./require-job";
import { JobKeySchema } from "./schema";

/**
 * Cancels a job that waits or runs, behind the batch in hand: what was done stays and is told, the rest is not done.
 * `cancelled` is false when the job was over already. Throws as `requireJob` does.
 */
export async function cancelJob(
  context: Context,
  actor: Actor,
  input: { jobId: string },
): Promise<{ cancelled: boolean }> {
  const { jobId } = JobKeySchema.parse(input);
  const { id: environmentId } = environmentOf(actor);
  return executeWithPrisma(context, actor, async (tx): Promise<Outcome<{ cancelled: boolean }>> => {
    const job = toJobSummary(await requireJob(tx, actor, jobId));
    const cancelled = await cancelOpenJob(tx, environmentId, jobId, nameOf(actor).name, context.now());
    if (!cancelled) return { result: { cancelled } };
    const { succeeded, skipped, failed, total } = job;
    return {
      result: { cancelled },
      audit: [{ action: "job.cancelled", target: jobTarget(job), after: { succeeded, skipped, failed, total } }],
    };
  });
}
