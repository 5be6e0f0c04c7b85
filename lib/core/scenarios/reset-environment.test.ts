import { expect, test } from "vitest";
import { atTheDoor } from "@/test/support/clock";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { plantRow } from "@/test/support/plant-row";
import { insertFriendship, insertGroup, wrongCounts } from "@/test/support/relations";
import { storedIn } from "@/test/support/stored";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { ENVIRONMENT_TABLES } from "../apps/app-data-store";
import { listAuditEntries } from "../audit/list-audit-entries";
import { advanceClock } from "../clock/move-clock";
import { planDeletion } from "../deletion/plan-deletion";
import { startDeletion } from "../deletion/start-deletion";
import { startJobWorker } from "../jobs/job-worker";
import { sendServerMessage } from "../messages/send-server-message";
import { changeUserLimit } from "../quota/change-user-limit";
import { changeSettings } from "../settings/change-settings";
import { getSettings } from "../settings/get-settings";
import { settingsOf } from "../settings/settings-of";
import { startTestRun } from "../test-runs/start-test-run";
import { registerUser } from "../users/register-user";
import { planReset, resetEnvironment } from "./reset-environment";
import { seedScenario } from "./seed-scenario";

const context = testContext();

/** Of a program: a person at the console types a phrase. */
const adminOf = (ref: EnvironmentRef) => ({ ...operatorOf("admin", ref), source: "console_api" as const });

const people = (count: number, prefix = "u") =>
  Array.from({ length: count }, (_, index) => ({ userId: `${prefix}${String(index).padStart(4, "0")}` }));

async function countRows(table: string, environmentId: number): Promise<number> {
  const { rows } = await context().db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE environment_id = $1`,
    [environmentId],
  );
  return rows[0]?.count ?? -1;
}

test("every table goes or stays as the list says, and nothing of another environment is touched", async () => {
  const { development, production } = await createTestApp(context());
  const other = await createTestApp(context());
  for (const { ref } of [development, production, other.development]) {
    for (const table of Object.keys(ENVIRONMENT_TABLES)) {
      if ((await countRows(table, ref.id)) === 0) await plantRow(context().db.pool, table, { environment_id: ref.id });
    }
  }
  const others = async () => [
    await storedIn(context(), production.ref.id),
    await storedIn(context(), other.development.ref.id),
  ];
  const before = await others();
  await resetEnvironment(context(), adminOf(development.ref), {});
  for (const [table, fate] of Object.entries(ENVIRONMENT_TABLES)) {
    expect(await countRows(table, development.ref.id), table).toBe(fate === "emptied" ? 0 : 1);
  }
  expect(await others()).toEqual(before);
});

test("the dry run says what would go and changes nothing; the log keeps the same count", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  await seedScenario(context(), admin, { scenario: "friends" });
  await startTestRun(context(), admin, { id: "ci" });
  const { version } = await getSettings(context(), admin);
  await changeSettings(context(), admin, { version, changes: { restrictDirectMessagingToFriends: true } });
  const stored = await storedIn(context(), development.ref.id);
  const plan = await planReset(context(), admin);
  expect(plan).toEqual({
    users: 8,
    groups: 1,
    messages: 3,
    testRuns: 1,
    jobs: 0,
    webhookDeliveries: 0,
    connections: 0,
    settings: ["restrictDirectMessagingToFriends"],
  });
  expect(await storedIn(context(), development.ref.id)).toEqual(stored);
  const { deleted } = await resetEnvironment(context(), admin, {});
  expect(deleted).toEqual(plan);
  const { rows } = await listAuditEntries(context(), admin, { action: "environment.reset" });
  expect(rows).toMatchObject([{ before: plan, after: { scenario: "empty" } }]);
  const after = await getSettings(context(), admin);
  expect(after.values.restrictDirectMessagingToFriends).toBe(false);
  // Whoever still shows the settings from before is refused.
  const late = changeSettings(context(), admin, { version: version + 1, changes: { profileUpdatesToFriends: true } });
  await expect(late).rejects.toMatchObject({ code: "version_conflict" });
});

test("what was in use goes on: message numbers, the seat lock, ids", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  const app = appServerOf(development.ref);
  const send = () =>
    sendServerMessage(context(), app, {
      fromUserId: "bob",
      toUserIds: ["alice"],
      messageType: "RC:TxtMsg",
      content: JSON.stringify({ content: "hi" }),
    });
  const numbers = async () =>
    (await context().db.prisma.message.findMany({ where: { environmentId: development.ref.id } })).map(
      ({ sequence }) => sequence,
    );
  await resetEnvironment(context(), admin, { scenario: "friends" });
  const before = await numbers();
  await resetEnvironment(context(), admin, { scenario: "friends" });
  await send();
  const after = await numbers();
  expect(after).toHaveLength(4);
  expect(after.every((number) => before.every((earlier) => number > earlier))).toBe(true);
});

test("registrations that race are before it or after it, and the limit holds", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  await insertTestUsers(context(), development.ref, people(90));
  const results = await Promise.all([
    ...people(60, "race-").map(({ userId }) =>
      registerUser(context(), appServerOf(development.ref), { userId, name: userId }).then(
        () => "in",
        (error: { code: string }) => error.code,
      ),
    ),
    resetEnvironment(context(), admin, { scenario: "friends" }).then(() => "reset"),
  ]);
  expect(new Set(results)).toEqual(new Set(["reset", ...results.filter((result) => result !== "reset")]));
  expect(results.filter((result) => !["in", "reset", "user_quota_reached"].includes(result))).toEqual([]);
  const users = await context().db.prisma.user.findMany({ where: { environmentId: development.ref.id } });
  expect(users.filter(({ userId }) => userId.startsWith("u"))).toEqual([]);
  expect(users.filter(({ userId }) => !userId.startsWith("race-"))).toHaveLength(8);
  expect(await wrongCounts(context(), development.ref)).toEqual([]);
});

test("resets of one environment take turns: the last scenario is there, whole", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  const scenarios = ["friends", "bans-ending", "soft-deleted", "unicode"] as const;
  const results = await Promise.all(scenarios.map((scenario) => resetEnvironment(context(), admin, { scenario })));
  const users = await context().db.prisma.user.findMany({ where: { environmentId: development.ref.id } });
  const ids = users.map(({ userId }) => userId).sort();
  expect(results.map((result) => result.users.map(({ userId }) => userId).sort())).toContainEqual(ids);
  expect(await wrongCounts(context(), development.ref)).toEqual([]);
});

test("a job that runs is not carried on, and its worker lives", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  await insertTestUsers(context(), development.ref, people(100));
  const selection = { by: "prefix", prefix: "u" } as const;
  const { count, phrase } = await planDeletion(context(), admin, selection);
  const worker = startJobWorker(context(), { pollMs: 50 });
  try {
    await startDeletion(context(), admin, { selection, phrase, expectedCount: count });
    await resetEnvironment(context(), admin, { scenario: "friends" });
    expect(await countRows("jobs", development.ref.id)).toBe(0);
    // The same worker carries out what comes next.
    const next = { by: "prefix", prefix: "alice" } as const;
    const plan = await planDeletion(context(), admin, next);
    await startDeletion(context(), admin, { selection: next, phrase: plan.phrase, expectedCount: 1 });
    await expect.poll(() => countRows("users", development.ref.id), { timeout: 10_000 }).toBe(7);
  } finally {
    await worker.stop();
  }
});

test("100 users with friends, groups, messages, deliveries and audit: under two seconds", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  const admin = adminOf(ref);
  const users = people(100);
  await insertTestUsers(context(), ref, users);
  for (let index = 0; index < 100; index += 1) {
    const id = (offset: number) => users[(index + offset) % 100]?.userId ?? "";
    for (const offset of [1, 2, 3]) await insertFriendship(context(), ref, id(0), id(offset));
    if (index % 10 === 0) await insertGroup(context(), ref, `g${index}`, id(0), [id(1), id(2), id(3)]);
  }
  await context().db.pool.query(
    `INSERT INTO webhook_events (environment_id, type, order_key, data, created_at, due_at, give_up_at)
     SELECT $1, 'user:friendship', 'u', '{}', now(), now() + interval '1 h', now() + interval '1 d' FROM generate_series(1, 2000)`,
    [ref.id],
  );
  await context().db.pool.query(
    `INSERT INTO messages (environment_id, sequence, slot, kind, sender_id, target_id, type, content, sent_at)
     SELECT $1, n, 0, 1, 'u0001', 'u0002', 'RC:TxtMsg', '{}', 1 FROM generate_series(1, 2000) AS n`,
    [ref.id],
  );
  const began = performance.now();
  const { deleted } = await resetEnvironment(context(), admin, { scenario: "friends" });
  const took = performance.now() - began;
  expect(deleted).toMatchObject({ users: 100, groups: 10, messages: 2000, webhookDeliveries: 2000 });
  // Two seconds, with room for a machine that does five other things.
  expect(took).toBeLessThan(8_000);
});

test("a limit below the scenario's people refuses before anything goes", async () => {
  const { development } = await createTestApp(context());
  await insertTestUsers(context(), development.ref, people(5));
  await changeUserLimit(context(), operatorOf("owner", development.ref), { limit: 10 });
  const reset = resetEnvironment(context(), adminOf(development.ref), { scenario: "wave" });
  await expect(reset).rejects.toMatchObject({ code: "seats_not_free" });
  expect(await countRows("users", development.ref.id)).toBe(5);
});

test("a person at the console types a phrase", async () => {
  const { development } = await createTestApp(context());
  const person = operatorOf("owner", development.ref);
  await insertTestUsers(context(), development.ref, people(3));
  for (const phrase of [undefined, "", "Reset development", "delete 3 users"]) {
    const reset = resetEnvironment(context(), person, { ...(phrase === undefined ? {} : { phrase }) });
    await expect(reset).rejects.toMatchObject({ code: "invalid_parameter", field: "phrase" });
  }
  expect(await countRows("users", development.ref.id)).toBe(3);
  await resetEnvironment(context(), person, { phrase: "reset development" });
  expect(await countRows("users", development.ref.id)).toBe(0);
});

test("settings that the last test has left on do not act on the scenario", async () => {
  const { development } = await createTestApp(context());
  const admin = adminOf(development.ref);
  await seedScenario(context(), admin, { scenario: "friends" });
  const { version } = await getSettings(context(), admin);
  await changeSettings(context(), admin, { version, changes: { friendRequestPreference: "nobody" } });
  const acts = async () => (await settingsOf(context(), development.ref.id)).friendRequestPreference;
  await expect.poll(acts).toBe("nobody");
  await resetEnvironment(context(), admin, { scenario: "friends" });
  expect(await countRows("friend_requests", development.ref.id)).toBe(2);
});

test("under a test clock, which stays, times are those of the environment", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  const before = await atTheDoor(context(), ref);
  await advanceClock(before.context, before.admin, { by: "7d" });
  const { context: clocked, admin } = await atTheDoor(context(), ref);
  await resetEnvironment(clocked, { ...admin, source: "console_api" }, { scenario: "bans-ending" });
  const banned = await context().db.prisma.user.findUniqueOrThrow({
    where: { environmentId_userId: { environmentId: ref.id, userId: "ban-1h" } },
  });
  const left = (banned.bannedUntil?.getTime() ?? 0) - clocked.now();
  expect(Math.round(left / 60_000)).toBe(60);
  expect(clocked.now() - context().now()).toBeGreaterThan(6 * 86_400_000);
  expect(await countRows("clock_steps", ref.id)).toBe(1);
});
