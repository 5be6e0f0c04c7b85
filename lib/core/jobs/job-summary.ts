import type { StoredJob } from "./job-store";
import type { JobSummary } from "./schema";

export function toJobSummary(job: StoredJob): JobSummary {
  const { id, kind, state, total, succeeded, failed } = job;
  const { createdAt, createdById, createdByName, requestId, startedAt, finishedAt } = job;
  return {
    id,
    kind,
    state,
    total,
    succeeded,
    failed,
    createdAt,
    createdById,
    createdByName,
    requestId,
    startedAt,
    finishedAt,
  };
}
