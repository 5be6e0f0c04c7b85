import type { Actor } from "../actor";
import type { Context } from "../context";
import { developmentForRuns } from "./development-only";
import { countMembers } from "./member-store";
import { TestRunAddressSchema, type TestRunKeyInput, type TestRunSummary } from "./schema";
import { summaryOf } from "./summary";
import { findTestRun } from "./test-run-store";

/** A run with its numbers; null when there is none of this id. Throws `development_only`, `forbidden`. */
export async function getTestRun(
  context: Context,
  actor: Actor,
  input: TestRunKeyInput,
): Promise<TestRunSummary | null> {
  const { id } = developmentForRuns(actor, "test_runs.read");
  const { runId } = TestRunAddressSchema.parse(input);
  const [run, counts] = await Promise.all([
    findTestRun(context.db.prisma, id, runId),
    countMembers(context.db, id, [runId]),
  ]);
  return run === null ? null : summaryOf(run, counts.get(runId), context.now());
}
