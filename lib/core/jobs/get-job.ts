import { type Actor, environmentOf } from "../actor";
import { findAuditEntries } from "../audit/audit-list-store";
import type { Context } from "../context";
import { type DeletionSelection, DeletionSelectionSchema } from "../deletion/schema";
import { requirePermission } from "../permissions";
import { findJob } from "./job-store";
import { toJobSummary } from "./job-summary";
import { JobKeySchema, type JobSummary } from "./schema";

export interface JobDetail extends JobSummary {
  /** What the job was ordered to delete; null for other kinds. */
  readonly selection: DeletionSelection | null;
  /** The audit entry of the order. */
  readonly auditEntryId: string | null;
}

/** A job of the actor's environment with its progress; null when there is none of this id. */
export async function getJob(context: Context, actor: Actor, input: { jobId: string }): Promise<JobDetail | null> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const parsed = JobKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const { jobId } = parsed.data;
  const db = context.db.prisma;
  const order = { target: { kind: "job", id: jobId }, at: { from: null, before: null } };
  const [job, entries] = await Promise.all([
    findJob(db, environmentId, jobId),
    findAuditEntries(db, environmentId, order, null, 100),
  ]);
  if (job === null) return null;
  const params = job.params as { selection?: unknown } | null;
  const selection = DeletionSelectionSchema.safeParse(params?.selection);
  return {
    ...toJobSummary(job),
    selection: selection.success ? selection.data : null,
    auditEntryId: entries.at(-1)?.id.toString() ?? null,
  };
}
