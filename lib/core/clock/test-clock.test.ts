import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { connectPostgresBus } from "@/lib/bus/postgres-bus";
import { openDatabase } from "@/lib/db/database";
import { transactionOn } from "@/lib/db/transaction";
import { startSweepers } from "@/server/sweepers";
import { recordQueries } from "@/test/plans/recorded-queries";
import { admit } from "@/test/support/admission";
import { atTheDoor } from "@/test/support/clock";
import { appServerOf, appUserOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { claimForTest, finishForTest, startAfterDryRun } from "@/test/support/jobs";
import { startReceiver } from "@/test/support/receiver";
import { insertTestUsers } from "@/test/support/users";
import { insertTestWebhook, recordTestEvents, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { environmentDirectory } from "../apps/environment-directory";
import { listAuditEntries } from "../audit/list-audit-entries";
import { banUsers } from "../bans/ban-users";
import { addFriend } from "../friends/add-friend";
import { countOpenRequests } from "../friends/count-open-requests";
import { startJobWorker } from "../jobs/job-worker";
import { runJob } from "../jobs/run-job";
import { fetchInbox } from "../messages/fetch-inbox";
import { sendServerMessage } from "../messages/send-server-message";
import { createPresenceNode } from "../presence/presence-node";
import { startTestRun } from "../test-runs/start-test-run";
import { sweepTestRuns } from "../test-runs/sweep-test-runs";
import { issueToken } from "../tokens/issue-token";
import { registerUser } from "../users/register-user";
import { deliverPending } from "../webhooks/deliver-pending";
import { startWebhookWorker } from "../webhooks/webhook-worker";
import { holdClock, setClock } from "./clock-store";
import { backToRealTime } from "./end-clock";
import { getClock } from "./get-clock";
import { advanceClock, setClockTo } from "./move-clock";
import { endClock } from "./times-store";

const context = testContext();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function setUp() {
  const app = await createTestApp(context());
  const other = await createTestApp(context());
  return { ref: app.development.ref, production: app.production.ref, other: other.development.ref };
}

const register = async (environment: EnvironmentRef, userId: string) => {
  const door = await atTheDoor(context(), environment);
  return registerUser(door.context, door.server, { userId, name: userId });
};
const ban = async (environment: EnvironmentRef, userId: string, durationMinutes: number) => {
  const door = await atTheDoor(context(), environment);
  return banUsers(door.context, door.server, { userIds: [userId], durationMinutes });
};
const advance = async (environment: EnvironmentRef, by: string) => {
  const door = await atTheDoor(context(), environment);
  return advanceClock(door.context, door.admin, { by });
};
const back = async (environment: EnvironmentRef) => {
  const door = await atTheDoor(context(), environment);
  return backToRealTime(door.context, door.admin, {});
};
const user = ({ id }: EnvironmentRef, userId: string) =>
  context().db.prisma.user.findUniqueOrThrow({ where: { environmentId_userId: { environmentId: id, userId } } });

/** Within a second or so of a moment. */
const about = (date: Date | null | undefined, ms: number) => {
  expect(Math.abs((date?.getTime() ?? 0) - ms)).toBeLessThan(20_000);
};

describe("moving", () => {
  test("advances by a length, runs on from there, and adds up", async () => {
    const { ref } = await setUp();
    const real = context().now();
    about((await advance(ref, "7d")).time, real + 7 * DAY_MS);
    about((await advance(ref, "1d 12h")).time, real + 8.5 * DAY_MS);
    context().advance(HOUR_MS);
    const door = await atTheDoor(context(), ref);
    about(getClock(door.context, door.admin).time, real + 8.5 * DAY_MS + HOUR_MS);
    about(new Date(door.context.now()), real + 8.5 * DAY_MS + HOUR_MS);
  });

  test("two who advance at once both do", async () => {
    const { ref } = await setUp();
    await Promise.all([advance(ref, "7d"), advance(ref, "7d"), advance(ref, "1h")]);
    expect((await atTheDoor(context(), ref)).ref.clock?.aheadMs).toBe(14 * DAY_MS + HOUR_MS);
  });

  test("is set to a later moment, and never to an earlier one", async () => {
    const { ref } = await setUp();
    const { admin } = await atTheDoor(context(), ref);
    const time = new Date(context().now() + 30 * DAY_MS).toISOString();
    expect((await setClockTo(context(), admin, { time })).time.toISOString()).toBe(time);
    const earlier = new Date(context().now() + 29 * DAY_MS).toISOString();
    const door = await atTheDoor(context(), ref);
    for (const again of [time, earlier, "2020-01-01T00:00:00Z"]) {
      await expect(setClockTo(door.context, door.admin, { time: again })).rejects.toMatchObject({
        code: "clock_backwards",
        field: "time",
      });
    }
  });

  test("goes ten years at most, in all", async () => {
    const { ref } = await setUp();
    await advance(ref, "3650d");
    await expect(advance(ref, "1s")).rejects.toMatchObject({ code: "clock_too_far" });
    await expect(advance((await setUp()).ref, "3651d")).rejects.toMatchObject({ code: "clock_too_far" });
  });

  test.each(["", "7", "d", "-7d", "0s", "7 years", "1.5d", "9999999999s", {}, 7, null])(
    "a length of %j is refused by its field",
    async (by) => {
      const { ref } = await setUp();
      const { admin } = await atTheDoor(context(), ref);
      await expect(advanceClock(context(), admin, { by: by as string })).rejects.toMatchObject({
        issues: [{ path: ["by"] }],
      });
    },
  );

  test.each(["", "tomorrow", "2030-01-01", "2030-01-01T00:00", "2030-13-01T00:00:00Z", 1_900_000_000_000, null])(
    "a moment of %j is refused by its field",
    async (time) => {
      const { ref } = await setUp();
      const { admin } = await atTheDoor(context(), ref);
      await expect(setClockTo(context(), admin, { time: time as string })).rejects.toMatchObject({
        issues: [{ path: ["time"] }],
      });
    },
  );

  test("an operator who saw another time is told who moved the clock", async () => {
    const { ref } = await setUp();
    await advance(ref, "1h");
    const { admin } = await atTheDoor(context(), ref);
    await expect(advanceClock(context(), admin, { by: "1h", seen: { aheadMs: 0 } })).rejects.toMatchObject({
      code: "version_conflict",
      conflict: { by: "Test admin", current: { aheadMs: HOUR_MS } },
    });
    await expect(backToRealTime(context(), admin, { seen: { aheadMs: 0 } })).rejects.toMatchObject({
      code: "version_conflict",
    });
  });

  test("admins may, support may look", async () => {
    const { ref } = await setUp();
    const support = operatorOf("support", ref);
    await expect(advanceClock(context(), support, { by: "1h" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(backToRealTime(context(), support, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(getClock(context(), operatorOf("viewer", ref)).aheadMs).toBe(0);
  });

  test("production has none, whoever asks, and the database would refuse one", async () => {
    const { production } = await setUp();
    const time = new Date(context().now() + DAY_MS).toISOString();
    for (const actor of [operatorOf("owner", production), systemOf(production), appServerOf(production)]) {
      expect(() => getClock(context(), actor)).toThrow("Development only");
      const sent = await recordQueries(async () => {
        for (const tried of [
          () => advanceClock(context(), actor, { by: "1d" }),
          () => setClockTo(context(), actor, { time }),
          () => backToRealTime(context(), actor, {}),
        ]) {
          await expect(tried()).rejects.toMatchObject({ code: "development_only" });
        }
      });
      expect(sent).toEqual([]);
    }
    const planted = context().db.prisma.environment.update({
      where: { id: production.id },
      data: { clockAheadMs: 1n, clockStartedAt: new Date() },
    });
    await expect(planted).rejects.toThrow("environments_clock_check");
  });

  test("the audit log keeps real time, and names the environment's beside it", async () => {
    const { ref } = await setUp();
    await register(ref, "alice");
    await advance(ref, "7d");
    const real = context().now();
    const door = await atTheDoor(context(), ref);
    await banUsers(door.context, door.admin, { userIds: ["alice"], durationMinutes: 60, reason: "test" });
    const { rows } = await listAuditEntries(door.context, door.admin, {});
    expect(rows.map(({ action }) => action)).toEqual(["user.banned", "clock.moved"]);
    about(rows[0]?.at, real);
    about(rows[0]?.environmentAt, real + 7 * DAY_MS);
    about(rows[1]?.at, real);
    expect(rows[1]).toMatchObject({ environmentAt: null, before: { aheadMs: 0 }, after: { aheadMs: 7 * DAY_MS } });
  });
});

describe("what obeys it, where other environments do not notice", () => {
  test("a ban ends, and the user may connect", async () => {
    const { ref, other } = await setUp();
    const tokens = [];
    for (const environment of [ref, other]) {
      tokens.push((await register(environment, "alice")).accessToken);
      await ban(environment, "alice", 24 * 60);
    }
    const [token = "", others = ""] = tokens;
    await expect(admit(context(), ref, token)).rejects.toMatchObject({ code: "user_banned" });
    await advance(ref, "2d");
    await vi.waitFor(() => admit(context(), ref, token));
    await expect(admit(context(), other, others)).rejects.toMatchObject({ code: "user_banned" });
  });

  test("a ban begins at the environment's time and lasts as long as ever", async () => {
    const { ref } = await setUp();
    await register(ref, "alice");
    await advance(ref, "7d");
    const real = context().now();
    await ban(ref, "alice", 60);
    about((await user(ref, "alice")).bannedUntil, real + 7 * DAY_MS + HOUR_MS);
  });

  test("an access token expires, and one that is issued then is good", async () => {
    const { ref, other } = await setUp();
    for (const { id } of [ref, other]) {
      await context().db.prisma.setting.create({
        data: {
          environmentId: id,
          key: "accessTokenValidityHours",
          value: 24,
          updatedAt: new Date(),
          updatedByName: "Test",
        },
      });
    }
    const { accessToken } = await register(ref, "alice");
    const others = (await register(other, "alice")).accessToken;
    await advance(ref, "25h");
    await vi.waitFor(() => expect(admit(context(), ref, accessToken)).rejects.toMatchObject({ code: "token_expired" }));
    await admit(context(), other, others);
    await admit(context(), ref, (await register(ref, "alice")).accessToken);
  });

  test("a friend request expires", async () => {
    const { ref, other } = await setUp();
    const open = async (environment: EnvironmentRef) => {
      const door = await atTheDoor(context(), environment);
      return (await countOpenRequests(door.context, door.admin, { userId: "bob" })).received.count;
    };
    for (const environment of [ref, other]) {
      await insertTestUsers(context(), environment, [{ userId: "alice" }, { userId: "bob" }]);
      await context().db.prisma.user.updateMany({
        where: { environmentId: environment.id },
        data: { friendPermission: 2 },
      });
      await addFriend(context(), appServerOf(environment), { userId: "alice", targetId: "bob" });
    }
    expect(await open(ref)).toBe(1);
    await advance(ref, "8d");
    expect([await open(ref), await open(other)]).toEqual([0, 1]);
    await back(ref);
    expect(await open(ref)).toBe(0);
  });

  test("a message leaves the inbox after seven days, and those of others stay where they lie", async () => {
    const { ref, other } = await setUp();
    const inbox = async (environment: EnvironmentRef) => {
      const door = await atTheDoor(context(), environment);
      const { messages } = await fetchInbox(door.context, appUserOf(door.ref, "bob"), { cursor: 0, limit: 10 });
      return messages.map(({ content }) => content);
    };
    const send = async (environment: EnvironmentRef, content: string) => {
      const door = await atTheDoor(context(), environment);
      const message = { fromUserId: "alice", toUserIds: ["bob"], messageType: "text", content };
      await sendServerMessage(door.context, door.server, message);
    };
    for (const environment of [ref, other]) {
      await insertTestUsers(context(), environment, [{ userId: "alice" }, { userId: "bob" }]);
      await send(environment, "early");
    }
    const slots = () => context().db.prisma.messageSlot.findMany({ orderBy: { slot: "asc" } });
    const before = await slots();
    await advance(ref, "30d");
    await send(ref, "late");
    expect(await slots()).toEqual(before);
    expect([await inbox(ref), await inbox(other)]).toEqual([["late"], ["early"]]);
    await back(ref);
    expect(await inbox(ref)).toEqual(["late"]);
  });

  test("a test run expires, and its users are deleted by the job", async () => {
    const { ref, other } = await setUp();
    for (const environment of [ref, other]) {
      const door = await atTheDoor(context(), environment);
      await startTestRun(door.context, door.admin, { id: "pw", minutes: 120 });
      await registerUser(door.context, door.server, { userId: "alice", name: "Alice" }, { testRun: "pw" });
    }
    await advance(ref, "3h");
    expect(await sweepTestRuns(context())).toBe(1);
    const run = await context().db.prisma.testRun.findFirstOrThrow({ where: { environmentId: ref.id } });
    const { admin } = await atTheDoor(context(), ref);
    expect(await finishForTest(context(), admin, run.jobId ?? "")).toMatchObject({ state: "finished", succeeded: 1 });
    expect(await context().db.prisma.user.count({ where: { environmentId: ref.id } })).toBe(0);
    expect(await context().db.prisma.user.count({ where: { environmentId: other.id } })).toBe(1);
  });

  test("a webhook's retry is due, signed by real time, and its events tell the environment's", async () => {
    const { ref } = await setUp();
    let status = 500;
    const receiver = await startReceiver((_received, _request, response) => {
      response.statusCode = status;
      response.end();
    });
    await insertTestWebhook(context(), ref, receiver.url);
    await recordTestEvents(context(), ref, ["alice"]);
    const next = await deliverPending(context(), ref.id);
    expect(next).toBeGreaterThan(context().now());
    await advance(ref, "12h");
    status = 200;
    const real = context().now();
    expect(await deliverPending(context(), ref.id)).toBeNull();
    expect(receiver.received).toHaveLength(2);
    const signedAt = new URL(receiver.received[1]?.url ?? "", receiver.url).searchParams.get("signTimestamp");
    about(new Date(Number(signedAt)), real);
    const [event] = await storedEvents(context(), ref);
    about(event?.deliveredAt, real + 12 * HOUR_MS);
  });

  test("a user is seen at the environment's time, also by a process that gathered it before", async () => {
    const { ref, other } = await setUp();
    const node = createPresenceNode(context());
    const connection = (environment: EnvironmentRef, id: string) => ({
      environmentId: environment.id,
      userId: "alice",
      id,
      platform: "Web",
      sdk: "",
      device: "",
      ip: "",
      port: 0,
      connectedAt: new Date(context().now()),
    });
    const ids = ["6f1f7a52-6a52-4f7e-9a9b-0d0c3f6f0001", "6f1f7a52-6a52-4f7e-9a9b-0d0c3f6f0002"] as const;
    for (const [index, environment] of [ref, other].entries()) {
      await insertTestUsers(context(), environment, [{ userId: "alice" }]);
      await environmentDirectory(context()).find(environment.appKey);
      await node.add(connection(environment, ids[index === 0 ? 0 : 1]));
    }
    await advance(ref, "7d");
    await vi.waitFor(async () => {
      await environmentDirectory(context()).find(ref.appKey);
      expect(environmentDirectory(context()).aheadMs(ref.id)).toBe(7 * DAY_MS);
    });
    const real = context().now();
    for (const id of ids) node.remove(id, "lost");
    await node.stop();
    about((await user(ref, "alice")).lastSeenAt, real + 7 * DAY_MS);
    about((await user(other, "alice")).lastSeenAt, real);
  });

  test("within a moment of the move a run is over, its users are deleted, and a webhook that waits is sent again", async () => {
    const { ref } = await setUp();
    let status = 500;
    const receiver = await startReceiver((_received, _request, response) => {
      response.statusCode = status;
      response.end();
    });
    await insertTestWebhook(context(), ref, receiver.url);
    const door = await atTheDoor(context(), ref);
    await startTestRun(door.context, door.admin, { id: "pw", minutes: 120 });
    await registerUser(door.context, door.server, { userId: "alice", name: "Alice" }, { testRun: "pw" });
    const stopSweepers = startSweepers(context(), { sweep: async () => 0 });
    const jobs = startJobWorker(context(), { pollMs: 60_000 });
    const webhooks = await startWebhookWorker(context(), { databaseUrl: context().url, pollMs: 60_000 });
    try {
      await recordTestEvents(context(), ref, ["bob"]);
      await vi.waitFor(
        async () => expect(await storedEvents(context(), ref)).toMatchObject([{ failures: 1, deliveredAt: null }]),
        { timeout: 5_000 },
      );
      status = 200;
      await advance(ref, "3h");
      await vi.waitFor(
        async () => {
          expect(await context().db.prisma.user.count({ where: { environmentId: ref.id } })).toBe(0);
          expect(receiver.received).toHaveLength(2);
        },
        { timeout: 5_000 },
      );
    } finally {
      await webhooks.stop();
      await jobs.stop();
      await stopSweepers();
    }
  });

  test("the sweepers come at once, and another process hears of it", async () => {
    const { ref } = await setUp();
    const { accessToken } = await register(ref, "alice");
    await ban(ref, "alice", 60);
    const db = openDatabase({ url: context().url, poolSize: 2 });
    const bus = await connectPostgresBus({ url: context().url, pool: db.pool, log: context().log });
    const there = { ...context(), db, bus };
    const stop = startSweepers(there, { sweep: async () => 0 });
    try {
      await expect(admit(there, ref, accessToken)).rejects.toMatchObject({ code: "user_banned" });
      await advance(ref, "2h");
      await vi.waitFor(async () => expect((await user(ref, "alice")).bannedUntil).toBeNull(), { timeout: 3_000 });
      await admit(there, ref, accessToken);
    } finally {
      await stop();
      await bus.close();
      await db.close();
    }
  });
});

describe("back to real time", () => {
  test("what was over stays over, what goes on keeps what is left, and everything its order", async () => {
    const { ref } = await setUp();
    const { accessToken: before } = await register(ref, "alice");
    await ban(ref, "alice", 60);
    await advance(ref, "7d");
    context().advance(1_000);
    await register(ref, "bob");
    await ban(ref, "bob", 120);
    await advance(ref, "1h");
    context().advance(1_000);
    await register(ref, "cleo");
    const door = await atTheDoor(context(), ref);
    await startTestRun(door.context, door.admin, { id: "pw", minutes: 30 });
    const real = context().now();
    expect((await back(ref)).aheadMs).toBe(0);

    const stored = await context().db.prisma.user.findMany({
      where: { environmentId: ref.id },
      orderBy: { createdAt: "asc" },
    });
    expect(stored.map(({ userId }) => userId)).toEqual(["alice", "bob", "cleo"]);
    for (const { createdAt } of stored) expect(createdAt.getTime()).toBeLessThanOrEqual(real);
    about((await user(ref, "bob")).createdAt, real - 1_000);
    // An hour of bob's two passed by the second move.
    about((await user(ref, "bob")).bannedUntil, real + HOUR_MS);
    const run = await context().db.prisma.testRun.findFirstOrThrow({ where: { environmentId: ref.id } });
    about(run.startedAt, real);
    about(run.expiresAt, real + HOUR_MS / 2);
    const [ended] = await context().db.prisma.ban.findMany({ where: { environmentId: ref.id, userId: "alice" } });
    expect(ended?.endsAt.getTime()).toBeLessThanOrEqual(real);
    await vi.waitFor(() => admit(context(), ref, before));
    expect(await context().db.prisma.clockStep.count({ where: { environmentId: ref.id } })).toBe(0);
    expect((await atTheDoor(context(), ref)).ref.clock).toBeNull();
  });

  test("a ban of before the clock keeps what is left of it", async () => {
    const { ref } = await setUp();
    await register(ref, "alice");
    await ban(ref, "alice", 10 * 24 * 60);
    await advance(ref, "7d");
    const real = context().now();
    await back(ref);
    about((await user(ref, "alice")).bannedUntil, real + 3 * DAY_MS);
  });

  test("access tokens of the clock are refused with the reason, and registering gives good ones", async () => {
    const { ref } = await setUp();
    const { accessToken: before } = await register(ref, "alice");
    await advance(ref, "7d");
    await vi.waitFor(async () =>
      expect((await environmentDirectory(context()).find(ref.appKey))?.ref.clock).not.toBeNull(),
    );
    const { accessToken: under } = await register(ref, "alice");
    await admit(context(), ref, under);
    await back(ref);
    await vi.waitFor(() =>
      expect(admit(context(), ref, under)).rejects.toMatchObject({
        code: "token_expired",
        message: expect.stringContaining("back to real time"),
      }),
    );
    await admit(context(), ref, before);
    await admit(context(), ref, (await register(ref, "alice")).accessToken);
    // Nor does another clock accept it.
    await advance(ref, "7d");
    await vi.waitFor(async () => {
      const { accessToken } = await issueToken(context(), ref, "alice");
      await admit(context(), ref, accessToken);
    });
    await expect(admit(context(), ref, under)).rejects.toMatchObject({ code: "token_expired" });
  });

  test("does nothing where there is no clock", async () => {
    const { ref } = await setUp();
    expect((await back(ref)).aheadMs).toBe(0);
    const { admin } = await atTheDoor(context(), ref);
    expect((await listAuditEntries(context(), admin, {})).rows).toEqual([]);
  });

  test("waits for changes under way, and refuses those that come after it by the clock that is no more", async () => {
    const { ref } = await setUp();
    await register(ref, "alice");
    await advance(ref, "7d");
    const stale = await atTheDoor(context(), ref);
    let ended = false;
    let ending: Promise<unknown> | undefined;
    await transactionOn(context().db.pool, async (run) => {
      await holdClock(run, stale.ref);
      ending = back(ref).then(() => {
        ended = true;
      });
      await vi.waitFor(async () => {
        const { rows } = await context().db.pool.query(
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%clock_ahead_ms%' AND datname = current_database()",
        );
        expect(rows).toHaveLength(1);
      });
      expect(ended).toBe(false);
    });
    await ending;
    await expect(
      banUsers(stale.context, stale.server, { userIds: ["alice"], durationMinutes: 60 }),
    ).rejects.toMatchObject({ code: "clock_moved" });
    expect((await user(ref, "alice")).bannedUntil).toBeNull();
  });
});

test("a job that was begun by a clock that is no more is gone on with by real time, and no item fails of it", async () => {
  const { ref } = await setUp();
  await register(ref, "alice");
  await advance(ref, "7d");
  const door = await atTheDoor(context(), ref);
  const act = { kind: "ban", durationMinutes: 60, reason: "test" } as const;
  const jobId = await startAfterDryRun(door.context, door.admin, act, { by: "ids", userIds: ["alice"] });
  const claimed = await claimForTest(context(), jobId);
  await back(ref);
  await expect(runJob(context(), claimed, () => false)).rejects.toMatchObject({ code: "clock_moved" });
  // Its lease runs out.
  context().advance(30_000);
  const { admin } = await atTheDoor(context(), ref);
  expect(await finishForTest(context(), admin, jobId)).toMatchObject({ state: "finished", succeeded: 1, failed: 0 });
  expect((await user(ref, "alice")).bannedUntil?.getTime()).toBeLessThan(context().now() + HOUR_MS);
});

test("property: however often a clock was moved, going back keeps every order, and what lies before and after now", async () => {
  const hours = fc.integer({ min: 1, max: 500 });
  const moves = fc.array(fc.record({ wait: hours, by: hours }), { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(
    moves,
    fc.array(fc.integer({ min: -600, max: 6_000 }), { maxLength: 20 }),
    async (steps, ages) => {
      const { ref } = await setUp();
      const begin = context().now() - 5_000 * HOUR_MS;
      let realAt = begin;
      let aheadMs = 0;
      await transactionOn(context().db.pool, async (run) => {
        for (const { wait, by } of steps) {
          realAt += wait * HOUR_MS;
          const passedFrom = realAt + aheadMs;
          aheadMs += by * HOUR_MS;
          await setClock(run, ref.id, { aheadMs, startedAt: begin }, { passedFrom, realAt });
        }
      });
      const real = realAt + HOUR_MS;
      const now = real + aheadMs;
      const times = [...new Set(ages)].sort((a, b) => a - b).map((age) => begin + age * HOUR_MS);
      const users = times.map((createdAt, index) => ({ userId: `u${String(index).padStart(2, "0")}`, createdAt }));
      await insertTestUsers(context(), ref, users);
      await transactionOn(context().db.pool, (run) => endClock(run, ref.id));
      const after = await context().db.prisma.user.findMany({
        where: { environmentId: ref.id },
        orderBy: { userId: "asc" },
      });
      for (const [index, { createdAt }] of after.entries()) {
        const [at, before] = [createdAt.getTime(), times[index] ?? 0];
        expect(at).toBeGreaterThanOrEqual(after[index - 1]?.createdAt.getTime() ?? 0);
        expect(at <= real).toBe(before <= now);
        if (before > now) expect(at - real).toBe(before - now);
        if (before < begin) expect(at).toBe(before);
      }
    },
  );
  await fc.assert(property, { numRuns: 15 });
});

test("requests send no statement more where there is no clock, and one more where there is", async () => {
  const { ref } = await setUp();
  for (const userId of ["warm", "alice", "bob"]) await register(ref, userId);
  const door = await atTheDoor(context(), ref);
  const statements = async (userId: string) => {
    const { context: own, server } = await atTheDoor(context(), ref);
    return (await recordQueries(() => banUsers(own, server, { userIds: [userId], durationMinutes: 60 }))).map(
      ({ text }) => text,
    );
  };
  await banUsers(door.context, door.server, { userIds: ["warm"], durationMinutes: 60 });
  const without = await statements("alice");
  expect(without.filter((text) => /clock/.test(text) && !/environment_at/.test(text))).toEqual([]);
  await advance(ref, "1d");
  const under = await statements("bob");
  expect(under).toHaveLength(without.length + 1);
});
