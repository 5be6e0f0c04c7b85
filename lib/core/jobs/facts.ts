import type { Permission } from "../permissions";

export const JOB_STATES = ["queued", "running", "finished", "cancelled"] as const;

export type JobState = (typeof JOB_STATES)[number];

interface JobKindFacts {
  /** Who may start, cancel, retry and undo it. */
  readonly permission: Permission;
  /** Begins its name: "Ban 120 users". */
  readonly title: string;
  /** What of it can be taken back, as a job of its own. */
  readonly undo?: true;
  readonly developmentOnly?: true;
}

/** What a job can be about. Browser-safe; kinds.ts says how each is carried out. */
export const JOB_KINDS = {
  ban: { permission: "users.ban", title: "Ban", undo: true },
  unban: { permission: "users.ban", title: "Unban", undo: true },
  invalidate_tokens: { permission: "users.invalidate_tokens", title: "Invalidate tokens of" },
  restore: { permission: "users.restore", title: "Restore" },
  add_tag: { permission: "tags.change", title: "Tag", undo: true },
  remove_tag: { permission: "tags.change", title: "Untag", undo: true },
  undo_bans: { permission: "users.ban", title: "Undo for" },
  copy_data: { permission: "users.copy_data", title: "Copy the data of" },
  delete_test_users: { permission: "users.delete_test", title: "Delete", developmentOnly: true },
  import_users: { permission: "users.register", title: "Import" },
} as const satisfies Record<string, JobKindFacts>;

export type JobKindName = keyof typeof JOB_KINDS;

export const jobKindFacts = (kind: string): JobKindFacts | undefined =>
  Object.hasOwn(JOB_KINDS, kind) ? JOB_KINDS[kind as JobKindName] : undefined;

/** "Ban 120 users". While its users are being chosen, the number that the dry run gave. */
export function jobTitle(job: Pick<JobSummary, "kind" | "total" | "selecting" | "expected">): string {
  const count = job.selecting ? Math.max(job.expected ?? 0, job.total) : job.total;
  const users = `${count.toLocaleString("en-US")} ${count === 1 ? "user" : "users"}`;
  return `${jobKindFacts(job.kind)?.title ?? `Job “${job.kind}” for`} ${users}`;
}

export interface JobSummary {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  /** Its users are still being chosen: `total` grows. */
  readonly selecting: boolean;
  readonly total: number;
  /** How many users the dry run before it gave; null: it chose from a list of ids. */
  readonly expected: number | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly createdByName: string;
  readonly requestId: string;
  readonly startedAt: Date | null;
  /** When it finished or was cancelled. */
  readonly finishedAt: Date | null;
  readonly cancelledByName: string | null;
  /** The job that this one takes back. */
  readonly undoOf: string | null;
}

/** How long finished and cancelled jobs are kept. */
export const JOBS_KEPT_DAYS = 30;
