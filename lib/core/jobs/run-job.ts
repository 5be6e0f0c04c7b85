import { LEASE_MS } from "@/lib/queue/lease-store";
import { contextIn, realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { asRefusal } from "../refusal";
import { carryOutBatch } from "./carry-out-batch";
import { type JobKindName, jobKindFacts } from "./facts";
import { failPendingItems, findPendingItems, recordResults } from "./job-item-store";
import { finishJob } from "./job-store";
import type { JobKind } from "./kind";
import { JOB_KIND_WORK } from "./kinds";
import { selectItems } from "./select-items";
import { type ClaimedJob, renewLease } from "./unfinished-job-store";

/**
 * Carries a claimed job out until it is finished, the lease is lost or `stopping` says so: chooses its items, then does them
 * batch by batch. Returns the job as still held (to be released), or null. Throws when the database fails; any worker goes on
 * with it then.
 */
export async function runJob(
  installation: Context,
  claimed: ClaimedJob,
  stopping: () => boolean,
): Promise<ClaimedJob | null> {
  const context = contextIn(installation, claimed.environment);
  const facts = jobKindFacts(claimed.kind);
  const misplaced = facts?.developmentOnly === true && claimed.environment.name !== "development";
  if (facts === undefined || misplaced) {
    const code = misplaced ? "development_only" : "internal";
    context.log.error({ jobId: claimed.id, kind: claimed.kind, code }, "a job that must not run was refused");
    await refuse(context, claimed, code);
    return null;
  }
  const kind = JOB_KIND_WORK[claimed.kind as JobKindName];
  let job = claimed;
  while (!stopping()) {
    const step = job.selecting ? await selectMore(context, job) : await nextStep(context, kind, job);
    if (step === null) return null;
    job = step;
  }
  return job;
}

/** Null when the job was lost, or cannot choose its items and never will. */
async function selectMore(context: Context, job: ClaimedJob): Promise<ClaimedJob | null> {
  try {
    return await selectItems(context, job);
  } catch (error) {
    const refusal = asRefusal(error);
    // A fault of the database or of time may pass; a selection that is refused stays so.
    if (refusal.code === "internal" || refusal.code === "timeout" || refusal.code === "database_away") throw error;
    context.log.error({ err: error, jobId: job.id, code: refusal.code }, "a job could not choose its items");
    await refuse(context, job, refusal.code);
    return null;
  }
}

/** One batch, or its first item alone when the batch fails. Null when the job is finished or lost. */
async function nextStep(context: Context, kind: JobKind, job: ClaimedJob): Promise<ClaimedJob | null> {
  const batch = await carryOutBatch(context, kind, job).catch((error: unknown) => {
    // No item's fault: whoever claims the job next has the environment's time of now.
    if (asRefusal(error).code === "clock_moved") throw error;
    context.log.warn({ err: error, jobId: job.id }, "a batch failed; trying its first item alone");
    return null;
  });
  const outcome = batch ?? (await firstItemAlone(context, kind, job));
  if (outcome.job === null) return null;
  if (outcome.done > 0) return outcome.job;
  await finish(context, outcome.job);
  return null;
}

async function firstItemAlone(context: Context, kind: JobKind, job: ClaimedJob) {
  try {
    return await carryOutBatch(context, kind, job, 1);
  } catch (error) {
    const code = asRefusal(error).code;
    context.log.error({ err: error, jobId: job.id, code }, "an item of a job failed");
    return context.db.transaction(async (tx) => {
      const held = await renewLease(tx, job, realNow(context) + LEASE_MS);
      const [item] = held === null ? [] : await findPendingItems(tx, job, 1);
      if (held === null || item === undefined) return { job: held, done: 0 };
      await recordResults(tx, held, [{ position: item.position, state: "failed", errorCode: code }], context.now());
      return { job: held, done: 1 };
    });
  }
}

async function finish(context: Context, job: ClaimedJob): Promise<void> {
  await context.db.transaction(async (tx) => {
    const held = await renewLease(tx, job, realNow(context) + LEASE_MS);
    if (held !== null) await finishJob(tx, held, context.now());
  });
}

async function refuse(context: Context, job: ClaimedJob, code: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const held = await renewLease(tx, job, realNow(context) + LEASE_MS);
    if (held === null) return;
    await failPendingItems(tx, held, code, context.now());
    await finishJob(tx, held, context.now());
  });
}
