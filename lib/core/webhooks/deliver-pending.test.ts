import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { LEASE_MS } from "@/lib/queue/lease-store";
import { Wakeups } from "@/lib/queue/wakeups";
import { createTestApp, testContext } from "@/test/support/context";
import { type Received, startHangingReceiver, startReceiver } from "@/test/support/receiver";
import { insertTestWebhook, recordTestEvents, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import { deliverPending } from "./deliver-pending";
import { RECEIVER_PAUSE_MS } from "./retry-rules";
import { claimRun } from "./run-store";
import { giveUpWebhookEvents } from "./sweep-webhooks";

const context = testContext();
const HOUR = 3_600_000;

/** Delivers what is due now, without any spread in the pauses. */
const deliver = (environment: EnvironmentRef, attemptTimeoutMs?: number) =>
  deliverPending(context(), environment.id, { random: () => 0.5, attemptTimeoutMs });

/** Moves the clock to when the environment is to be looked at next, and looks. */
async function deliverNext(environment: EnvironmentRef, next: number | null): Promise<number | null> {
  if (next === null) throw new Error("nothing is to come");
  context().advance(Math.max(0, next - context().now()) + 1);
  return deliver(environment);
}

const eventOf = (received: Received) => JSON.parse(received.body) as { id: string; data: [Record<string, unknown>] };
const dataOf = (received: Received) => eventOf(received).data[0];
const numbersOf = (received: readonly Received[], userId: string) =>
  received.map(dataOf).flatMap((data) => (data?.userId === userId ? [data.number] : []));

async function environmentWith(url: string): Promise<EnvironmentRef & { appSecret: string }> {
  const { development } = await createTestApp(context());
  await insertTestWebhook(context(), development.ref, url);
  return { ...development.ref, appSecret: development.appSecret };
}

const attemptsOf = (environmentId: EnvironmentId) =>
  context().db.prisma.webhookAttempt.findMany({
    where: { environmentId },
    orderBy: [{ eventId: "asc" }, { attempt: "asc" }],
  });

describe("a delivery", () => {
  test("is the envelope, signed with the App Secret in the query beside the address's own", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(`${receiver.url}?team=a%20b`);
    await recordTestEvents(context(), environment, ["alice"]);
    await deliver(environment);

    const [received] = receiver.received;
    if (received === undefined) throw new Error("nothing was received");
    const [stored] = await storedEvents(context(), environment);
    expect(JSON.parse(received.body)).toEqual({
      type: "user:friendship",
      id: stored?.eventId,
      time: stored?.createdAt.getTime(),
      data: [{ userId: "alice", number: 0 }],
    });
    expect(received.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-request-id": stored?.eventId,
    });
    expect(received.url.startsWith("/hook?team=a%20b&nonce=")).toBe(true);
    // As a receiver checks it: docs/webhooks.md.
    const query = new URL(received.url, receiver.url).searchParams;
    const [nonce, time, signature] = ["nonce", "signTimestamp", "signature"].map((name) => query.get(name) ?? "");
    expect(signature).toBe(
      createHash("sha1")
        .update(environment.appSecret + nonce + time)
        .digest("hex"),
    );
    expect(Math.abs(Number(time) - context().now())).toBeLessThan(10_000);
  });

  test("is accepted by 200 alone; every try is logged with status, time and answer", async () => {
    const answers = [201, 204, 302, 404, 500, 200];
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(answers.shift() ?? 200, { Location: "/elsewhere" }).end("because");
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    let next = await deliver(environment);
    for (let round = 0; round < 5; round++) next = await deliverNext(environment, next);

    expect(next).toBeNull();
    expect(await storedEvents(context(), environment)).toMatchObject([{ attempts: 6, failures: 5, deadAt: null }]);
    const attempts = await attemptsOf(environment.id);
    expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 201],
      [2, 204],
      [3, 302],
      [4, 404],
      [5, 500],
      [6, 200],
    ]);
    expect(attempts.map(({ error }) => error)).toEqual([
      "Answered 201: only 200 accepts an event.",
      "Answered 204: only 200 accepts an event.",
      "Answered 302: redirects are not followed.",
      "Answered 404.",
      "Answered 500.",
      "",
    ]);
    expect(attempts[3]?.answer).toBe("because");
    // One id for all tries, so that a receiver can tell a repeated event; another nonce for each.
    expect(new Set(receiver.received.map((one) => eventOf(one).id)).size).toBe(1);
    expect(new Set(receiver.received.map((one) => one.url)).size).toBe(6);
  });

  test("that is answered by switching protocols fails like any other, and the next ones go on", async () => {
    const statuses = [101, 200];
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(statuses.shift() ?? 200, { Connection: "Upgrade", Upgrade: "websocket" }).end();
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    expect(await deliverNext(environment, await deliver(environment))).toBeNull();
    expect((await attemptsOf(environment.id)).map(({ status, error }) => [status, error])).toEqual([
      [101, "Answered 101."],
      [200, ""],
    ]);
  });

  test("goes to no private address unless the installation allows it, and says so in the log", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    const guarded = { ...context(), outbound: createOutbound({ allowPrivate: false }) };
    expect(await deliverPending(guarded, environment.id)).toBeGreaterThan(context().now());
    expect(receiver.received).toEqual([]);
    expect(await attemptsOf(environment.id)).toMatchObject([
      { status: null, error: "The address 127.0.0.1 is not on the public internet." },
    ]);
  });
});

describe("the order", () => {
  test("of one user's events is kept across failures, while other users go on", async () => {
    let broken = true;
    const receiver = await startReceiver((received, _request, response) => {
      const refused = broken && dataOf(received)?.userId === "alice" && dataOf(received)?.number === 2;
      response.writeHead(refused ? 500 : 200).end();
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice", "bob", "alice", "bob", "alice"]);
    const next = await deliver(environment);
    expect(numbersOf(receiver.received, "alice")).toEqual([0, 2]);
    expect(numbersOf(receiver.received, "bob")).toEqual([1, 3]);

    // What is recorded meanwhile waits behind it as well.
    await recordTestEvents(context(), environment, ["alice", "bob"]);
    await deliver(environment);
    expect(numbersOf(receiver.received, "alice")).toEqual([0, 2]);
    expect(numbersOf(receiver.received, "bob")).toEqual([1, 3, 1]);

    broken = false;
    expect(await deliverNext(environment, next)).toBeNull();
    expect(numbersOf(receiver.received, "alice")).toEqual([0, 2, 2, 4, 0]);
    expect((await storedEvents(context(), environment)).every((event) => event.deliveredAt !== null)).toBe(true);
  });

  test("of 20 users with 20 events each under random failures is each user's own, and nothing is left out", async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const accepted: Received[] = [];
    const receiver = await startReceiver((received, _request, response) => {
      if (random() < 0.1) return void response.writeHead(503).end();
      accepted.push(received);
      response.end();
    });
    const environment = await environmentWith(receiver.url);
    const users = Array.from({ length: 20 }, (_, n) => `user-${n}`);
    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 400 }, (_, n) => users[n % 20] ?? ""),
    );
    let next = await deliver(environment);
    while (next !== null) next = await deliverNext(environment, next);
    expect(accepted).toHaveLength(400);
    for (const [index, userId] of users.entries()) {
      expect(numbersOf(accepted, userId)).toEqual(Array.from({ length: 20 }, (_, n) => index + 20 * n));
    }
  });

  test("holds when two runs meet: one has the environment, the other leaves it", async () => {
    const receiver = await startReceiver((_received, _request, response) => void setImmediate(() => response.end()));
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 60 }, (_, n) => `user-${n % 3}`),
    );
    await Promise.all(Array.from({ length: 5 }, () => deliver(environment)));
    expect(receiver.received).toHaveLength(60);
    for (const userId of ["user-0", "user-1", "user-2"]) {
      const numbers = numbersOf(receiver.received, userId);
      expect(numbers).toEqual([...numbers].sort((a, b) => Number(a) - Number(b)));
    }
  });

  test("an event recorded while a slow one is waited for does not wait for it", async () => {
    let release = () => {};
    const receiver = await startReceiver((received, _request, response) => {
      if (dataOf(received)?.userId === "slow") release = () => response.end();
      else response.end();
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["slow"]);
    const wakeups = new Wakeups();
    const run = deliverPending(context(), environment.id, { wakeups });
    await expect.poll(() => receiver.received.length).toBe(1);
    await recordTestEvents(context(), environment, ["quick"]);
    expect(wakeups.notify()).toBe(true);
    await expect.poll(() => numbersOf(receiver.received, "quick")).toEqual([0]);
    release();
    expect(await run).toBeNull();
    expect(wakeups.notify()).toBe(false);
  });
});

describe("retries", () => {
  test("come after growing pauses for 24 hours, then the event is given up and the next one has its turn", async () => {
    let down = true;
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(down ? 500 : 200).end();
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    const events = () => storedEvents(context(), environment);
    const recorded = (await events())[0]?.createdAt.getTime() ?? 0;

    const triedAt = [0];
    let next = await deliver(environment);
    while ((await events())[0]?.deadAt === null) {
      triedAt.push(Math.round((Number(next) - recorded) / 1_000));
      // Half way a second event comes: it waits behind the first.
      if (triedAt.length === 12) await recordTestEvents(context(), environment, ["alice"]);
      next = await deliverNext(environment, next);
    }
    const pauses = triedAt.slice(1, 9).map((at, index) => at - (triedAt[index] ?? 0));
    expect(pauses.map((pause) => Math.round(pause / 5) * 5)).toEqual([0, 5, 30, 120, 600, 1_800, 3_600, 7_200]);
    // The last try is made when the time is up.
    expect(triedAt.at(-1)).toBe(24 * 3_600);
    expect(await events()).toMatchObject([
      { deliveredAt: null, dueAt: null, failures: triedAt.length },
      { deadAt: null, attempts: 1 },
    ]);
    down = false;
    expect(await deliverNext(environment, next)).toBeNull();
    expect((await events())[1]).toMatchObject({ deadAt: null, attempts: 2 });
    expect((await events())[1]?.deliveredAt).not.toBeNull();
  });

  test("what has no turn for 24 hours is given up by the sweep, and what was parked behind it is freed", async () => {
    const receiver = await startReceiver((_received, _request, response) => void response.writeHead(500).end());
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    context().advance(HOUR);
    await recordTestEvents(context(), environment, ["alice"]);
    await deliver(environment);
    expect((await storedEvents(context(), environment))[1]?.dueAt).toBeNull();

    context().advance(23 * HOUR + 180_000);
    expect(await giveUpWebhookEvents(context())).toBeGreaterThanOrEqual(1);
    const [first, second] = await storedEvents(context(), environment);
    expect(first).toMatchObject({ deliveredAt: null, dueAt: null });
    expect(first?.deadAt).not.toBeNull();
    expect(second).toMatchObject({ deadAt: null });
    expect(second?.dueAt?.getTime()).toBeLessThanOrEqual(context().now());
  });
});

describe("a receiver that hangs", () => {
  test("is left in peace for a minute after a few time-outs, then asked one event at a time", async () => {
    const hanging = await startHangingReceiver();
    const environment = await environmentWith(hanging.url);
    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 1_000 }, (_, n) => `user-${n}`),
    );
    const started = performance.now();
    const next = await deliver(environment, 60);
    // 20 at the same time, a few more until the fifth time-out is counted, and not 1,000 one after the other.
    const asked = hanging.connections();
    expect(asked).toBeLessThanOrEqual(24);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(Number(next) - context().now()).toBeGreaterThan(RECEIVER_PAUSE_MS / 2);

    expect(await deliver(environment, 60)).toBe(next);
    expect(hanging.connections()).toBe(asked);
    context().advance(RECEIVER_PAUSE_MS + 1);
    await deliver(environment, 60);
    expect(hanging.connections()).toBe(asked + 1);
  });

  test("that answers again gets everything, 20 at a time as before", async () => {
    let hangs = true;
    let together = 0;
    let most = 0;
    const receiver = await startReceiver((_received, _request, response) => {
      if (hangs) return;
      together += 1;
      most = Math.max(most, together);
      setImmediate(() => {
        together -= 1;
        response.end();
      });
    });
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 200 }, (_, n) => `user-${n}`),
    );
    await deliver(environment, 60);
    hangs = false;
    context().advance(RECEIVER_PAUSE_MS + 1);
    let next = await deliver(environment);
    while (next !== null) next = await deliverNext(environment, next);
    expect((await storedEvents(context(), environment)).every((event) => event.deliveredAt !== null)).toBe(true);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(20);
  });
});

describe("a run", () => {
  test("that has died keeps the environment for the time of its lease and no longer", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    // By a run that is killed right afterwards.
    await claimRun(context().db.prisma, environment.id, context().now());
    expect(await deliver(environment)).toBeNull();
    expect(receiver.received).toEqual([]);
    context().advance(LEASE_MS + 1);
    await deliver(environment);
    expect(receiver.received).toHaveLength(1);
  });

  test("without an address delivers nothing and loses nothing", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    await insertTestWebhook(context(), environment, "");
    expect(await deliver(environment)).toBeNull();
    await insertTestWebhook(context(), environment, receiver.url);
    await deliver(environment);
    expect(receiver.received).toHaveLength(1);
  });
});
