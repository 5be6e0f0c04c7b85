import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentRef, nameOf } from "../actor";
import type { AuditAction } from "../audit/schema";
import type { Outcome } from "../command/outcome";
import type { DeletionCandidate } from "../deletion/schema";
import { AppError } from "../errors";
import { newId } from "../ids";
import { addItems } from "../jobs/job-item-store";
import { findJob, insertJob } from "../jobs/job-store";
import { type StoredTestRun, updateTestRun } from "./test-run-store";

/** What deleting the users of one run selects. */
export const selectionOfRun = (run: string) => ({ by: "run", run }) as const;

/** Throws `test_run_over` while the job of a run that is over deletes its users: nothing can be done about them any more. */
export async function refuseWhileDeleting(db: Db, environment: EnvironmentRef, run: StoredTestRun): Promise<void> {
  const job = run.jobId === null ? null : await findJob(db, environment.id, run.jobId);
  if (job?.state !== "queued" && job?.state !== "running") return;
  throw new AppError("test_run_over", { message: `The users of the test run ${run.id} are being deleted already.` });
}

interface Closing {
  readonly environment: EnvironmentRef;
  readonly run: StoredTestRun;
  /** Everybody who belongs to it. */
  readonly users: readonly Pick<DeletionCandidate, "userId" | "createdAt">[];
  readonly action: Extract<AuditAction, "test_run.ended" | "test_run.expired">;
  /** Unix milliseconds, under the lock. */
  readonly now: number;
}

/**
 * Ends a run in the caller's transaction, which holds the environment's seats, so that nobody joins it any more, and starts the job
 * that deletes its users (none where it has none). The one audit entry of the run names the job, whose own entries name the users.
 */
export async function closeRun(
  tx: Db,
  actor: Actor,
  { environment, run, users, action, now }: Closing,
): Promise<Outcome<{ readonly jobId: string | null }>> {
  const jobId = users.length === 0 ? null : newId.job();
  // The job leaves alone who registered after it was ordered. Another process's clock may be ahead of this one's.
  const orderedAt = users.reduce((latest, { createdAt }) => Math.max(latest, createdAt.getTime()), now);
  if (jobId !== null) {
    await insertJob(tx, environment.id, actor, {
      id: jobId,
      kind: "delete_test_users",
      params: { selection: selectionOfRun(run.id) },
      createdAt: new Date(orderedAt),
      selecting: false,
    });
    const items = users.map(({ userId }) => ({ targetId: userId }));
    await addItems(tx, { environmentId: environment.id, id: jobId, total: 0 }, items);
  }
  await updateTestRun(tx, environment.id, run.id, {
    ...(run.endedAt === null
      ? { endedAt: new Date(now), endedByName: action === "test_run.ended" ? nameOf(actor).name : null }
      : {}),
    ...(jobId === null ? {} : { jobId }),
  });
  return {
    result: { jobId },
    audit: [
      {
        action,
        target: { kind: "test_run", id: run.id },
        before: { expiresAt: run.expiresAt.toISOString(), reserved: run.reserved },
        after: { users: users.length, ...(jobId === null ? {} : { job: jobId }) },
      },
    ],
    events: jobId === null ? [] : [{ type: "job.queued", environmentId: environment.id }],
  };
}
