import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { testDatabase } from "@/test/support/database";
import { type Database, openDatabase } from "./database";
import { transactionOn } from "./transaction";

/** A database that goes away while it is being asked: what is under way fails in time, and the process goes on. */

const STATEMENT_TIMEOUT_MS = 400;

const databaseUrl = testDatabase();
const opened: { db: Database; proxy: CuttableProxy }[] = [];
afterEach(async () => {
  for (const { db, proxy } of opened.splice(0)) {
    proxy.mend();
    await db.close();
    await proxy.close();
  }
});

async function database(statementTimeoutMs: number) {
  const url = new URL(databaseUrl());
  const proxy = await cuttableProxy(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const lost: Error[] = [];
  const db = openDatabase({ url: url.href, poolSize: 2, statementTimeoutMs, onIdleError: (error) => lost.push(error) });
  opened.push({ db, proxy });
  return { db, proxy, lost };
}

const ONE = { name: "one", text: "SELECT 1 AS one" };

const ways: ReadonlyArray<[string, (db: Database) => Promise<unknown>]> = [
  ["Prisma", (db) => db.prisma.$queryRaw`SELECT 1 AS one`],
  ["a transaction of Prisma", (db) => db.transaction((tx) => tx.$queryRaw`SELECT 1 AS one`)],
  ["the pool", (db) => db.pool.query(ONE)],
  ["a transaction of the pool", (db) => transactionOn(db.pool, (run) => run(ONE, []))],
  ["the pipeline", (db) => db.pipeline.run(ONE, [])],
];

describe.each(ways)("over %s", (_way, ask) => {
  test("a network that swallows everything fails what waits soon after PostgreSQL would have given up", async () => {
    const { db, proxy } = await database(STATEMENT_TIMEOUT_MS);
    await ask(db);
    proxy.freeze();
    const askedAt = performance.now();
    await expect(ask(db)).rejects.toThrow();
    expect(performance.now() - askedAt).toBeGreaterThan(STATEMENT_TIMEOUT_MS);
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    proxy.mend();
    await expect.poll(() => ask(db).then(() => "served", String)).toBe("served");
  });
});

test("a connection that nobody uses is left alone, and watched again when it is used", async () => {
  const { db, proxy, lost } = await database(STATEMENT_TIMEOUT_MS);
  const backend = { name: "backend", text: "SELECT pg_backend_pid()" };
  const before = await db.pipeline.run(backend, []);
  await pause(STATEMENT_TIMEOUT_MS * 2);
  expect(await db.pipeline.run(backend, [])).toEqual(before);
  expect(lost).toEqual([]);
  await pause(STATEMENT_TIMEOUT_MS * 2);
  proxy.freeze();
  await expect(db.pipeline.run(backend, [])).rejects.toThrow("silent");
});

test("the pipeline's connection is given up when it does not answer that it is to be closed", async () => {
  const { db, proxy } = await database(STATEMENT_TIMEOUT_MS);
  await db.pipeline.run(ONE, []);
  proxy.freeze();
  const askedAt = performance.now();
  await db.pipeline.close();
  expect(performance.now() - askedAt).toBeLessThan(5_000);
});

test("a connection that breaks in the middle of a transaction fails it and nothing else", async () => {
  const { db, proxy } = await database(10_000);
  const sleeping = transactionOn(db.pool, (run) => run({ name: "sleep", text: "SELECT pg_sleep(5)" }, []));
  const outcome = sleeping.then(() => "done", String);
  await expect.poll(() => db.pool.totalCount - db.pool.idleCount).toBe(1);
  proxy.cut();
  expect(await outcome).toMatch(/terminated|ECONNRESET/);
  proxy.mend();
  expect(await transactionOn(db.pool, (run) => run(ONE, []))).toEqual([{ one: 1 }]);
});

test("maintenance may take longer than a statement", async () => {
  const { db } = await database(STATEMENT_TIMEOUT_MS);
  const slept = await db.maintain((client) => client.query("SELECT 1 AS one FROM pg_sleep($1)", [1]));
  expect(slept.rows).toEqual([{ one: 1 }]);
});
