import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentId, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { randomText } from "../ids";
import type { Seats } from "../users/seat-pool";
import { lockSeats } from "../users/seat-store";
import { developmentForRuns } from "./development-only";
import { hasMembers } from "./member-store";
import { requireFree } from "./require-free";
import { LIVE_RUNS_MAX, type StartTestRunInput, StartTestRunSchema, type TestRunSummary } from "./schema";
import { summaryOf } from "./summary";
import { deleteTestRun, findTestRun, insertTestRun } from "./test-run-store";

const MINUTE_MS = 60_000;

/** Short enough to be read aloud; one that exists is refused, and is not met in practice. */
const newRunId = () => `run-${randomText(6)}`;

/**
 * Starts a test run: users who register in it are deleted together, when it is ended or expires. Seats reserved for it are
 * nobody else's from now on. The id of a run that is over is free again once its users are gone.
 *
 * Throws `test_run_exists`, `seats_not_free`, `test_run_limit_reached`, `invalid_parameter` for a prefix that another live run has,
 * `development_only`, `forbidden`.
 */
export async function startTestRun(context: Context, actor: Actor, input: StartTestRunInput): Promise<TestRunSummary> {
  const environment = developmentForRuns(actor, "test_runs.start");
  const { id = newRunId(), label, minutes, reserved, userIdPrefix = null } = StartTestRunSchema.parse(input);
  const now = context.now();
  const by = nameOf(actor);
  const expiresAt = new Date(now + minutes * MINUTE_MS);
  return executeWithPrisma(context, actor, async (tx, run) => {
    const seats = await lockSeats(run, environment.id, now);
    await freeId(tx, environment.id, id, now);
    if (seats.runs.length >= LIVE_RUNS_MAX) {
      throw new AppError("test_run_limit_reached", {
        message: `${LIVE_RUNS_MAX} test runs are live, which is as many as may be. End one first.`,
      });
    }
    requireOwnPrefix(seats, userIdPrefix);
    requireFree(seats, { reserved, users: 0 });
    const started = { id, label, userIdPrefix, reserved, startedAt: new Date(now), expiresAt };
    const starter = { startedByKind: by.kind, startedByName: by.name };
    await insertTestRun(tx, environment.id, { ...started, ...starter, startedById: by.id });
    const stored = { ...started, ...starter, endedAt: null, endedByName: null, jobId: null };
    return {
      result: summaryOf(stored, undefined, now),
      audit: [
        {
          action: "test_run.started",
          target: { kind: "test_run", id },
          after: {
            ...(label === "" ? {} : { label }),
            expiresAt: expiresAt.toISOString(),
            ...(reserved === 0 ? {} : { reserved }),
            ...(userIdPrefix === null ? {} : { userIdPrefix }),
          },
        },
      ],
    };
  });
}

/** Throws `test_run_exists` unless the id can be taken: by nobody, or by a run that is over and has no users left. */
async function freeId(tx: Db, environmentId: EnvironmentId, id: string, now: number): Promise<void> {
  const former = await findTestRun(tx, environmentId, id);
  if (former === null) return;
  if (former.endedAt === null && former.expiresAt.getTime() > now) {
    throw new AppError("test_run_exists", { field: "id", message: `The test run ${id} is live already.` });
  }
  if (await hasMembers(tx, environmentId, id)) {
    throw new AppError("test_run_exists", {
      field: "id",
      message: `A test run ${id} is over, and its users are being deleted. Try again in a minute, or choose another ID.`,
    });
  }
  await deleteTestRun(tx, environmentId, id);
}

function requireOwnPrefix({ runs }: Seats, userIdPrefix: string | null): void {
  const other = runs.find((run) => userIdPrefix !== null && run.userIdPrefix === userIdPrefix);
  if (other === undefined) return;
  throw new AppError("invalid_parameter", {
    field: "userIdPrefix",
    message: `The test run ${other.id} has this prefix. Choose another.`,
  });
}
