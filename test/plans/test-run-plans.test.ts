import { beforeAll, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import type { EnvironmentRef } from "@/lib/core/actor";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import { getQuota } from "@/lib/core/quota/get-quota";
import { endTestRun, planEndOfTestRun } from "@/lib/core/test-runs/end-test-run";
import { extendTestRun } from "@/lib/core/test-runs/extend-test-run";
import { getTestRun } from "@/lib/core/test-runs/get-test-run";
import { keepRunUser } from "@/lib/core/test-runs/keep-run-user";
import { listTestRuns } from "@/lib/core/test-runs/list-test-runs";
import { deleteOldTestRuns } from "@/lib/core/test-runs/run-sweep-store";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";
import { sweepTestRuns } from "@/lib/core/test-runs/sweep-test-runs";
import { countUsers } from "@/lib/core/users/count-users";
import { USER_SORTS } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { scansOf as guardedScansOf, walk } from "./scans";

/**
 * Test runs read no table from end to end, however many users and runs of others, and runs of the past, are stored: 60,000 users and
 * 60,000 runs in three environments. The use cases run; every statement they send is explained.
 */

const context = testContext();
const GUARDED = new Set(["users", "test_runs", "test_run_users", "connections"]);

let development: EnvironmentRef;
const admin = () => operatorOf("admin", development);

beforeAll(async () => {
  const apps = [await createTestApp(context()), await createTestApp(context()), await createTestApp(context())];
  for (const [n, app] of apps.entries()) {
    const { ref } = app.development;
    await bulkInsertUsers(context().db.pool, {
      environmentId: ref.id,
      count: n === 0 ? 9_000 : 25_000,
      now: context().now(),
    });
    await context().db.pool.query(
      `INSERT INTO test_runs (environment_id, id, label, reserved, started_by_kind, started_by_id, started_by_name, started_at, expires_at, ended_at)
       SELECT $1::int, 'run-' || n, '', 10, 'system', 'cli', 'Command line', now() - n * interval '2 minutes', now() - n * interval '1 minute', now() - n * interval '1 minute'
       FROM generate_series(1, 20000) AS n`,
      [ref.id],
    );
    await context().db.pool.query(
      `INSERT INTO test_run_users (environment_id, user_id, run_id)
       SELECT $1::int, user_id, 'run-' || right(user_id, 2) FROM users WHERE environment_id = $1::int`,
      [ref.id],
    );
    await context().db.pool.query(
      `INSERT INTO connections (environment_id, user_id, id, node_id, platform, sdk, device, ip, connected_at)
       SELECT $1::int, user_id, gen_random_uuid(), gen_random_uuid(), 'Web', '', '', '', now() FROM users WHERE environment_id = $1::int AND user_id LIKE '%7'`,
      [ref.id],
    );
  }
  development = (apps[0] as (typeof apps)[number]).development.ref;
  await changeUserLimit(context(), operatorOf("owner", development), { limit: 10_000 });
  await context().db.pool.query("VACUUM ANALYZE");
}, 120_000);

const scansOf = (work: () => Promise<unknown>) => guardedScansOf(context().url, GUARDED, work);

const register = (userId: string, testRun?: string) =>
  registerUser(context(), appServerOf(development), { userId, name: userId }, testRun === undefined ? {} : { testRun });

test("registering with and without a run, and being refused", async () => {
  await startTestRun(context(), admin(), { id: "live", reserved: 100, userIdPrefix: "live-" });
  const scans = await scansOf(async () => {
    await register("plain");
    await register("named", "live");
    await register("named", "live");
    await register("live-prefixed");
    await register("ended", "run-5");
    const left = await startTestRun(context(), admin(), { id: "rest", reserved: 850 });
    await extendTestRun(context(), admin(), { runId: left.id, reserved: 890 });
    await Promise.allSettled(Array.from({ length: 20 }, (_, n) => register(`late-${n}`)));
    await getQuota(context(), admin());
  });
  expect(scans).toEqual([]);
});

test("the list, a run of its own and keeping a user", async () => {
  const [first] = (await listUsers(context(), admin(), { run: "run-42" })).rows;
  const scans = await scansOf(async () => {
    for (const state of [undefined, "live", "over"] as const) {
      await walk((cursor) => listTestRuns(context(), admin(), { state, size: 25, cursor }));
    }
    await getTestRun(context(), admin(), { runId: "run-42" });
    await keepRunUser(context(), admin(), { runId: "run-42", userId: first?.userId ?? "" });
  });
  expect(scans).toEqual([]);
});

test("the users of a run, in every order, searched and counted", async () => {
  const scans = await scansOf(async () => {
    for (const sort of USER_SORTS) {
      await walk((cursor) => listUsers(context(), admin(), { run: "run-42", sort, cursor }));
      await walk((cursor) => listUsers(context(), admin(), { run: "run-42", q: "user_", sort, cursor }));
    }
    await listUsers(context(), admin(), { run: "run-42", presence: "online", status: "banned" });
    await countUsers(context(), admin(), { run: "run-42" });
    await countUsers(context(), admin(), { run: "run-42", q: "user_" });
  });
  expect(scans).toEqual([]);
});

test("ending and expiring runs, and forgetting old ones", async () => {
  await startTestRun(context(), admin(), { id: "short", minutes: 1 });
  await register("of-short", "short");
  const scans = await scansOf(async () => {
    await planEndOfTestRun(context(), admin(), { runId: "run-17" });
    await endTestRun(context(), admin(), { runId: "run-17" });
    await sweepTestRuns({ ...context(), now: () => context().now() + 120_000 });
    await deleteOldTestRuns(context().db.prisma, new Date(context().now()), 1_000);
    await deleteOldTestRuns(context().db.prisma, new Date(context().now() + 20 * 86_400_000), 1_000);
  });
  expect(scans).toEqual([]);
});
