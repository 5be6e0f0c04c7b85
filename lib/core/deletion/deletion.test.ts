import { describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { insertGroup, wrongCounts } from "@/test/support/relations";
import { insertTestUsers, type TestUser } from "@/test/support/users";
import { listAuditEntries } from "../audit/list-audit-entries";
import { cancelJob } from "../jobs/cancel-job";
import { getJob } from "../jobs/get-job";
import { startJobWorker } from "../jobs/job-worker";
import { listJobItems } from "../jobs/list-job-items";
import { getQuotaUse } from "../quota/get-quota";
import { deleteTestUser } from "./delete-test-user";
import { parsePastedIds } from "./facts";
import { planDeletion } from "./plan-deletion";
import type { DeletionSelectionInput } from "./schema";
import { startDeletion } from "./start-deletion";

const context = testContext();
const DAY_MS = 86_400_000;

async function setUp(users: readonly TestUser[]) {
  const app = await createTestApp(context());
  await insertTestUsers(context(), app.development.ref, users);
  await insertTestUsers(context(), app.production.ref, users);
  return { ...app, admin: operatorOf("admin", app.development.ref) };
}

const named = (...ids: string[]) => ids.map((userId) => ({ userId }));

/** Runs a worker until the condition holds, by the events it publishes and never by waiting a fixed time. */
async function untilFinished(jobId: string, admin: ReturnType<typeof operatorOf>) {
  const worker = startJobWorker(context(), { pollMs: 20 });
  try {
    await expect
      .poll(async () => (await getJob(context(), admin, { jobId }))?.state, { timeout: 10_000 })
      .toBe("finished");
  } finally {
    await worker.stop();
  }
}

describe("the dry run", () => {
  const now = Date.now();
  const users: TestUser[] = [
    { userId: "e2e-1", createdAt: now - 10 * DAY_MS, lastSeenAt: now - 9 * DAY_MS },
    { userId: "e2e-2", createdAt: now - 10 * DAY_MS, lastSeenAt: now - DAY_MS },
    { userId: "E2E-3", createdAt: now - 2 * DAY_MS },
    { userId: "bob", createdAt: now - 10 * DAY_MS },
    { userId: "gone", createdAt: now - 30 * DAY_MS, softDeletedAt: now - DAY_MS },
  ];
  const at = (days: number) => new Date(now - days * DAY_MS);

  test.each<[string, DeletionSelectionInput, string[]]>([
    ["a prefix, case-sensitive", { by: "prefix", prefix: "e2e-" }, ["e2e-1", "e2e-2"]],
    ["a prefix that looks like a pattern", { by: "prefix", prefix: "%" }, []],
    ["pasted ids, repeats collapsed", { by: "ids", userIds: ["bob", "e2e-1", "bob"] }, ["bob", "e2e-1"]],
    ["created before a time", { by: "created", before: at(5) }, ["bob", "e2e-1", "e2e-2", "gone"]],
    ["not seen since; never seen counts by the registration", { by: "unseen", since: at(5) }, ["bob", "e2e-1", "gone"]],
  ])("selects by %s", async (_, selection, expected) => {
    const { admin, production } = await setUp(users);
    const plan = await planDeletion(context(), admin, selection);
    expect(plan.willDelete.map((user) => user.userId)).toEqual(expected);
    expect(plan.count).toBe(expected.length);
    expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(users.length);
  });

  test("says which ids are skipped and why, the seats that become free, and the phrase", async () => {
    const { admin } = await setUp(users);
    const plan = await planDeletion(context(), admin, { by: "ids", userIds: ["gone", "bob", "nobody"] });
    expect(plan).toMatchObject({
      count: 2,
      seatsFreed: 1,
      skipped: [{ userId: "nobody", reason: "not_found" }],
      skippedCount: 1,
      phrase: "delete 2 users",
    });
  });

  test("takes a day as its beginning in UTC and refuses what is no moment", async () => {
    const { admin } = await setUp([
      { userId: "old", createdAt: Date.UTC(2026, 4, 2, 23, 59) },
      { userId: "new", createdAt: Date.UTC(2026, 4, 3) },
    ]);
    const plan = await planDeletion(context(), admin, { by: "created", before: "2026-05-03" });
    expect(plan).toMatchObject({ count: 1, phrase: "delete 1 user", willDelete: [{ userId: "old" }] });
    await expect(planDeletion(context(), admin, { by: "created", before: "tomorrow" })).rejects.toThrow(
      "Must be a day",
    );
  });

  test("refuses to select more than a job takes", async () => {
    const { admin, development } = await setUp([]);
    await context().db.prisma.$executeRaw`
      INSERT INTO users (environment_id, user_id, name, created_at)
      SELECT ${development.ref.id}, 'x-' || n, 'X', now() FROM generate_series(1, 10001) AS n`;
    await expect(planDeletion(context(), admin, { by: "prefix", prefix: "x-" })).rejects.toMatchObject({
      code: "too_many_targets",
    });
  });
});

describe("starting and carrying out", () => {
  test("deletes exactly the planned users with their bans, frees their seats and records each", async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `e2e-${n}`);
    const { admin, development, production } = await setUp(named(...ids, "keep"));
    const environmentId = development.ref.id;
    await context().db.prisma.ban.create({
      data: {
        environmentId,
        userId: "e2e-1",
        startsAt: new Date(),
        endsAt: new Date(Date.now() + DAY_MS),
        minutes: 1440,
        bannedByKind: "operator",
        bannedById: "op",
        bannedByName: "Ana",
      },
    });
    const heard: string[] = [];
    const stopListening = context().bus.subscribe((event: BusEvent) => {
      if (event.type === "users.deleted" && event.environmentId === environmentId) heard.push(...event.userIds);
    });
    const selection = { by: "prefix", prefix: "e2e-" } as const;
    const plan = await planDeletion(context(), admin, selection);
    const { jobId } = await startDeletion(context(), admin, {
      selection,
      phrase: " delete 60 users ",
      expectedCount: 60,
      fingerprint: plan.fingerprint,
    });
    expect(await getJob(context(), admin, { jobId })).toMatchObject({
      state: "queued",
      total: 60,
      succeeded: 0,
      selection,
    });
    await untilFinished(jobId, admin);

    const job = await getJob(context(), admin, { jobId });
    expect(job).toMatchObject({ state: "finished", total: 60, succeeded: 60, failed: 0, createdByName: "Test admin" });
    expect(await context().db.prisma.user.findMany({ where: { environmentId } })).toMatchObject([{ userId: "keep" }]);
    expect(await context().db.prisma.ban.count({ where: { environmentId } })).toBe(0);
    expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(61);
    expect(await getQuotaUse(context(), admin)).toEqual({ used: 1, limit: 100, level: "fine" });
    await expect.poll(() => [...heard].sort()).toEqual([...ids].sort());
    stopListening();

    const entries = await listAuditEntries(context(), admin, { action: "user.deleted", size: 100 });
    expect(entries.rows).toHaveLength(60);
    expect(entries.rows[0]).toMatchObject({
      actor: { kind: "operator", id: "op-admin", name: "Test admin" },
      source: "job",
      requestId: admin.requestId,
      after: { job: jobId },
    });
    const order = await listAuditEntries(context(), admin, { action: "job.delete_test_users_started" });
    expect(order.rows).toMatchObject([
      { id: job?.auditEntryId, target: { kind: "job", id: jobId }, after: { users: 60 } },
    ]);
  });

  test.each(["", "delete 3 users", "delete 2 user", "DELETE 2 users"])(
    "refuses the phrase %j and starts nothing",
    async (phrase) => {
      const { admin, development } = await setUp(named("qa-1", "qa-2"));
      const start = startDeletion(context(), admin, {
        selection: { by: "prefix", prefix: "qa-" },
        phrase,
        expectedCount: 2,
      });
      await expect(start).rejects.toMatchObject({ code: "invalid_parameter", field: "phrase" });
      expect(await context().db.prisma.job.count({ where: { environmentId: development.ref.id } })).toBe(0);
    },
  );

  test("refuses when the selection has grown, and when as many others are in it", async () => {
    const { admin, development } = await setUp(named("qa-1", "qa-2"));
    const selection = { by: "prefix", prefix: "qa-" } as const;
    const { fingerprint } = await planDeletion(context(), admin, selection);
    await insertTestUsers(context(), development.ref, named("qa-3"));
    await expect(
      startDeletion(context(), admin, { selection, phrase: "delete 2 users", expectedCount: 2 }),
    ).rejects.toMatchObject({ code: "version_conflict" });
    await deleteTestUser(context(), admin, { userId: "qa-1", confirmation: "qa-1" });
    await expect(
      startDeletion(context(), admin, { selection, phrase: "delete 2 users", expectedCount: 2, fingerprint }),
    ).rejects.toMatchObject({ code: "version_conflict" });
    expect(await context().db.prisma.job.count({ where: { environmentId: development.ref.id } })).toBe(0);
  });

  test("one request that is sent six times starts one job; another, and the same once it is over, start their own", async () => {
    const { admin, development } = await setUp(named("qa-1", "qa-2", "other-1"));
    const order = { selection: { by: "prefix", prefix: "qa-" }, phrase: "delete 2 users", expectedCount: 2 } as const;
    const started = await Promise.all(Array.from({ length: 6 }, () => startDeletion(context(), admin, order)));
    const [first] = started;
    expect(new Set(started.map(({ jobId }) => jobId)).size).toBe(1);
    const where = { environmentId: development.ref.id };
    expect(await context().db.prisma.job.count({ where })).toBe(1);
    expect(await context().db.prisma.jobItem.count({ where })).toBe(2);
    expect(await context().db.prisma.auditEntry.count({ where })).toBe(1);
    const other = { selection: { by: "prefix", prefix: "other-" }, phrase: "delete 1 user", expectedCount: 1 } as const;
    expect(await startDeletion(context(), admin, other)).not.toEqual(first);
    await cancelJob(context(), admin, { jobId: first?.jobId ?? "" });
    expect(await startDeletion(context(), admin, order)).not.toEqual(first);
  });

  test("leaves alone a user who registered again after the order, and one already gone harms nothing", async () => {
    const { admin, development } = await setUp(named("qa-1", "qa-2", "qa-3"));
    const { jobId } = await startDeletion(context(), admin, {
      selection: { by: "prefix", prefix: "qa-" },
      phrase: "delete 3 users",
      expectedCount: 3,
    });
    await deleteTestUser(context(), admin, { userId: "qa-1", confirmation: "qa-1" });
    await deleteTestUser(context(), admin, { userId: "qa-2", confirmation: "qa-2" });
    await insertTestUsers(context(), development.ref, [{ userId: "qa-1", createdAt: Date.now() + 1_000 }]);
    await untilFinished(jobId, admin);
    const items = await listJobItems(context(), admin, { jobId });
    expect(items.rows.map(({ targetId, state, errorCode }) => [targetId, state, errorCode])).toEqual([
      ["qa-1", "succeeded", "user_registered_again"],
      ["qa-2", "succeeded", "user_not_found"],
      ["qa-3", "succeeded", null],
    ]);
    expect(await context().db.prisma.user.findMany({ where: { environmentId: development.ref.id } })).toMatchObject([
      { userId: "qa-1" },
    ]);
  });
});

describe("the fence", () => {
  test("production refuses every way in, whoever asks", async () => {
    const { production } = await setUp(named("alice"));
    const selection = { by: "prefix", prefix: "a" } as const;
    for (const actor of [operatorOf("owner", production.ref), appServerOf(production.ref), systemOf(production.ref)]) {
      await expect(planDeletion(context(), actor, selection)).rejects.toMatchObject({ code: "development_only" });
      await expect(
        startDeletion(context(), actor, { selection, phrase: "delete 1 user", expectedCount: 1 }),
      ).rejects.toMatchObject({ code: "development_only" });
      await expect(deleteTestUser(context(), actor, { userId: "alice", confirmation: "alice" })).rejects.toMatchObject({
        code: "development_only",
      });
    }
    expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(1);
  });

  test("in development support, viewers and app servers are refused", async () => {
    const { development } = await setUp(named("alice"));
    for (const actor of [
      operatorOf("support", development.ref),
      operatorOf("viewer", development.ref),
      appServerOf(development.ref),
    ]) {
      await expect(planDeletion(context(), actor, { by: "prefix", prefix: "a" })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(deleteTestUser(context(), actor, { userId: "alice", confirmation: "alice" })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });
});

describe("deleting one test user", () => {
  test("needs the id typed exactly, takes soft-deleted users too, and records it", async () => {
    const { admin } = await setUp([{ userId: "alice", name: "Alice", softDeletedAt: Date.now() }]);
    const wrong = deleteTestUser(context(), admin, { userId: "alice", confirmation: "Alice" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_parameter", field: "confirmation" });
    expect(await deleteTestUser(context(), admin, { userId: "alice", confirmation: "alice" })).toEqual({
      userId: "alice",
      removed: {},
    });
    const again = deleteTestUser(context(), admin, { userId: "alice", confirmation: "alice" });
    await expect(again).rejects.toMatchObject({ code: "user_not_found" });
    const { rows } = await listAuditEntries(context(), admin, { user: "alice" });
    expect(rows).toMatchObject([{ action: "user.deleted", before: { name: "Alice", softDeleted: true } }]);
  });
});

describe("the groups of a deleted user", () => {
  test("those that the user owned are dismissed, and the log and every process are told", async () => {
    const { admin, development } = await setUp(named("owner", "member"));
    const { ref } = development;
    await insertGroup(context(), ref, "own", "owner", ["member"]);
    await insertGroup(context(), ref, "other", "member", ["owner"]);
    const heard: BusEvent[] = [];
    const stop = context().bus.subscribe((event) => {
      if (event.type === "groups.changed" && event.environmentId === ref.id) heard.push(event);
    });
    await deleteTestUser(context(), admin, { userId: "owner", confirmation: "owner" });
    await expect
      .poll(() =>
        heard
          .map((event) => (event.type === "groups.changed" ? [event.groupId, [...event.userIds].sort()] : []))
          .sort(),
      )
      .toEqual([
        ["other", ["owner"]],
        ["own", ["member", "owner"]],
      ]);
    stop();
    const { rows } = await listAuditEntries(context(), admin, { action: "group.dismissed" });
    expect(rows).toMatchObject([{ target: { kind: "group", id: "own" }, before: { owner: "owner", members: 2 } }]);
    expect(await wrongCounts(context(), ref)).toEqual([]);
  });

  test("a group that the user is just joining forgets the user as well", async () => {
    const { admin, development } = await setUp(named("owner", "joiner"));
    const { ref } = development;
    await insertGroup(context(), ref, "team", "owner");
    const join = await context().db.pool.connect();
    try {
      await join.query("BEGIN");
      await join.query("SELECT FROM users WHERE environment_id = $1 AND user_id = 'joiner' FOR KEY SHARE", [ref.id]);
      const deletion = deleteTestUser(context(), admin, { userId: "joiner", confirmation: "joiner" });
      await expect
        .poll(async () => {
          const { rows } = await context().db.pool.query<{ waiting: number }>(
            "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          );
          return rows[0]?.waiting;
        })
        .toBe(1);
      await join.query(
        "INSERT INTO group_members (environment_id, group_id, user_id, joined_at) VALUES ($1, 'team', 'joiner', now())",
        [ref.id],
      );
      await join.query("UPDATE groups SET member_count = 2 WHERE environment_id = $1", [ref.id]);
      await join.query("COMMIT");
      await deletion;
    } finally {
      join.release();
    }
    const members = await context().db.prisma.groupMember.findMany({ where: { environmentId: ref.id } });
    expect(members.map((member) => member.userId)).toEqual(["owner"]);
    expect(await wrongCounts(context(), ref)).toEqual([]);
  });
});

test("pasted ids may come as lines, lists, JSON and quoted cells", () => {
  expect(parsePastedIds(' alice, bob;carol\n"dave"\t\'erin\'\n["frank","alice"]\n')).toEqual([
    "alice",
    "bob",
    "carol",
    "dave",
    "erin",
    "frank",
  ]);
  expect(parsePastedIds(" \n,;")).toEqual([]);
});
