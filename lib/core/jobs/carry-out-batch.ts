import { LEASE_MS } from "@/lib/queue/lease-store";
import type { ActorName, System } from "../actor";
import { realNow } from "../clock/environment-time";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { findPendingItems, recordResults } from "./job-item-store";
import type { JobKind } from "./kind";
import { type ClaimedJob, renewLease } from "./unfinished-job-store";

export interface BatchOutcome {
  /** The job under its renewed lease; null when it is another worker's now, or cancelled, and nothing was done. */
  readonly job: ClaimedJob | null;
  /** How many items were dealt with; 0 when none is pending. */
  readonly done: number;
}

/** The installation carrying out a job, named as the one who started it. */
function actorOf(job: ClaimedJob): System {
  const kind = (job.params as { createdByKind?: ActorName["kind"] } | null)?.createdByKind ?? "operator";
  return {
    kind: "system",
    source: "job",
    requestId: job.requestId,
    ip: "",
    environment: job.environment,
    onBehalfOf: { kind, id: job.createdById, name: job.createdByName },
  };
}

/**
 * Does the next `size` pending items of a job in one transaction: what the kind does, audit entries, item results, counters
 * and the renewed lease, all or none. So a worker that dies in the middle leaves nothing half done and nothing counted twice.
 */
export function carryOutBatch(
  context: Context,
  kind: JobKind,
  job: ClaimedJob,
  size: number = kind.batchSize,
): Promise<BatchOutcome> {
  const actor = actorOf(job);
  return executeWithPrisma(context, actor, async (tx, run): Promise<Outcome<BatchOutcome>> => {
    const held = await renewLease(tx, job, realNow(context) + LEASE_MS);
    if (held === null) return { result: { job: null, done: 0 } };
    const items = await findPendingItems(tx, job, size);
    if (items.length === 0) return { result: { job: held, done: 0 } };
    const batch = { context, tx, run, actor, environment: job.environment, job: held };
    const { result, ...follows } = await kind.carryOut(batch, items);
    await recordResults(tx, held, result, context.now());
    return { ...follows, result: { job: held, done: items.length } };
  });
}
