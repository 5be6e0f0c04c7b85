import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { lockSeats } from "../users/seat-store";
import { developmentForRuns } from "./development-only";
import { countMembers } from "./member-store";
import { requireFree } from "./require-free";
import { type ExtendTestRunInput, ExtendTestRunSchema, type TestRunSummary } from "./schema";
import { stateOf, summaryOf } from "./summary";
import { findTestRun, updateTestRun } from "./test-run-store";

const MINUTE_MS = 60_000;

/**
 * Lets a live run live so long from now, never shorter than it would anyway, and changes how many seats are reserved for it. Throws
 * `test_run_not_found`, `test_run_over`, `seats_not_free`, `version_conflict` when it is not as `seen`, `development_only`, `forbidden`.
 */
export async function extendTestRun(
  context: Context,
  actor: Actor,
  input: ExtendTestRunInput,
): Promise<TestRunSummary> {
  const environment = developmentForRuns(actor, "test_runs.start");
  const { runId, minutes, reserved: wanted, seen } = ExtendTestRunSchema.parse(input);
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx, run) => {
    const seats = await lockSeats(run, environment.id, now);
    const stored = await findTestRun(tx, environment.id, runId);
    if (stored === null) throw new AppError("test_run_not_found");
    const target = { kind: "test_run", id: runId } as const;
    if (stateOf(stored, now) !== "live") {
      throw new AppError("test_run_over", { message: `The test run ${runId} is over. Start a new one.` });
    }
    await requireSeen(run, actor, {
      seen,
      current: { expiresAt: stored.expiresAt.getTime(), reserved: stored.reserved },
      told: { expiresAt: stored.expiresAt.toISOString(), reserved: stored.reserved },
      target,
      actions: ["test_run.extended", "test_run.started"],
    });
    const counts = (await countMembers(run, environment.id, [runId])).get(runId);
    const reserved = wanted ?? stored.reserved;
    if (reserved > stored.reserved) {
      const others = seats.runs.filter(({ id }) => id !== runId);
      requireFree({ ...seats, runs: others }, { reserved, users: counts?.users ?? 0 });
    }
    const end = minutes === undefined ? 0 : now + minutes * MINUTE_MS;
    const expiresAt = end > stored.expiresAt.getTime() ? new Date(end) : stored.expiresAt;
    const result = summaryOf({ ...stored, expiresAt, reserved }, counts, now);
    const changed = {
      ...(expiresAt === stored.expiresAt ? {} : { expiresAt }),
      ...(reserved === stored.reserved ? {} : { reserved }),
    };
    if (Object.keys(changed).length === 0) return { result };
    await updateTestRun(tx, environment.id, runId, changed);
    return {
      result,
      audit: [
        {
          action: "test_run.extended",
          target,
          before: { expiresAt: stored.expiresAt.toISOString(), reserved: stored.reserved },
          after: { expiresAt: expiresAt.toISOString(), reserved },
        },
      ],
    };
  });
}
