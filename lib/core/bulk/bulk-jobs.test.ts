import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LEASE_MS, releaseLease } from "@/lib/queue/lease-store";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { claimForTest, finishForTest, startAfterDryRun } from "@/test/support/jobs";
import { insertTestUsers, type TestUser } from "@/test/support/users";
import type { Operator } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import type { AuditAction } from "../audit/schema";
import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import { cancelJob } from "../jobs/cancel-job";
import { carryOutBatch } from "../jobs/carry-out-batch";
import { getJob } from "../jobs/get-job";
import { deleteItemsOfOldJobs, deleteOldJobs } from "../jobs/job-sweep-store";
import { startJobWorker } from "../jobs/job-worker";
import { JOB_KIND_WORK } from "../jobs/kinds";
import { listJobItems } from "../jobs/list-job-items";
import { listJobs } from "../jobs/list-jobs";
import { retryFailed } from "../jobs/retry-failed";
import { runJob } from "../jobs/run-job";
import { undoJob } from "../jobs/undo-job";
import { leaseOf } from "../jobs/unfinished-job-store";
import { batchGetUserTags } from "../tags/batch-get-user-tags";
import { batchSetUserTags } from "../tags/batch-set-user-tags";
import { planBulk } from "./plan-bulk";
import { startBulk } from "./start-bulk";

/** Acts on many users: what the dry run says, what the job does, and what undo gives back. */

const context = testContext();
const MINUTE_MS = 60_000;
const ban = { kind: "ban", durationMinutes: 60, reason: "raid" } as const;

const numbered = (count: number, prefix = "u"): TestUser[] =>
  Array.from({ length: count }, (_, n) => ({
    userId: `${prefix}${String(n).padStart(4, "0")}`,
    name: n % 2 === 0 ? "Raid Bot" : "Ana Lind",
    createdAt: Date.now() - MINUTE_MS,
  }));

async function setUp(users: readonly TestUser[]) {
  const { production, development } = await createTestApp(context());
  const { ref } = development;
  await insertTestUsers(context(), ref, users);
  return { ref, production: production.ref, admin: operatorOf("admin", ref), server: appServerOf(ref) };
}

const runningBans = async (environmentId: number) =>
  (
    await context().db.prisma.ban.findMany({
      where: { environmentId, endsAt: { gt: new Date(context().now()) } },
      orderBy: { userId: "asc" },
    })
  ).map(({ userId, id, endsAt, reason, bannedByName }) => ({ userId, id, endsAt, reason, bannedByName }));

const results = async (admin: Operator, jobId: string) =>
  (await listJobItems(context(), admin, { jobId, size: "100" })).rows.map(
    ({ targetId, state, errorCode }) => `${targetId} ${state}${errorCode === null ? "" : ` ${errorCode}`}`,
  );

describe("the dry run", () => {
  test("says who will be banned, and who not and why; it changes nothing", async () => {
    const { ref, admin } = await setUp([
      { userId: "a" },
      { userId: "b" },
      { userId: "gone", softDeletedAt: Date.now() },
    ]);
    const plan = await planBulk(context(), admin, {
      act: ban,
      selection: { by: "ids", userIds: ["a", "gone", "nobody", "b", "a"] },
    });
    expect(plan).toMatchObject({
      count: 2,
      capped: false,
      first: ["a", "b"],
      banned: 0,
      connections: 0,
      skippedCount: 2,
      skipped: [
        { code: "user_soft_deleted", count: 1, first: ["gone"] },
        { code: "user_not_found", count: 1, first: ["nobody"] },
      ],
    });
    expect(await runningBans(ref.id)).toEqual([]);
  });

  test("says how many of those it meets are banned already, and how many connections they have", async () => {
    const { ref, admin } = await setUp([{ userId: "a" }, { userId: "b" }, { userId: "c" }]);
    await banUsers(context(), admin, { userIds: ["b", "c"], durationMinutes: 5 });
    const connection = {
      environmentId: ref.id,
      nodeId: randomUUID(),
      platform: "Web",
      sdk: "s",
      device: "d",
      ip: "::1",
    };
    await context().db.prisma.connection.createMany({
      data: ["a", "a", "c"].map((userId) => ({ ...connection, userId, id: randomUUID(), connectedAt: new Date() })),
    });
    const plan = (userIds: readonly string[]) =>
      planBulk(context(), admin, { act: ban, selection: { by: "ids", userIds } });
    expect(await plan(["a", "b", "c"])).toMatchObject({ count: 3, banned: 2, connections: 3 });
    expect(await plan(["a", "b"])).toMatchObject({ count: 2, banned: 1, connections: 2 });
    context().advance(6 * MINUTE_MS);
    expect(await plan(["a", "b", "c"])).toMatchObject({ count: 3, banned: 0 });
  });

  test("gives seats to as many as there are when it restores in Development", async () => {
    const { admin } = await setUp([
      ...numbered(99),
      { userId: "x1", softDeletedAt: Date.now() - 2 * 3_600_000 },
      { userId: "x2", softDeletedAt: Date.now() - 2 * 3_600_000 },
      { userId: "x3", softDeletedAt: Date.now() },
    ]);
    const plan = await planBulk(context(), admin, {
      act: { kind: "restore" },
      selection: { by: "deleted", filter: {} },
    });
    expect(plan).toMatchObject({ count: 1, first: ["x1"] });
    expect(plan.skipped.map(({ code, first }) => [code, ...first])).toEqual([
      ["user_quota_reached", "x2"],
      ["user_restore_too_early", "x3"],
    ]);
  });

  test.each(["support", "viewer"] as const)("is for whom the act is allowed: not tagging for %s", async (role) => {
    const { ref } = await setUp([]);
    const input = { act: { kind: "add_tag", tag: "vip" }, selection: { by: "ids", userIds: ["a"] } } as const;
    await expect(planBulk(context(), operatorOf(role, ref), input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(planBulk(context(), appServerOf(ref), input)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a selection by the filter of a list", () => {
  test("is everybody who matches, without a cap, found by a search as well", async () => {
    const { ref, admin } = await setUp(numbered(2_200));
    const jobId = await startAfterDryRun(context(), admin, ban, { by: "users", filter: { q: "raid" } });
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ selecting: true, expected: 1_100, total: 0 });
    const job = await finishForTest(context(), admin, jobId);
    expect(job).toMatchObject({ state: "finished", selecting: false, total: 1_100, succeeded: 1_100, skipped: 0 });
    const bans = await runningBans(ref.id);
    expect(bans).toHaveLength(1_100);
    expect(new Set(bans.map(({ endsAt }) => endsAt.getTime())).size).toBe(1);
    expect(
      await context().db.prisma.auditEntry.count({ where: { environmentId: ref.id, action: "user.banned" } }),
    ).toBe(1_100);

    // What the list of bans shows under a search, and nobody else.
    const one = bans[0]?.userId ?? "";
    const searched = { by: "bans", filter: { q: one } } as const;
    expect(await planBulk(context(), admin, { act: { kind: "unban" }, selection: searched })).toMatchObject({
      count: 1,
      first: [one],
    });
    const ofNobody = { by: "bans", filter: { q: "nobody at all" } } as const;
    expect(await planBulk(context(), admin, { act: { kind: "unban" }, selection: ofNobody })).toMatchObject({
      count: 0,
    });

    const all = await finishForTest(
      context(),
      admin,
      await startAfterDryRun(context(), admin, { kind: "unban" }, { by: "bans", filter: {} }),
    );
    expect(all).toMatchObject({ total: 1_100, succeeded: 1_100 });
    expect(await runningBans(ref.id)).toEqual([]);
  });

  test("goes on where it was when the worker dies while it chooses", async () => {
    const { admin } = await setUp(numbered(1_100));
    const jobId = await startAfterDryRun(context(), admin, ban, { by: "users", filter: {} });
    let steps = 0;
    await runJob(context(), await claimForTest(context(), jobId), () => ++steps > 1);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ selecting: true, total: 1_000, succeeded: 0 });
    context().advance(LEASE_MS + 1);
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ total: 1_100, succeeded: 1_100, failed: 0 });
    expect(await context().db.prisma.ban.count({ where: { reason: "raid", userId: "u0001" } })).toBeGreaterThan(0);
  });

  test("leaves alone who registers after the dry run", async () => {
    const { ref, admin } = await setUp(numbered(3));
    const input = { act: ban, selection: { by: "users", filter: {} } } as const;
    const { at, count, capped } = await planBulk(context(), admin, input);
    await insertTestUsers(context(), ref, [{ userId: "late", createdAt: context().now() + 5_000 }]);
    const { jobId } = await startBulk(context(), admin, { ...input, plan: { at, count, capped } });
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ total: 4, succeeded: 3, skipped: 1 });
    expect(await results(admin, jobId)).toContain("late skipped user_registered_later");
  });
});

describe("a job that bans", () => {
  test("leaves alone whom another operator bans or unbans after the dry run", async () => {
    const { ref, admin } = await setUp(numbered(4));
    const colleague = operatorOf("owner", ref);
    const selection = { by: "ids", userIds: ["u0000", "u0001", "u0002", "u0003"] } as const;
    await banUsers(context(), colleague, { userIds: ["u0002"], durationMinutes: 600 });
    const { at, count, capped } = await planBulk(context(), admin, { act: ban, selection });
    context().advance(10);
    await banUsers(context(), colleague, { userIds: ["u0001"], durationMinutes: 43_200, reason: "theirs" });
    await unbanUsers(context(), colleague, { userIds: ["u0002"] });
    const { jobId } = await startBulk(context(), admin, { act: ban, selection, plan: { at, count, capped } });
    const job = await finishForTest(context(), admin, jobId);
    expect(job).toMatchObject({ state: "finished", succeeded: 2, skipped: 2, failed: 0 });
    expect(await results(admin, jobId)).toEqual([
      "u0000 succeeded",
      "u0001 skipped version_conflict",
      "u0002 skipped version_conflict",
      "u0003 succeeded",
    ]);
    expect((await runningBans(ref.id)).map(({ userId, reason }) => [userId, reason])).toEqual([
      ["u0000", "raid"],
      ["u0001", "theirs"],
      ["u0003", "raid"],
    ]);
  });

  test("is undone exactly, as a job of its own: the former ban runs on, and a colleague's later act stays", async () => {
    const { ref, admin } = await setUp(numbered(4));
    const colleague = operatorOf("owner", ref);
    await banUsers(context(), colleague, { userIds: ["u0001"], durationMinutes: 43_200, reason: "before" });
    const before = await runningBans(ref.id);
    context().advance(10);
    const jobId = await startAfterDryRun(context(), admin, ban, { by: "users", filter: {} });
    await expect(undoJob(context(), admin, { jobId })).rejects.toMatchObject({ code: "invalid_parameter" });
    await finishForTest(context(), admin, jobId);
    context().advance(10);
    await banUsers(context(), colleague, { userIds: ["u0003"], durationMinutes: 90, reason: "later" });
    const later = (await runningBans(ref.id)).filter(({ userId }) => userId === "u0003");

    const undo = await undoJob(context(), admin, { jobId });
    const undone = await finishForTest(context(), admin, undo.jobId);
    expect(undone).toMatchObject({ kind: "undo_bans", undoOf: jobId, total: 4, succeeded: 3, skipped: 1, failed: 0 });
    expect(await runningBans(ref.id)).toEqual([...before, ...later]);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ undoneBy: { id: undo.jobId } });
    await expect(undoJob(context(), admin, { jobId })).rejects.toThrow("already undone");
    await expect(undoJob(context(), admin, { jobId: undo.jobId })).rejects.toThrow("cannot be undone");
  });

  test("of users who unban is undone exactly as well", async () => {
    const { ref, admin, server } = await setUp(numbered(3));
    await banUsers(context(), server, { userIds: ["u0000", "u0001"], durationMinutes: 500, reason: "spam" });
    const before = await runningBans(ref.id);
    context().advance(10);
    const jobId = await startAfterDryRun(context(), admin, { kind: "unban" }, { by: "users", filter: {} });
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 2, skipped: 1 });
    expect(await runningBans(ref.id)).toEqual([]);
    context().advance(10);
    const undo = await undoJob(context(), admin, { jobId });
    expect(await finishForTest(context(), admin, undo.jobId)).toMatchObject({ succeeded: 2 });
    expect(await runningBans(ref.id)).toEqual(before);
  });

  test("is audited: one entry of the start and of the undo, and one for each user in the operator's name", async () => {
    const { ref, admin } = await setUp(numbered(2));
    const jobId = await startAfterDryRun(context(), admin, ban, { by: "ids", userIds: ["u0000", "u0001"] });
    await finishForTest(context(), admin, jobId);
    await undoJob(context(), admin, { jobId });
    const entries = async (action: AuditAction) =>
      (await listAuditEntries(context(), operatorOf("viewer", ref), { action })).rows;
    expect(await entries("job.started")).toMatchObject([
      { target: { kind: "job", id: jobId, name: "Ban 2 users" }, after: { kind: "ban", users: 2, reason: "raid" } },
    ]);
    expect(await entries("job.undone")).toMatchObject([{ target: { id: jobId }, after: { users: 2 } }]);
    const perUser = await entries("user.banned");
    expect(perUser).toHaveLength(2);
    expect(perUser[0]).toMatchObject({
      actor: { kind: "operator", id: "op-admin", name: "Test admin" },
      source: "job",
      requestId: admin.requestId,
    });
  });

  test("in Production needs a reason, and its phrase from 50 users on", async () => {
    const { production } = await setUp([]);
    await insertTestUsers(context(), production, numbered(60));
    const admin = operatorOf("admin", production);
    const selection = { by: "users", filter: {} } as const;
    const { at, count, capped } = await planBulk(context(), admin, { act: ban, selection });
    const start = (phrase: string, reason = "raid") =>
      startBulk(context(), admin, { act: { ...ban, reason }, selection, plan: { at, count, capped }, phrase });
    await expect(start("")).rejects.toMatchObject({ code: "invalid_parameter", field: "phrase" });
    await expect(start("ban 59 users")).rejects.toMatchObject({ field: "phrase" });
    await expect(start("ban 60 users", " ")).rejects.toMatchObject({ field: "reason" });
    expect(await context().db.prisma.job.count({ where: { environmentId: production.id } })).toBe(0);
    const { jobId } = await start(" ban 60 users ");
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 60 });
  });
});

describe("the other kinds", () => {
  test("whose tokens are invalidated is disconnected where that was asked for", async () => {
    const { ref, admin } = await setUp(numbered(3));
    const closed: string[] = [];
    const stopListening = context().bus.subscribe((event) => {
      if (event.type === "connections.close" && event.environmentId === ref.id) closed.push(...(event.userIds ?? []));
    });
    for (const disconnect of [false, true]) {
      const ids = { by: "ids" as const, userIds: ["u0000", "u0001"] };
      const jobId = await startAfterDryRun(context(), admin, { kind: "invalidate_tokens", disconnect }, ids);
      expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 2 });
      if (!disconnect) expect(closed).toEqual([]);
    }
    await expect.poll(() => closed).toEqual(["u0000", "u0001"]);
    stopListening();
  });

  test("tokens of before the start are invalid, and of nobody else", async () => {
    const { ref, admin } = await setUp(numbered(3));
    const jobId = await startAfterDryRun(
      context(),
      admin,
      { kind: "invalidate_tokens" },
      {
        by: "ids",
        userIds: ["u0000", "u0001", "nobody"],
      },
    );
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 2, skipped: 1 });
    const rows = await context().db.prisma.user.findMany({
      where: { environmentId: ref.id },
      orderBy: { userId: "asc" },
    });
    expect(rows.map(({ tokensValidFrom }) => tokensValidFrom !== null)).toEqual([true, true, false]);
  });

  test("tags are added and removed, each where it stood before when that is undone", async () => {
    const { admin, server } = await setUp(numbered(3));
    const tagsOf = async () =>
      (await batchGetUserTags(context(), server, { userIds: ["u0000", "u0001", "u0002"] })).map(({ tags }) => tags);
    await batchSetUserTags(context(), server, { userIds: ["u0000"], tags: ["a", "vip", "b"] });
    await batchSetUserTags(context(), server, { userIds: ["u0001"], tags: ["a"] });
    const before = await tagsOf();
    const run = async (act: Parameters<typeof startAfterDryRun>[2]) => {
      const jobId = await startAfterDryRun(context(), admin, act, { by: "users", filter: {} });
      await finishForTest(context(), admin, jobId);
      return jobId;
    };
    const undo = async (jobId: string) =>
      finishForTest(context(), admin, (await undoJob(context(), admin, { jobId })).jobId);

    const added = await run({ kind: "add_tag", tag: "vip" });
    expect(await tagsOf()).toEqual([["a", "vip", "b"], ["a", "vip"], ["vip"]]);
    expect(await results(admin, added)).toContain("u0000 skipped tagged_already");
    await undo(added);
    expect(await tagsOf()).toEqual(before);

    const removed = await run({ kind: "remove_tag", tag: "vip" });
    expect(await tagsOf()).toEqual([["a", "b"], ["a"], []]);
    await undo(removed);
    expect(await tagsOf()).toEqual(before);
  });

  test("restoring stops at the seats of Development, and the rest can be retried", async () => {
    const past = Date.now() - 2 * 3_600_000;
    const { ref, admin } = await setUp([
      ...numbered(99),
      { userId: "x1", softDeletedAt: past },
      { userId: "x2", softDeletedAt: past },
    ]);
    const selection = { by: "ids", userIds: ["x1", "x2", "u0000"] } as const;
    const jobId = await startAfterDryRun(context(), admin, { kind: "restore" }, selection);
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 1, failed: 1, skipped: 1 });
    expect(await results(admin, jobId)).toEqual([
      "x1 succeeded",
      "x2 failed user_quota_reached",
      "u0000 skipped user_not_soft_deleted",
    ]);
    await context().db.prisma.user.deleteMany({ where: { environmentId: ref.id, userId: "u0001" } });
    expect(await retryFailed(context(), admin, { jobId })).toEqual({ retried: 1 });
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 2, failed: 0, skipped: 1 });
  });

  test("test users are deleted by a filter, typed always, and in Development only", async () => {
    const { ref, production, admin } = await setUp(numbered(40));
    const selection = { by: "users", filter: { q: "raid" } } as const;
    const act = { kind: "delete_test_users" } as const;
    const { at, count, capped } = await planBulk(context(), admin, { act, selection });
    const start = (phrase: string) =>
      startBulk(context(), admin, { act, selection, plan: { at, count, capped }, phrase });
    await expect(start("")).rejects.toMatchObject({ field: "phrase" });
    const { jobId } = await start("delete 20 users");
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ total: 20, succeeded: 20 });
    expect(await context().db.prisma.user.count({ where: { environmentId: ref.id } })).toBe(20);
    const owner = operatorOf("owner", production);
    await expect(planBulk(context(), owner, { act, selection })).rejects.toMatchObject({ code: "development_only" });
    await expect(
      startBulk(context(), owner, { act, selection, plan: { at, count, capped }, phrase: "delete 20 users" }),
    ).rejects.toMatchObject({ code: "development_only" });
  });
});

describe("a killed worker", () => {
  test.each([
    [{ kind: "ban", durationMinutes: 60 }],
    [{ kind: "invalidate_tokens" }],
    [{ kind: "add_tag", tag: "vip" }],
  ] as const)("leaves whole batches of %j, and another goes on: each user is changed once", async (act) => {
    const { ref, admin } = await setUp(numbered(30));
    const jobId = await startAfterDryRun(context(), admin, act, { by: "users", filter: {} });
    let steps = 0;
    const job = await runJob(context(), await claimForTest(context(), jobId), () => ++steps > 1);
    if (job === null) throw new Error("the job was lost");
    expect(await carryOutBatch(context(), JOB_KIND_WORK[act.kind], job, 10)).toMatchObject({ done: 10 });
    context().advance(LEASE_MS + 1);
    const done = await finishForTest(context(), admin, jobId);
    expect(done).toMatchObject({ state: "finished", total: 30, succeeded: 30, failed: 0, skipped: 0 });
    // The first one, which comes back, changes nothing any more.
    expect(await carryOutBatch(context(), JOB_KIND_WORK[act.kind], job, 10)).toEqual({ job: null, done: 0 });
    const entries = await context().db.prisma.auditEntry.count({
      where: { environmentId: ref.id, source: "job", targetKind: "user" },
    });
    expect(entries).toBe(30);
  });
});

test("one user who cannot be banned fails alone, is listed, and is retried", async () => {
  const { ref, admin } = await setUp(numbered(6));
  const { owner } = context();
  await owner.query(`
    CREATE OR REPLACE FUNCTION refuse_ban() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.environment_id = ${ref.id} AND NEW.user_id = 'u0002' THEN RAISE EXCEPTION 'protected'; END IF;
      RETURN NEW;
    END $$`);
  await owner.query(
    "CREATE OR REPLACE TRIGGER refuse_ban BEFORE INSERT ON bans FOR EACH ROW EXECUTE FUNCTION refuse_ban()",
  );
  const jobId = await startAfterDryRun(context(), admin, ban, { by: "users", filter: {} });
  expect(await finishForTest(context(), admin, jobId)).toMatchObject({ succeeded: 5, failed: 1, skipped: 0 });
  expect(await results(admin, jobId)).toContain("u0002 failed internal");
  await owner.query("DROP TRIGGER refuse_ban ON bans");
  expect(await retryFailed(context(), admin, { jobId })).toEqual({ retried: 1 });
  expect(await finishForTest(context(), admin, jobId)).toMatchObject({ state: "finished", succeeded: 6, failed: 0 });
  expect(await runningBans(ref.id)).toHaveLength(6);
});

describe("cancelling", () => {
  test("ends a job behind the batch in hand; what was done stays, says so, and can be undone", async () => {
    const { ref, admin } = await setUp(numbered(30));
    const jobId = await startAfterDryRun(context(), admin, ban, {
      by: "ids",
      userIds: numbered(30).map((u) => u.userId),
    });
    const job = await claimForTest(context(), jobId);
    await carryOutBatch(context(), JOB_KIND_WORK.ban, job, 10);
    expect(await cancelJob(context(), admin, { jobId })).toEqual({ cancelled: true });
    expect(await carryOutBatch(context(), JOB_KIND_WORK.ban, job, 10)).toEqual({ job: null, done: 0 });
    expect(await cancelJob(context(), admin, { jobId })).toEqual({ cancelled: false });
    expect(await getJob(context(), admin, { jobId })).toMatchObject({
      state: "cancelled",
      succeeded: 10,
      total: 30,
      cancelledByName: "Test admin",
    });
    expect(await runningBans(ref.id)).toHaveLength(10);
    const { rows } = await listAuditEntries(context(), admin, { action: "job.cancelled" });
    expect(rows).toMatchObject([{ target: { id: jobId }, after: { succeeded: 10, total: 30 } }]);
    const undo = await undoJob(context(), admin, { jobId });
    expect(await finishForTest(context(), admin, undo.jobId)).toMatchObject({ succeeded: 10 });
    expect(await runningBans(ref.id)).toEqual([]);
  });

  test("is for whom the act is allowed, in the job's environment", async () => {
    const { ref, production, admin } = await setUp(numbered(1));
    const jobId = await startAfterDryRun(context(), admin, { kind: "add_tag", tag: "x" }, { by: "users", filter: {} });
    for (const act of [cancelJob, retryFailed, undoJob]) {
      await expect(act(context(), operatorOf("support", ref), { jobId })).rejects.toMatchObject({ code: "forbidden" });
      await expect(act(context(), appServerOf(ref), { jobId })).rejects.toMatchObject({ code: "forbidden" });
      await expect(act(context(), operatorOf("owner", production), { jobId })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await cancelJob(context(), admin, { jobId });
  });
});

test("ten users of one environment do not wait for the thousands of another", async () => {
  const many = await setUp(numbered(6_000));
  const few = await setUp(numbered(10));
  const large = await startAfterDryRun(context(), many.admin, ban, { by: "users", filter: {} });
  const worker = startJobWorker(context(), { pollMs: 60_000 });
  try {
    await expect.poll(async () => (await getJob(context(), many.admin, { jobId: large }))?.state).toBe("running");
    const small = await startAfterDryRun(context(), few.admin, ban, { by: "users", filter: {} });
    await expect
      .poll(async () => (await getJob(context(), few.admin, { jobId: small }))?.state, {
        interval: 10,
        timeout: 15_000,
      })
      .toBe("finished");
    const other = await getJob(context(), many.admin, { jobId: large });
    expect(other?.state).toBe("running");
    expect(other?.succeeded).toBeLessThan(6_000);
    await cancelJob(context(), many.admin, { jobId: large });
  } finally {
    await worker.stop();
  }
});

test("the list of jobs pages latest first, by state and kind, each environment its own", async () => {
  const { admin, production } = await setUp(numbered(2));
  const ids: string[] = [];
  for (let n = 0; n < 30; n += 1) {
    const act = n % 2 === 0 ? ban : ({ kind: "add_tag", tag: "x" } as const);
    ids.unshift(await startAfterDryRun(context(), admin, act, { by: "ids", userIds: ["u0000"] }));
    context().advance(1);
  }
  await cancelJob(context(), admin, { jobId: ids[3] ?? "" });
  const first = await listJobs(context(), admin, { size: "25" });
  const second = await listJobs(context(), admin, { size: "25", cursor: first.next ?? undefined });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids);
  expect(await listJobs(context(), admin, { size: "25", cursor: second.previous ?? undefined })).toEqual(first);
  expect((await listJobs(context(), admin, { state: "cancelled" })).rows).toMatchObject([{ id: ids[3] }]);
  expect((await listJobs(context(), admin, { kind: "add_tag" })).rows).toHaveLength(15);
  expect((await listJobs(context(), operatorOf("viewer", production), {})).rows).toEqual([]);
});

test("jobs are kept 30 days from their end, and those that run for as long as they do", async () => {
  const { ref, admin } = await setUp(numbered(30));
  const start = () => startAfterDryRun(context(), admin, ban, { by: "users", filter: {} });
  const old = await start();
  await finishForTest(context(), admin, old);
  const open = await start();
  const sweep = async (days: number, limit: number) => {
    const now = new Date(context().now() + days * 86_400_000);
    let swept = 0;
    for (;;) {
      const items = await deleteItemsOfOldJobs(context().db.prisma, now, limit);
      swept += items + (await deleteOldJobs(context().db.prisma, now, limit));
      if (items < limit) return swept;
    }
  };
  await sweep(29, 1_000);
  expect(await context().db.prisma.jobItem.count({ where: { jobId: old } })).toBe(30);
  await sweep(31, 7);
  const left = await context().db.prisma.job.findMany({ where: { environmentId: ref.id } });
  expect(left.map(({ id }) => id)).toEqual([open]);
  const job = await claimForTest(context(), open);
  await releaseLease(context().db.prisma, leaseOf(job));
});
