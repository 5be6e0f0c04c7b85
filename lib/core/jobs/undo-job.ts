import { type Actor, environmentOf } from "../actor";
import { type BulkAct, BulkActSchema } from "../bulk/schema";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { type JobKindName, jobKindFacts } from "./facts";
import { findUndoJobs, insertJob, type StoredJob } from "./job-store";
import { toJobSummary } from "./job-summary";
import { jobTarget } from "./job-target";
import { requireJob } from "./require-job";
import { JobKeySchema } from "./schema";

/**
 * Starts the job that takes another one back: with each user whom that one has changed it does what gives back what was
 * there before, unless somebody has changed it since. Throws as `requireJob` does, and `invalid_parameter` where there is
 * nothing to take back, or where it is done already.
 */
export async function undoJob(context: Context, actor: Actor, input: { jobId: string }): Promise<{ jobId: string }> {
  const { jobId } = JobKeySchema.parse(input);
  const environment = environmentOf(actor);
  const now = context.now();
  const id = newId.job();
  return executeWithPrisma(context, actor, async (tx) => {
    const job = await requireJob(tx, actor, jobId);
    const refuse = (message: string) => new AppError("invalid_parameter", { field: "jobId", message });
    const way = jobKindFacts(job.kind)?.undo === true ? wayBack(job) : null;
    if (way === null) throw refuse("What this job has done cannot be undone.");
    if (job.state !== "finished" && job.state !== "cancelled")
      throw refuse("The job is still running. Cancel it first.");
    if (job.succeeded === 0) throw refuse("There is nothing to undo. The job changed no users.");
    const before = await findUndoJobs(tx, environment.id, jobId);
    if (before.some(({ state }) => state !== "cancelled")) throw refuse("This job is already undone.");
    await insertJob(tx, environment.id, actor, {
      id,
      kind: way.kind,
      // Whoever registered after the first job was started was not changed by it.
      params: {
        ...(way.act === null ? {} : { act: way.act }),
        selection: { by: "job", jobId },
        expected: job.succeeded,
        plannedAt: job.createdAt,
      },
      createdAt: new Date(now),
      selecting: true,
      undoOf: jobId,
    });
    return {
      result: { jobId: id },
      audit: [{ action: "job.undone", target: jobTarget(toJobSummary(job)), after: { job: id, users: job.succeeded } }],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}

/** What takes a job back: the kind of the other job, and what that is to do. */
function wayBack(job: StoredJob): { readonly kind: JobKindName; readonly act: BulkAct | null } | null {
  const act = BulkActSchema.safeParse((job.params as { act?: unknown } | null)?.act).data;
  switch (act?.kind) {
    case "ban":
    case "unban":
      return { kind: "undo_bans", act: null };
    case "add_tag":
      return { kind: "remove_tag", act: { kind: "remove_tag", tag: act.tag } };
    case "remove_tag":
      return { kind: "add_tag", act: { kind: "add_tag", tag: act.tag } };
    default:
      return null;
  }
}
