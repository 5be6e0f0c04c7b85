import { beforeAll, expect, test } from "vitest";
import { getTestRun } from "@/lib/core/test-runs/get-test-run";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { keptFaults, type PlanShape } from "./kept-plans";
import { type RecordedQuery, recordQueries } from "./recorded-queries";

/** As kept-user-plans.test.ts, of what registrations and the console ask about test runs. */

const context = testContext();
const SHAPE: PlanShape = {
  guarded: new Set(["users", "test_runs", "test_run_users", "connections"]),
  // All users of a run, all of an environment.
  ordered: new Set([
    "test_run_users_environment_id_run_id_user_id_idx",
    "users_environment_id_created_at_user_id_idx",
    "test_runs_environment_id_started_at_id_idx",
  ]),
  looksUpOne: /user_id = |\bid = /,
};
/** The key gives all users of an environment that belong to any run: the users of one run have an index of their own. */
const BY_RUN: PlanShape = { ...SHAPE, ordered: new Set(["test_run_users_pkey"]), looksUpOne: /run_id = / };

const COUNT = /\(SELECT count\(\*\)::int FROM users WHERE environment_id = \$1 AND soft_deleted_at IS NULL\) AS taken/;

let queries: RecordedQuery[];

beforeAll(async () => {
  const { ref } = (await createTestApp(context())).development;
  const admin = operatorOf("admin", ref);
  const register = (userId: string, testRun?: string) =>
    registerUser(context(), appServerOf(ref), { userId, name: userId }, testRun === undefined ? {} : { testRun });
  queries = await recordQueries(async () => {
    await startTestRun(context(), admin, { id: "pw", reserved: 5 });
    await register("ann");
    await register("bob", "pw");
    await register("bob", "pw");
    await register("cat", "unknown");
    await startTestRun(context(), admin, { id: "rest", reserved: 92 });
    await Promise.allSettled([register("dan"), register("eve")]);
    await getTestRun(context(), admin, { runId: "pw" });
  });
});

test.each([1.1, 4])("every kept plan searches the right index, with random_page_cost %s", async (cost) => {
  const asked = queries
    .filter(({ text }) => /test_run/.test(text))
    // Counting the users of an environment looks at all of them; what is asked of its runs beside that is looked at here.
    .map(({ text, values }) => ({ text: text.replace(COUNT, "$$1::int AS taken"), values }));
  expect(asked.length).toBeGreaterThan(5);
  expect(await keptFaults(context().url, asked, cost, SHAPE)).toEqual({});
  expect(await keptFaults(context().url, asked, cost, BY_RUN)).toEqual({});
});
