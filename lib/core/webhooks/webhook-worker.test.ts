import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { inPrisma, runWrites } from "@/lib/db/statement";
import { LEASE_MS } from "@/lib/queue/lease-store";
import { createTestApp, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { type Receiver, startHangingReceiver, startReceiver } from "@/test/support/receiver";
import { insertTestWebhook, recordTestEvents, storedEvents } from "@/test/support/webhooks";
import type { EnvironmentRef } from "../actor";
import { webhookEventWrites } from "./webhook-event-store";
import { startWebhookWorker, type WebhookWorker, type WebhookWorkerOptions } from "./webhook-worker";

const context = testContext();
const workers: WebhookWorker[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

async function startWorker(options: Partial<WebhookWorkerOptions> = {}): Promise<WebhookWorker> {
  // The poll of the default interval would hide what the wake-ups miss.
  const worker = await startWebhookWorker(context(), { databaseUrl: context().url, pollMs: 600_000, ...options });
  workers.push(worker);
  return worker;
}

async function environmentWith(url: string): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  await insertTestWebhook(context(), production.ref, url);
  return production.ref;
}

const userOf = (receiver: Receiver) =>
  receiver.received.map(({ body }) => (JSON.parse(body) as { data: [{ userId: string }] }).data[0].userId);
const soon = { timeout: 15_000, interval: 10 };

describe("the worker", () => {
  test("delivers at the commit, and what is rolled back is never heard of", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    await startWorker();
    await context()
      .db.transaction(async (tx) => {
        const event = { type: "user:friendship", orderKey: "nobody", data: { userId: "nobody" } } as const;
        await runWrites(inPrisma(tx), webhookEventWrites(environment.id, context().now(), [event]));
        throw new Error("rolled back");
      })
      .catch((error: Error) => expect(error.message).toBe("rolled back"));
    await recordTestEvents(context(), environment, ["alice"]);
    await expect.poll(() => userOf(receiver), soon).toEqual(["alice"]);
  });

  test("several share the environments: each event is sent once, in order", async () => {
    const receivers = await Promise.all(Array.from({ length: 6 }, () => startReceiver()));
    const environments = await Promise.all(receivers.map((receiver) => environmentWith(receiver.url)));
    await Promise.all([startWorker(), startWorker(), startWorker()]);
    const users = Array.from({ length: 10 }, (_, n) => `user-${n}`);
    for (let round = 0; round < 5; round++) {
      await Promise.all(environments.map((environment) => recordTestEvents(context(), environment, users)));
    }
    for (const receiver of receivers) {
      await expect.poll(() => receiver.received.length, soon).toBe(50);
      for (const user of users) expect(userOf(receiver).filter((userId) => userId === user)).toHaveLength(5);
    }
  });

  test("tries again by itself when the pause is over", async () => {
    const answers = [500];
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(answers.shift() ?? 200).end();
    });
    const environment = await environmentWith(receiver.url);
    await startWorker();
    await recordTestEvents(context(), environment, ["alice"]);
    await expect.poll(() => receiver.received.length, soon).toBe(2);
    await expect.poll(async () => (await storedEvents(context(), environment))[0]?.deliveredAt, soon).not.toBeNull();
  });

  test("finds at its start what was recorded while no process ran", async () => {
    const receiver = await startReceiver();
    const environment = await environmentWith(receiver.url);
    await recordTestEvents(context(), environment, ["alice"]);
    context().advance(2_000);
    await startWorker();
    await expect.poll(() => userOf(receiver), soon).toEqual(["alice"]);
  });
});

describe("a receiver that accepts and never answers, with 1,000 users waiting", () => {
  test("does not hold up another environment's events", async () => {
    const hanging = await startHangingReceiver();
    const stuck = await environmentWith(hanging.url);
    const quick = await startReceiver();
    const other = await environmentWith(quick.url);
    // The real five seconds: while they pass, everything else has to be quick.
    await startWorker();
    await recordTestEvents(
      context(),
      stuck,
      Array.from({ length: 1_000 }, (_, n) => `stuck-${n}`),
    );
    await expect.poll(() => hanging.connections(), soon).toBeGreaterThan(0);
    const waits: number[] = [];
    for (let n = 0; n < 20; n++) {
      const started = performance.now();
      await recordTestEvents(context(), other, [`other-${n}`]);
      await expect.poll(() => quick.received.length, { timeout: 5_000, interval: 1 }).toBe(n + 1);
      waits.push(performance.now() - started);
    }
    expect(Math.max(...waits)).toBeLessThan(2_000);
    expect(hanging.connections()).toBeLessThanOrEqual(24);
    expect((await storedEvents(context(), stuck)).every((event) => event.deliveredAt === null)).toBe(true);
  });

  test("nor do sixty of them, more than a process has slots, for longer than their time-out", async () => {
    const hanging = await startHangingReceiver();
    const quick = await startReceiver();
    const stuck = await Promise.all(Array.from({ length: 60 }, () => environmentWith(hanging.url)));
    const other = await environmentWith(quick.url);
    await startWorker({ attemptTimeoutMs: 500 });
    const users = Array.from({ length: 20 }, (_, n) => `stuck-${n}`);
    await Promise.all(stuck.map((environment) => recordTestEvents(context(), environment, users)));
    await expect.poll(() => hanging.connections(), soon).toBeGreaterThan(300);
    await recordTestEvents(context(), other, ["alice"]);
    const started = performance.now();
    await expect.poll(() => userOf(quick), soon).toEqual(["alice"]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("a process that is killed while it delivers", () => {
  test("loses nothing: another takes over, in order, and only what was in hand is sent twice", async () => {
    let child: ChildProcess | undefined;
    let kill = true;
    const receiver = await startReceiver((received, _request, response) => {
      // The receiver has it, and the process dies before it learns so.
      if (kill && received.body.includes('"number":4')) child?.kill("SIGKILL");
      else response.end();
    });
    const environment = await environmentWith(receiver.url);
    const script = path.resolve("test/support/webhook-worker-process.ts");
    child = spawn(process.execPath, ["--import", "tsx", script, context().url, TEST_MASTER_KEY], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await once(child, "message");
    await recordTestEvents(
      context(),
      environment,
      Array.from({ length: 10 }, () => "alice"),
    );
    await once(child, "exit");
    kill = false;

    context().advance(LEASE_MS + 2_000);
    await startWorker();
    const numbers = () =>
      receiver.received.map(({ body }) => (JSON.parse(body) as { data: [{ number: number }] }).data[0].number);
    await expect.poll(numbers, soon).toEqual([0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]);
    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(ids[4]).toBe(ids[5]);
    await expect
      .poll(async () => (await storedEvents(context(), environment)).every((event) => event.deliveredAt !== null), soon)
      .toBe(true);
  });
});
