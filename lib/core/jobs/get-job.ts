import { type Actor, environmentOf } from "../actor";
import { findAuditEntries } from "../audit/audit-list-store";
import { type BulkAct, BulkActSchema } from "../bulk/schema";
import { type JobSelection, JobSelectionSchema } from "../bulk/selection-schema";
import type { Context } from "../context";
import { type DeletionSelection, DeletionSelectionSchema } from "../deletion/schema";
import { requirePermission } from "../permissions";
import type { JobSummary } from "./facts";
import { findJob, findUndoJobs } from "./job-store";
import { toJobSummary } from "./job-summary";
import { JobKeySchema } from "./schema";

export interface JobDetail extends JobSummary {
  /** What the job was started to delete, by the wizard; null for others. */
  readonly selection: DeletionSelection | null;
  /** By what its users were chosen; null: they were named. */
  readonly chosenBy: JobSelection | null;
  /** What is done with each of its users; null where its kind says it all. */
  readonly act: BulkAct | null;
  /** The audit entry of the start. */
  readonly auditEntryId: string | null;
  /** The job that takes this one back. */
  readonly undoneBy: JobSummary | null;
}

/** A job of the actor's environment with its progress; null when there is none of this id. */
export async function getJob(context: Context, actor: Actor, input: { jobId: string }): Promise<JobDetail | null> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const parsed = JobKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const { jobId } = parsed.data;
  const db = context.db.prisma;
  const start = { target: { kind: "job", id: jobId }, at: { from: null, before: null } };
  const [job, entries, undoJobs] = await Promise.all([
    findJob(db, environmentId, jobId),
    findAuditEntries(db, environmentId, start, null, 100),
    findUndoJobs(db, environmentId, jobId),
  ]);
  if (job === null) return null;
  const { selection, act } = (job.params ?? {}) as { selection?: unknown; act?: unknown };
  const [undo] = undoJobs;
  return {
    ...toJobSummary(job),
    selection: DeletionSelectionSchema.safeParse(selection).data ?? null,
    chosenBy: JobSelectionSchema.safeParse(selection).data ?? null,
    act: BulkActSchema.safeParse(act).data ?? null,
    auditEntryId: entries.at(-1)?.id.toString() ?? null,
    undoneBy: undo === undefined ? null : toJobSummary(undo),
  };
}
