import type { JobSummary } from "./facts";
import type { StoredJob } from "./job-store";

export function toJobSummary(job: StoredJob): JobSummary {
  const { id, kind, state, selecting, total, succeeded, failed, skipped, undoOf } = job;
  const { createdAt, createdById, createdByName, requestId, startedAt, finishedAt, cancelledByName } = job;
  const { expected } = (job.params ?? {}) as { expected?: unknown };
  return {
    id,
    kind,
    state,
    selecting,
    total,
    expected: typeof expected === "number" ? expected : null,
    succeeded,
    failed,
    skipped,
    createdAt,
    createdById,
    createdByName,
    requestId,
    startedAt,
    finishedAt,
    cancelledByName,
    undoOf,
  };
}
