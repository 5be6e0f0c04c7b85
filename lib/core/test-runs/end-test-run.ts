import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { fingerprintOf, planDeletion, selectUsers } from "../deletion/plan-deletion";
import type { DeletionPlan } from "../deletion/schema";
import { AppError } from "../errors";
import { lockSeats } from "../users/seat-store";
import { closeRun, refuseWhileDeleting, selectionOfRun } from "./close-run";
import { developmentForRuns } from "./development-only";
import { type EndTestRunInput, EndTestRunSchema, type TestRunKeyInput, TestRunKeySchema } from "./schema";
import { findTestRun } from "./test-run-store";

/** Dry run: whom ending a run would delete, changing nothing. Throws `test_run_not_found`, `development_only`, `forbidden`. */
export async function planEndOfTestRun(context: Context, actor: Actor, input: TestRunKeyInput): Promise<DeletionPlan> {
  const environment = developmentForRuns(actor, "test_runs.end");
  const { runId } = TestRunKeySchema.parse(input);
  if ((await findTestRun(context.db.prisma, environment.id, runId)) === null) throw new AppError("test_run_not_found");
  return planDeletion(context, actor, selectionOfRun(runId));
}

export interface EndedTestRun {
  readonly runId: string;
  /** How many users the job deletes. */
  readonly users: number;
  /** null: it had none. */
  readonly jobId: string | null;
}

/**
 * Ends a run: its users are deleted by a job that is started now, and its seats are free. Of a run that is over it deletes who is
 * left. Throws `version_conflict` when the dry run's users are not those of now, `test_run_not_found`, `test_run_over` when
 * it is over and nobody is left or they are being deleted, `forbidden` for whoever may not delete test users, `development_only`.
 */
export async function endTestRun(context: Context, actor: Actor, input: EndTestRunInput): Promise<EndedTestRun> {
  const environment = developmentForRuns(actor, "test_runs.end");
  if (actor.kind === "app_server") {
    throw new AppError("forbidden", { message: "App servers can’t end test runs, which deletes users." });
  }
  const { runId, planned } = EndTestRunSchema.parse(input);
  return executeWithPrisma(context, actor, async (tx, run) => {
    // Registrations take the same lock: whoever joins is in the selection, and nobody joins later.
    await lockSeats(run, environment.id, context.now());
    const now = context.now();
    const stored = await findTestRun(tx, environment.id, runId);
    if (stored === null) throw new AppError("test_run_not_found");
    const users = await selectUsers(tx, environment.id, selectionOfRun(runId));
    if (planned !== undefined && (planned.count !== users.length || planned.fingerprint !== fingerprintOf(users))) {
      throw new AppError("version_conflict", {
        message: `The test run has ${users.length === 1 ? "1 user" : `${users.length} users`} now, and not those that were shown. Check the new list and confirm again.`,
      });
    }
    await refuseWhileDeleting(tx, environment, stored);
    if (stored.endedAt !== null && users.length === 0) {
      throw new AppError("test_run_over", { message: `The test run ${runId} is over, and its users are gone.` });
    }
    const outcome = await closeRun(tx, actor, { environment, run: stored, users, action: "test_run.ended", now });
    return { ...outcome, result: { runId, users: users.length, ...outcome.result } };
  });
}
