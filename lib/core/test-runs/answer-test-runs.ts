import type { Database } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { RegistrationResult } from "../users/registration-store";
import { findRunsOfUsers } from "./member-store";
import { findRunEnds } from "./run-ends-store";
import { type NoTestRunReason, type TestRunAnswer, TestRunIdSchema } from "./schema";

interface Asked {
  readonly userId: string;
  /** The run that was named; undefined: none. */
  readonly named: string | undefined;
  /** What became of the registration; undefined: the user was registered so before. */
  readonly result: RegistrationResult | undefined;
}

/**
 * What became of the runs that registrations of a development environment have named, in their order. Reads only where a run
 * was named and a user did not join it. `at`: the pool, or the caller's transaction.
 */
export async function answerTestRuns(
  at: Database | Run,
  environmentId: EnvironmentId,
  asked: readonly Asked[],
): Promise<TestRunAnswer[]> {
  const open = asked.filter(({ named, result }) => named !== undefined && !hasJoined(result));
  const known = open.filter(({ result }) => result?.outcome !== "created");
  const created = open.filter(({ result }) => result?.outcome === "created");
  const runs = await findRunsOfUsers(
    at,
    environmentId,
    known.map(({ userId }) => userId),
  );
  const names = [...new Set(created.flatMap(({ named }) => (isRunId(named) ? [named] : [])))];
  const ends = await findRunEnds(at, environmentId, names);
  return asked.map(({ userId, named, result }): TestRunAnswer => {
    if (hasJoined(result)) return { run: result.testRun };
    if (named === undefined) return null;
    if (!isRunId(named)) return { run: null, reason: "malformed" };
    if (result?.outcome !== "created")
      return runs.get(userId) === named ? { run: named } : { run: null, reason: "registered" };
    return { run: null, reason: reasonOf(ends.get(named)) };
  });
}

const isRunId = (text: string | undefined): text is string => TestRunIdSchema.safeParse(text).success;

const hasJoined = (
  result: RegistrationResult | undefined,
): result is { readonly outcome: "created"; readonly testRun: string } =>
  result?.outcome === "created" && result.testRun !== undefined;

/** Of a run that does not live. */
function reasonOf(end: { readonly ended: boolean } | undefined): NoTestRunReason {
  if (end === undefined) return "unknown";
  return end.ended ? "ended" : "expired";
}
