import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { testDatabase } from "@/test/support/database";
import { type Queue, type QueueOptions, startQueue } from "./queue";
import { startQueueRunner } from "./queue-runner";

/** The queue of a process whose way to the database a test breaks or makes silent. */

const STATEMENT_TIMEOUT_MS = 500;
const SLOTS = 2;

const databaseUrl = testDatabase();
let admin: pg.Client;
let proxy: CuttableProxy;
let options: QueueOptions;
let queue: Queue;
let done: string[];
/** Held by jobs while a test wants them in hand. */
let hold: Promise<void>;
let inHand: number;

beforeEach(async () => {
  const url = new URL(databaseUrl());
  admin = new pg.Client(url.href);
  await admin.connect();
  proxy = await cuttableProxy(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  done = [];
  hold = Promise.resolve();
  inHand = 0;
  options = {
    url: url.href,
    log: pino({ level: "silent" }),
    task: "test",
    slots: SLOTS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    now: Date.now,
    async work(key) {
      inHand += 1;
      await hold;
      inHand -= 1;
      done.push(key);
      return null;
    },
  };
  queue = await startQueue(options);
});
afterEach(async () => {
  proxy.mend();
  await queue.stop();
  await proxy.close();
  await admin.end();
});

/** PostgreSQL's processes that listen for jobs. */
async function listeners(): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'im-user-service test'
      AND state = 'idle' AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')`,
  );
  return rows.map(({ pid }) => pid);
}

async function theListener(): Promise<number[]> {
  await expect.poll(listeners, { timeout: 5_000 }).toHaveLength(1);
  return listeners();
}

const wake = (key: string) =>
  queue.wake([key]).then(
    () => "woken",
    () => "refused",
  );

/** Within much less than it takes an idle slot to look by itself. */
async function carriesOutAtOnce(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await expect.poll(() => wake(key), { timeout: 15_000 }).toBe("woken");
    await expect.poll(() => done, { timeout: 2_000, interval: 10 }).toContain(key);
  }
}

test("a database that is lost while every slot has a job in hand costs no slot", { timeout: 40_000 }, async () => {
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  await queue.wake(["a", "b"]);
  await expect.poll(() => inHand, { timeout: 15_000 }).toBe(SLOTS);
  proxy.cut();
  release();
  await expect.poll(() => done).toHaveLength(SLOTS);
  // Long enough for what has been done to be put away, which fails.
  await pause(1_000);
  proxy.mend();
  await expect.poll(() => wake("c"), { timeout: 15_000 }).toBe("woken");
  await expect.poll(() => done, { timeout: 15_000 }).toContain("c");
  hold = new Promise((resolve) => {
    release = resolve;
  });
  await queue.wake(["d", "e"]);
  await expect.poll(() => inHand, { timeout: 15_000 }).toBe(SLOTS);
  release();
  await expect.poll(() => done).toEqual(expect.arrayContaining(["d", "e"]));
});

test("a way that swallows everything is noticed by whoever waits and by whoever listens", {
  timeout: 40_000,
}, async () => {
  await carriesOutAtOnce(["a"]);
  const before = await theListener();
  proxy.replace();
  const others = async () => (await listeners()).filter((pid) => !before.includes(pid)).length;
  await expect.poll(others, { timeout: 15_000 }).toBe(1);
  await carriesOutAtOnce(["b", "c", "d", "e", "f"]);
});

test("a start that meets a silent database fails in time, so that it can be tried again", async () => {
  proxy.freeze();
  await expect(startQueue(options)).rejects.toThrow();
});

test("slots that found no database at their first look are made anew", async () => {
  const pool = new pg.Pool({ connectionString: options.url, max: 4 });
  pool.on("error", () => undefined);
  const carriedOut: unknown[] = [];
  const tasks = { other: async (payload: unknown) => void carriedOut.push(payload) };
  proxy.cut();
  const runner = startQueueRunner({ pool, log: options.log, slots: SLOTS, tasks, pulseMs: 1_000 });
  await pause(500);
  proxy.mend();
  await admin.query("SELECT graphile_worker.add_job('other', '{}')");
  await expect.poll(() => carriedOut, { timeout: 5_000 }).toEqual([{}]);
  await runner.stop();
  await pool.end();
});

test("a queue that has nothing to do is not thought lost", async () => {
  const before = await theListener();
  await pause(STATEMENT_TIMEOUT_MS * 4);
  expect(await listeners()).toEqual(before);
});
