import { describe, expect, test } from "vitest";
import { recordQueries } from "@/test/plans/recorded-queries";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { finishForTest } from "@/test/support/jobs";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import { getJob } from "../jobs/get-job";
import { getQuotaUse } from "../quota/get-quota";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";
import { endTestRun, planEndOfTestRun } from "./end-test-run";
import { extendTestRun } from "./extend-test-run";
import { getTestRun } from "./get-test-run";
import { keepRunUser } from "./keep-run-user";
import { listTestRuns } from "./list-test-runs";
import { startTestRun } from "./start-test-run";
import { sweepTestRuns } from "./sweep-test-runs";

const context = testContext();
const MINUTE_MS = 60_000;

async function setUp() {
  const { development, production } = await createTestApp(context());
  const { ref } = development;
  return { ref, production: production.ref, admin: operatorOf("admin", ref), viewer: operatorOf("viewer", ref) };
}

const register = (ref: EnvironmentRef, userId: string, testRun?: string) =>
  registerUser(context(), appServerOf(ref), { userId, name: userId }, testRun === undefined ? {} : { testRun });

const registered = async ({ id }: EnvironmentRef) =>
  (await context().db.prisma.user.findMany({ where: { environmentId: id }, orderBy: { userId: "asc" } })).map(
    ({ userId }) => userId,
  );

describe("starting and extending", () => {
  test("a run lives two hours unless it is said otherwise, and is listed with who started it", async () => {
    const { ref, admin, viewer } = await setUp();
    const before = context().now();
    const run = await startTestRun(context(), admin, { label: "Nightly" });
    expect(run).toMatchObject({
      id: expect.stringMatching(/^run-[a-z0-9]{6}$/),
      label: "Nightly",
      state: "live",
      startedByName: "Test admin",
      reserved: 0,
      users: 0,
      seats: 0,
    });
    expect(run.expiresAt.getTime() - before).toBeGreaterThanOrEqual(120 * MINUTE_MS);
    expect(run.expiresAt.getTime() - before).toBeLessThan(121 * MINUTE_MS);
    await startTestRun(context(), systemOf(ref), { id: "pw-4711", minutes: 1 });
    const { rows } = await listTestRuns(context(), viewer, {});
    expect(rows.map(({ id, startedByName }) => [id, startedByName])).toEqual([
      ["pw-4711", "Command line"],
      [run.id, "Test admin"],
    ]);
  });

  test.each([
    [{ id: "" }, "id"],
    [{ id: "has space" }, "id"],
    [{ id: "-first" }, "id"],
    [{ id: "x".repeat(41) }, "id"],
    [{ minutes: 0 }, "minutes"],
    [{ minutes: 7 * 24 * 60 + 1 }, "minutes"],
    [{ minutes: 1.5 }, "minutes"],
    [{ reserved: -1 }, "reserved"],
    [{ userIdPrefix: "a b" }, "userIdPrefix"],
  ])("%j is refused by its field", async (input, field) => {
    const { admin } = await setUp();
    await expect(startTestRun(context(), admin, input)).rejects.toMatchObject({ issues: [{ path: [field] }] });
  });

  test("an id belongs to one live run, and is free again once the users of the one before are gone", async () => {
    const { ref, admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw" });
    await expect(startTestRun(context(), admin, { id: "pw" })).rejects.toMatchObject({ code: "test_run_exists" });
    await register(ref, "alice", "pw");
    const { jobId } = await endTestRun(context(), admin, { runId: "pw" });
    await expect(startTestRun(context(), admin, { id: "pw" })).rejects.toThrow("are being deleted");
    await finishForTest(context(), admin, jobId ?? "");
    expect(await startTestRun(context(), admin, { id: "pw" })).toMatchObject({ state: "live", users: 0 });
  });

  test("of several who start a run of one id at once exactly one does", async () => {
    const { admin } = await setUp();
    const started = await Promise.allSettled([1, 2, 3, 4].map(() => startTestRun(context(), admin, { id: "pw" })));
    expect(started.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("two live runs cannot have the same prefix", async () => {
    const { admin } = await setUp();
    await startTestRun(context(), admin, { id: "one", userIdPrefix: "e2e-" });
    await startTestRun(context(), admin, { id: "two", userIdPrefix: "e2e-2-" });
    await expect(startTestRun(context(), admin, { id: "three", userIdPrefix: "e2e-" })).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "userIdPrefix",
    });
  });

  test("extending counts from now, never shortens, and is recorded with both ends", async () => {
    const { admin } = await setUp();
    const run = await startTestRun(context(), admin, { id: "pw", minutes: 60 });
    expect((await extendTestRun(context(), admin, { runId: "pw", minutes: 30 })).expiresAt).toEqual(run.expiresAt);
    const later = await extendTestRun(context(), admin, { runId: "pw", minutes: 7 * 24 * 60 });
    expect(later.expiresAt.getTime()).toBeGreaterThan(run.expiresAt.getTime());
    await expect(extendTestRun(context(), admin, { runId: "pw", minutes: 7 * 24 * 60 + 1 })).rejects.toMatchObject({
      issues: [{ path: ["minutes"] }],
    });
    const { rows } = await listAuditEntries(context(), admin, { targetKind: "test_run" });
    expect(rows.map(({ action, before, after }) => [action, before, after])).toEqual([
      [
        "test_run.extended",
        { expiresAt: run.expiresAt.toISOString(), reserved: 0 },
        { expiresAt: later.expiresAt.toISOString(), reserved: 0 },
      ],
      ["test_run.started", null, { expiresAt: run.expiresAt.toISOString() }],
    ]);
  });

  test("a change on an old page does nothing, and says who changed what", async () => {
    const { admin } = await setUp();
    const { expiresAt } = await startTestRun(context(), admin, { id: "pw" });
    const seen = { expiresAt: expiresAt.getTime(), reserved: 0 };
    await extendTestRun(context(), admin, { runId: "pw", minutes: 600, seen });
    await expect(extendTestRun(context(), admin, { runId: "pw", minutes: 700, seen })).rejects.toMatchObject({
      code: "version_conflict",
      conflict: { by: "Test admin", did: "extended the test run pw" },
    });
  });

  test("a run that is over, or that there never was, is not extended", async () => {
    const { admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw", minutes: 1 });
    const late = { ...context(), now: () => context().now() + 2 * MINUTE_MS };
    await expect(extendTestRun(late, admin, { runId: "pw", minutes: 5 })).rejects.toMatchObject({
      code: "test_run_over",
    });
    await expect(extendTestRun(context(), admin, { runId: "none", minutes: 5 })).rejects.toMatchObject({
      code: "test_run_not_found",
    });
  });
});

describe("who belongs to a run", () => {
  test("whoever is new and names it, or whose id begins as its prefix; the answer says which", async () => {
    const { ref, admin, viewer } = await setUp();
    await register(ref, "old");
    await startTestRun(context(), admin, { id: "pw", userIdPrefix: "pw-" });
    expect((await register(ref, "alice", "pw")).testRun).toEqual({ run: "pw" });
    expect((await register(ref, "pw-bob")).testRun).toEqual({ run: "pw" });
    expect((await register(ref, "carol")).testRun).toBeNull();
    expect((await register(ref, "old", "pw")).testRun).toEqual({ run: null, reason: "registered" });
    await registerNewUser(context(), admin, { userId: "pw-dora", name: "Dora" });
    expect(await getTestRun(context(), viewer, { runId: "pw" })).toMatchObject({ users: 3, online: 0, seats: 3 });
  });

  test("a further token says the run again, with another name as well", async () => {
    const { ref, admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw" });
    await register(ref, "alice", "pw");
    expect((await register(ref, "alice", "pw")).testRun).toEqual({ run: "pw" });
    const renamed = { userId: "alice", name: "Alice B." };
    expect((await registerUser(context(), appServerOf(ref), renamed, { testRun: "pw" })).testRun).toEqual({
      run: "pw",
    });
  });

  test("an id that no live run has hinders nobody", async () => {
    const { ref, admin } = await setUp();
    await startTestRun(context(), admin, { id: "short", minutes: 1 });
    await startTestRun(context(), admin, { id: "ended" });
    await endTestRun(context(), admin, { runId: "ended" });
    const late = { ...context(), now: () => context().now() + 2 * MINUTE_MS };
    const ask = async (userId: string, testRun: string) =>
      (await registerUser(late, appServerOf(ref), { userId, name: userId }, { testRun })).testRun;
    expect(await ask("a", "nobody")).toEqual({ run: null, reason: "unknown" });
    expect(await ask("b", "ended")).toEqual({ run: null, reason: "ended" });
    expect(await ask("c", "short")).toEqual({ run: null, reason: "expired" });
    expect(await ask("d", "what is this?")).toEqual({ run: null, reason: "malformed" });
    expect(await registered(ref)).toEqual(["a", "b", "c", "d"]);
    expect(await context().db.prisma.testRunUser.count({ where: { environmentId: ref.id } })).toBe(0);
  });

  test("without runs a registration sends as many statements as there always were, and with one no more", async () => {
    const { ref, admin } = await setUp();
    const statements = async (userId: string, testRun?: string) =>
      (await recordQueries(() => register(ref, userId, testRun))).length;
    await register(ref, "warm");
    const without = await statements("a");
    // The transaction's number, lock, count, look, insert.
    expect(without).toBe(5);
    await startTestRun(context(), admin, { id: "pw", reserved: 5 });
    expect(await statements("b")).toBe(without);
    expect(await statements("c", "pw")).toBe(without + 1);
  });
});

describe("keeping a user", () => {
  test("the user belongs to no run any more, and outlives it", async () => {
    const { ref, admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw" });
    for (const userId of ["alice", "bob"]) await register(ref, userId, "pw");
    await keepRunUser(context(), admin, { runId: "pw", userId: "alice" });
    await expect(keepRunUser(context(), admin, { runId: "pw", userId: "alice" })).rejects.toMatchObject({
      code: "not_in_test_run",
    });
    const { jobId } = await endTestRun(context(), admin, { runId: "pw" });
    await finishForTest(context(), admin, jobId ?? "");
    expect(await registered(ref)).toEqual(["alice"]);
    const { rows } = await listAuditEntries(context(), admin, { action: "user.kept" });
    expect(rows).toMatchObject([{ target: { id: "alice" }, before: { testRun: "pw" } }]);
  });
});

test("a user is kept or deleted, never both, when one is kept while the run ends", async () => {
  const { ref, admin } = await setUp();
  for (let round = 0; round < 5; round++) {
    const runId = `pw-${round}`;
    const userId = `user-${round}`;
    await startTestRun(context(), admin, { id: runId });
    await register(ref, userId, runId);
    const [kept, ended] = await Promise.allSettled([
      keepRunUser(context(), admin, { runId, userId }),
      endTestRun(context(), admin, { runId }),
    ]);
    if (ended.status === "rejected") throw ended.reason;
    if (ended.value.jobId !== null) await finishForTest(context(), admin, ended.value.jobId);
    expect(await registered(ref)).toEqual(
      kept.status === "fulfilled" ? expect.arrayContaining([userId]) : expect.not.arrayContaining([userId]),
    );
  }
});

describe("ending", () => {
  test("deletes exactly the users of the run, soft-deleted ones too, and frees their seats", async () => {
    const { ref, admin, viewer } = await setUp();
    await startTestRun(context(), admin, { id: "pw", reserved: 10 });
    for (const userId of ["alice", "bob", "gone"]) await register(ref, userId, "pw");
    await register(ref, "other");
    await softDeleteUsers(context(), appServerOf(ref), { userIds: ["gone"] });
    const plan = await planEndOfTestRun(context(), admin, { runId: "pw" });
    expect(plan).toMatchObject({ count: 3, seatsFreed: 2 });
    const planned = { count: plan.count, fingerprint: plan.fingerprint };
    await register(ref, "late", "pw");
    await expect(endTestRun(context(), admin, { runId: "pw", planned })).rejects.toMatchObject({
      code: "version_conflict",
    });
    const ended = await endTestRun(context(), admin, { runId: "pw" });
    expect(ended).toEqual({ runId: "pw", users: 4, jobId: expect.stringMatching(/^job-/) });
    await expect(endTestRun(context(), admin, { runId: "pw" })).rejects.toMatchObject({ code: "test_run_over" });
    expect(await finishForTest(context(), admin, ended.jobId ?? "")).toMatchObject({ succeeded: 4 });
    expect(await registered(ref)).toEqual(["other"]);
    expect(await getQuotaUse(context(), admin)).toMatchObject({ used: 1 });
    expect(await getTestRun(context(), viewer, { runId: "pw" })).toMatchObject({
      state: "ended",
      endedByName: "Test admin",
      users: 0,
      softDeleted: 0,
      seats: 0,
      jobId: ended.jobId,
    });
    const { rows } = await listAuditEntries(context(), admin, { action: "test_run.ended" });
    expect(rows).toMatchObject([{ target: { id: "pw" }, after: { users: 4, job: ended.jobId } }]);
  });

  test("a run without users is over at once, without a job", async () => {
    const { admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw" });
    expect(await endTestRun(context(), admin, { runId: "pw" })).toEqual({ runId: "pw", users: 0, jobId: null });
    await expect(endTestRun(context(), admin, { runId: "none" })).rejects.toMatchObject({ code: "test_run_not_found" });
  });
});

describe("expiring", () => {
  test("the sweeper ends the run and starts the job, with one audit entry, however many sweep", async () => {
    const { ref, admin } = await setUp();
    const late = { ...context(), now: () => context().now() + 2 * MINUTE_MS };
    // Those of other tests.
    await sweepTestRuns(late);
    await startTestRun(context(), admin, { id: "pw", minutes: 1 });
    await startTestRun(context(), admin, { id: "longer", minutes: 60 });
    for (const userId of ["alice", "bob", "kept"]) await register(ref, userId, "pw");
    await register(ref, "carol", "longer");
    await keepRunUser(context(), admin, { runId: "pw", userId: "kept" });
    expect(await sweepTestRuns(context())).toBe(0);
    const swept = await Promise.all([sweepTestRuns(late), sweepTestRuns(late), sweepTestRuns(late)]);
    expect(swept.reduce((sum, count) => sum + count, 0)).toBe(1);
    const { jobId, ...run } = (await getTestRun(late, admin, { runId: "pw" })) ?? { jobId: null };
    expect(run).toMatchObject({ state: "expired", endedByName: null });
    await finishForTest(late, admin, jobId ?? "");
    expect(await registered(ref)).toEqual(["carol", "kept"]);
    const { rows } = await listAuditEntries(context(), admin, { action: "test_run.expired" });
    expect(rows).toMatchObject([{ actor: { name: "System" }, target: { id: "pw" }, after: { users: 2, job: jobId } }]);
    expect(await getJob(context(), admin, { jobId: jobId ?? "" })).toMatchObject({
      kind: "delete_test_users",
      createdByName: "System",
    });
  });
});

describe("the fence", () => {
  test("production refuses every use case, whoever asks, and reads none of the tables", async () => {
    const { production } = await setUp();
    await insertTestUsers(context(), production, [{ userId: "old", name: "old" }]);
    await context().owner.query("ALTER TABLE test_runs RENAME TO hidden_runs");
    await context().owner.query("ALTER TABLE test_run_users RENAME TO hidden_run_users");
    try {
      for (const actor of [operatorOf("owner", production), appServerOf(production), systemOf(production)]) {
        for (const refused of [
          startTestRun(context(), actor, {}),
          extendTestRun(context(), actor, { runId: "pw" }),
          planEndOfTestRun(context(), actor, { runId: "pw" }),
          endTestRun(context(), actor, { runId: "pw" }),
          keepRunUser(context(), actor, { runId: "pw", userId: "old" }),
          getTestRun(context(), actor, { runId: "pw" }),
          listTestRuns(context(), actor, {}),
        ]) {
          await expect(refused).rejects.toMatchObject({ code: "development_only" });
        }
      }
      const elsewhere = { run: null, reason: "production" };
      expect((await register(production, "new", "pw")).testRun).toEqual(elsewhere);
      expect((await register(production, "old", "pw")).testRun).toEqual(elsewhere);
      expect((await register(production, "another")).testRun).toBeNull();
      await registerNewUser(context(), operatorOf("admin", production), { userId: "typed", name: "Typed" });
      expect(await registered(production)).toEqual(["another", "new", "old", "typed"]);
    } finally {
      await context().owner.query("ALTER TABLE hidden_runs RENAME TO test_runs");
      await context().owner.query("ALTER TABLE hidden_run_users RENAME TO test_run_users");
    }
  });

  test("viewers read; who may register starts; who may delete test users ends; app servers end nothing", async () => {
    const { ref, viewer, admin } = await setUp();
    await startTestRun(context(), admin, { id: "pw" });
    for (const actor of [viewer, operatorOf("support", ref)]) {
      expect((await listTestRuns(context(), actor, {})).rows).toHaveLength(1);
      for (const refused of [
        startTestRun(context(), actor, {}),
        extendTestRun(context(), actor, { runId: "pw", minutes: 600 }),
        keepRunUser(context(), actor, { runId: "pw", userId: "a" }),
        endTestRun(context(), actor, { runId: "pw" }),
      ]) {
        await expect(refused).rejects.toMatchObject({ code: "forbidden" });
      }
    }
    await expect(endTestRun(context(), appServerOf(ref), { runId: "pw" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
