import type { EnvironmentId, Operator } from "@/lib/core/actor";
import { planBulk } from "@/lib/core/bulk/plan-bulk";
import type { BulkActInput } from "@/lib/core/bulk/schema";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import { startBulk } from "@/lib/core/bulk/start-bulk";
import type { Context } from "@/lib/core/context";
import { getJob } from "@/lib/core/jobs/get-job";
import { runJob } from "@/lib/core/jobs/run-job";
import { type ClaimedJob, claimJob } from "@/lib/core/jobs/unfinished-job-store";

/** As the worker does that finds the job. */
export async function claimForTest(context: Context, jobId: string): Promise<ClaimedJob> {
  const { prisma } = context.db;
  const { environmentId } = await prisma.job.findFirstOrThrow({ where: { id: jobId } });
  const job = await claimJob(prisma, environmentId as EnvironmentId, context.now());
  if (job?.id !== jobId) throw new Error(`claimed ${job?.id} instead of ${jobId}`);
  return job;
}

/** A dry run and, of what it gives, the start; in an environment where nothing has to be typed. */
export async function startAfterDryRun(
  context: Context,
  actor: Operator,
  act: BulkActInput,
  selection: BulkSelectionInput,
): Promise<string> {
  const { at, count, capped } = await planBulk(context, actor, { act, selection });
  return (await startBulk(context, actor, { act, selection, plan: { at, count, capped } })).jobId;
}

/** Carries a job out to its end, in this process. */
export async function finishForTest(context: Context, actor: Operator, jobId: string) {
  await runJob(context, await claimForTest(context, jobId), () => false);
  const job = await getJob(context, actor, { jobId });
  if (job === null) throw new Error(`there is no job ${jobId}`);
  return job;
}
