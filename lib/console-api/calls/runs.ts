import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { endTestRun, planEndOfTestRun } from "@/lib/core/test-runs/end-test-run";
import { extendTestRun } from "@/lib/core/test-runs/extend-test-run";
import { getTestRun } from "@/lib/core/test-runs/get-test-run";
import { keepRunUser } from "@/lib/core/test-runs/keep-run-user";
import { listTestRuns } from "@/lib/core/test-runs/list-test-runs";
import {
  ExtendTestRunSchema,
  type StartTestRunInput,
  StartTestRunSchema,
  TEST_RUN_STATES,
  type TestRunListQueryInput,
  TestRunListQuerySchema,
  type TestRunSummary,
} from "@/lib/core/test-runs/schema";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";
import { defineCall, type Given } from "../call";
import { Done, Moment, page } from "./shapes";

const Run = z.object({
  id: z.string(),
  label: z.string(),
  userIdPrefix: z.string().nullable(),
  state: z.enum(TEST_RUN_STATES),
  startedBy: z.string(),
  startedAt: Moment,
  expiresAt: Moment,
  endedAt: Moment.nullable(),
  jobId: z.string().nullable().describe("The job that deletes its users."),
  reserved: z.int(),
  users: z.int(),
  online: z.int(),
  seats: z.int().describe("Its users, and while it lives the reserved seats that are free."),
});

const toRun = (run: TestRunSummary) => ({
  id: run.id,
  label: run.label,
  userIdPrefix: run.userIdPrefix,
  state: run.state,
  startedBy: run.startedByName,
  startedAt: run.startedAt,
  expiresAt: run.expiresAt,
  endedAt: run.endedAt,
  jobId: run.jobId,
  reserved: run.reserved,
  users: run.users,
  online: run.online,
  seats: run.seats,
});

const runIdOf = ({ params }: Given) => params.run ?? "";

const RUNS = "/apps/{app}/{env}/runs" as const;
const common = { group: "Test runs", environments: "development" } as const;

export const getRuns = defineCall({
  ...common,
  method: "GET",
  path: RUNS,
  operationId: "listTestRuns",
  summary: "List test runs",
  description: "The latest first; `state=live` leaves out those that are over.",
  permission: "test_runs.read",
  input: TestRunListQuerySchema,
  output: page(Run),
  async run(context, actor, { input }) {
    const { rows, next, previous } = await listTestRuns(context, actor, input as TestRunListQueryInput);
    return { rows: rows.map(toRun), next, previous };
  },
});

export const postRun = defineCall({
  ...common,
  method: "POST",
  path: RUNS,
  operationId: "startTestRun",
  summary: "Start a test run",
  description:
    "Users who register with the header `X-Test-Run: <id>`, or with an ID that begins with `userIdPrefix`, belong to it and are deleted when it ends or expires. Seats that it reserves are nobody else’s.",
  permission: "test_runs.start",
  input: StartTestRunSchema,
  output: Run,
  status: 201,
  async run(context, actor, { input }) {
    return toRun(await startTestRun(context, actor, input as StartTestRunInput));
  },
});

export const getRun = defineCall({
  ...common,
  method: "GET",
  path: `${RUNS}/{run}`,
  operationId: "getTestRun",
  summary: "Get a test run",
  description: "With how many users it has and how many seats it holds.",
  permission: "test_runs.read",
  input: null,
  output: Run,
  async run(context, actor, given) {
    const run = await getTestRun(context, actor, { runId: runIdOf(given) });
    if (run === null) throw new AppError("test_run_not_found");
    return toRun(run);
  },
});

const ExtendSchema = ExtendTestRunSchema.pick({ minutes: true, reserved: true });

export const patchRun = defineCall({
  ...common,
  method: "PATCH",
  path: `${RUNS}/{run}`,
  operationId: "extendTestRun",
  summary: "Extend a test run",
  description:
    "It lives `minutes` from now, never shorter than it would anyway; `reserved` is how many seats it reserves from now on.",
  permission: "test_runs.start",
  input: ExtendSchema,
  output: Run,
  async run(context, actor, given) {
    const changes = given.input as z.input<typeof ExtendSchema>;
    return toRun(await extendTestRun(context, actor, { ...changes, runId: runIdOf(given) }));
  },
});

const EndSchema = z.object({ dryRun: z.boolean("Must be true or false.").default(false) });

export const endRun = defineCall({
  ...common,
  method: "POST",
  path: `${RUNS}/{run}/end`,
  operationId: "endTestRun",
  summary: "End a test run",
  description:
    "Starts the job that deletes its users; `jobId` is null when it had none. With `dryRun` nothing is changed: the answer says who would go.",
  permission: "test_runs.end",
  input: EndSchema,
  output: z.object({ count: z.int(), userIds: z.array(z.string()).nullable(), jobId: z.string().nullable() }),
  status: 202,
  async run(context, actor, given) {
    const runId = runIdOf(given);
    if (EndSchema.parse(given.input).dryRun) {
      const { count, willDelete } = await planEndOfTestRun(context, actor, { runId });
      return { count, userIds: willDelete.map(({ userId }) => userId), jobId: null };
    }
    const { users, jobId } = await endTestRun(context, actor, { runId });
    return { count: users, userIds: null, jobId };
  },
});

export const keepUser = defineCall({
  ...common,
  method: "POST",
  path: `${RUNS}/{run}/users/{user}/keep`,
  operationId: "keepTestRunUser",
  summary: "Keep a user beyond a test run",
  description: "The user belongs to no run any more, and is not deleted with it.",
  permission: "test_runs.start",
  input: z.object({}),
  output: Done,
  async run(context, actor, given) {
    await keepRunUser(context, actor, { runId: runIdOf(given), userId: given.params.user ?? "" });
  },
});
