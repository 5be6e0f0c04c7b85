import type { MemberCounts } from "./member-store";
import type { TestRunState, TestRunSummary } from "./schema";
import type { StoredTestRun } from "./test-run-store";

/** `now` is Unix milliseconds. Who ended nothing had it expire. */
export function stateOf({ endedAt, endedByName, expiresAt }: StoredTestRun, now: number): TestRunState {
  if (endedAt === null && expiresAt.getTime() > now) return "live";
  return endedByName === null ? "expired" : "ended";
}

/** `counts` undefined: nobody belongs to the run. */
export function summaryOf(run: StoredTestRun, counts: MemberCounts | undefined, now: number): TestRunSummary {
  const state = stateOf(run, now);
  const { users, online, softDeleted } = counts ?? { users: 0, online: 0, softDeleted: 0 };
  return { ...run, state, users, online, softDeleted, seats: state === "live" ? Math.max(users, run.reserved) : users };
}
