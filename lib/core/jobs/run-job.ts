import { LEASE_MS } from "@/lib/queue/lease-store";
import type { ActorName, System } from "../actor";
import type { Context } from "../context";
import { deleteSelectedUsers } from "../deletion/delete-selected-users";
import { asRefusal } from "../refusal";
import { failPendingItems, findJobItems } from "./job-item-store";
import { finishJob } from "./job-store";
import { type ClaimedJob, recordResults, renewLease } from "./unfinished-job-store";

/** Users deleted per transaction: a tenth of the time that one by one takes; 100 would gain little more and lock longer. */
export const BATCH_SIZE = 25;

/** The installation carrying out a job, named as the one who ordered it. */
function actorOf(job: ClaimedJob): System {
  const kind = (job.params as { createdByKind?: ActorName["kind"] } | null)?.createdByKind ?? "operator";
  return {
    kind: "system",
    source: "job",
    requestId: job.requestId,
    ip: "",
    environment: null,
    onBehalfOf: { kind, id: job.createdById, name: job.createdByName },
  };
}

/**
 * Carries a claimed job out until it is finished, the lease is lost or `stopping` says so. Returns the job as still
 * held (to be released), or null. Throws when the database fails; any worker goes on with it then.
 */
export async function runJob(
  context: Context,
  claimed: ClaimedJob,
  stopping: () => boolean,
): Promise<ClaimedJob | null> {
  if (claimed.kind !== "delete_test_users" || claimed.environmentName !== "development") {
    const code = claimed.environmentName === "development" ? "internal" : "development_only";
    context.log.error({ jobId: claimed.id, kind: claimed.kind, code }, "a job that must not run was refused");
    await refuse(context, claimed, code);
    return null;
  }
  let job = claimed;
  while (!stopping()) {
    const step = await nextStep(context, job);
    if (step === null) return null;
    job = step;
  }
  return job;
}

/** One batch, or its first item alone when the batch fails. Null when the job is finished or lost. */
async function nextStep(context: Context, job: ClaimedJob): Promise<ClaimedJob | null> {
  const batch = await deleteSelectedUsers(context, job, actorOf(job), BATCH_SIZE, LEASE_MS).catch((error: unknown) => {
    context.log.warn({ err: error, jobId: job.id }, "a batch failed; trying its first item alone");
    return null;
  });
  const outcome = batch ?? (await firstItemAlone(context, job));
  if (outcome.job === null) return null;
  if (outcome.done > 0) return outcome.job;
  await finish(context, outcome.job);
  return null;
}

async function firstItemAlone(context: Context, job: ClaimedJob) {
  try {
    return await deleteSelectedUsers(context, job, actorOf(job), 1, LEASE_MS);
  } catch (error) {
    const code = asRefusal(error).code;
    context.log.error({ err: error, jobId: job.id, code }, "an item of a job failed");
    return context.db.transaction(async (tx) => {
      const held = await renewLease(tx, job, context.now() + LEASE_MS);
      const [item] = held === null ? [] : await findJobItems(tx, job.environmentId, job.id, "pending", null, 1);
      if (held === null || item === undefined) return { job: held, done: 0 };
      await recordResults(tx, held, [{ position: item.position, state: "failed", errorCode: code }], context.now());
      return { job: held, done: 1 };
    });
  }
}

async function finish(context: Context, job: ClaimedJob): Promise<void> {
  await context.db.transaction(async (tx) => {
    const held = await renewLease(tx, job, context.now() + LEASE_MS);
    if (held !== null) await finishJob(tx, held, context.now());
  });
}

async function refuse(context: Context, job: ClaimedJob, code: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const held = await renewLease(tx, job, context.now() + LEASE_MS);
    if (held === null) return;
    await failPendingItems(tx, held, code, context.now());
    await finishJob(tx, held, context.now());
  });
}
