import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { lockSeats } from "../users/seat-store";
import { refuseWhileDeleting } from "./close-run";
import { developmentForRuns } from "./development-only";
import { leaveTestRun } from "./member-store";
import { type KeepRunUserInput, KeepRunUserSchema } from "./schema";
import { findTestRun } from "./test-run-store";

/**
 * Keeps a user beyond a run: the user belongs to none any more, and is not deleted with it. Throws `not_in_test_run`,
 * `test_run_not_found`, `test_run_over` once they are being deleted, `development_only`, `forbidden`.
 */
export async function keepRunUser(
  context: Context,
  actor: Actor,
  input: KeepRunUserInput,
): Promise<{ userId: string }> {
  const environment = developmentForRuns(actor, "test_runs.start");
  const { runId, userId } = KeepRunUserSchema.parse(input);
  return executeWithPrisma(context, actor, async (tx, run) => {
    // Ending takes the same lock: the user is in its selection, or has left the run before.
    await lockSeats(run, environment.id, context.now());
    const stored = await findTestRun(tx, environment.id, runId);
    if (stored === null) throw new AppError("test_run_not_found");
    await refuseWhileDeleting(tx, environment, stored);
    if (!(await leaveTestRun(tx, environment.id, runId, userId))) {
      throw new AppError("not_in_test_run", { message: `${userId} does not belong to the test run ${runId}.` });
    }
    return {
      result: { userId },
      audit: [
        {
          action: "user.kept",
          target: { kind: "user", id: userId },
          before: { testRun: runId },
          after: { testRun: null },
        },
      ],
    };
  });
}
