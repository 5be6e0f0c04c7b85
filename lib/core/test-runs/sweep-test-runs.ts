import type { EnvironmentRef, System } from "../actor";
import { findEnvironmentsByIds } from "../apps/environment-store";
import { contextIn } from "../clock/environment-time";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { findSelectedUsers } from "../deletion/deletion-store";
import { newId } from "../ids";
import { lockSeats } from "../users/seat-store";
import { closeRun, selectionOfRun } from "./close-run";
import { findExpiredRuns } from "./run-sweep-store";
import { findTestRun } from "./test-run-store";

/** Runs that one round ends; the rest is for the next one. */
const ROUND_MAX = 100;
/** Far more than ever hold a seat at once: soft-deleted users belong to a run as well. */
const USERS_MAX = 30_000;

/**
 * Ends the runs that have expired and starts the jobs that delete their users, with one audit entry for each run; gives how many. Any
 * number of processes may do so at once: each run is ended by one. One that fails hinders no other, and fails the round afterwards.
 */
export async function sweepTestRuns(context: Context): Promise<number> {
  const expired = await findExpiredRuns(context.db.prisma, new Date(context.now()), ROUND_MAX);
  if (expired.length === 0) return 0;
  const ids = new Set(expired.map(({ environmentId }) => environmentId));
  const environments = await findEnvironmentsByIds(context.db.prisma, [...ids]);
  let ended = 0;
  const failures: unknown[] = [];
  for (const { environmentId, id } of expired) {
    const environment = environments.get(environmentId);
    // Its app has been deleted meanwhile.
    if (environment === undefined) continue;
    try {
      if (await expire(context, environment, id)) ended += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some expired test runs could not be ended");
  return ended;
}

/** False: somebody was faster, or the run has been extended. */
function expire(installation: Context, environment: EnvironmentRef, id: string): Promise<boolean> {
  const context = contextIn(installation, environment);
  const actor: System = { kind: "system", source: "job", requestId: newId.request(), ip: "", environment };
  return executeWithPrisma(context, actor, async (tx, run) => {
    // Whoever registers in the run has done so before, or finds it expired.
    await lockSeats(run, environment.id, context.now());
    const now = context.now();
    const stored = await findTestRun(tx, environment.id, id);
    if (stored === null || stored.endedAt !== null || stored.expiresAt.getTime() > now) return { result: false };
    const users = await findSelectedUsers(tx, environment.id, selectionOfRun(id), USERS_MAX);
    const outcome = await closeRun(tx, actor, { environment, run: stored, users, action: "test_run.expired", now });
    return { ...outcome, result: true };
  });
}
