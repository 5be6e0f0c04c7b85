import type { Socket } from "node:net";
import type pg from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { type Db, openDatabase } from "./database";
import { inPrisma, onPool, type Run, write } from "./statement";
import { retrying, StaleTransaction, transactionEndingIn, transactionOn } from "./transaction";

const context = testContext();

const LOCK = { name: "", text: "SELECT user_id FROM users WHERE environment_id = $1 AND user_id = $2 FOR UPDATE" };

/** Two transactions that take two rows in opposite orders, each waiting for the other with its second lock. */
async function deadlock(transaction: (work: (run: Run) => Promise<void>) => Promise<void>) {
  const { ref } = (await createTestApp(context())).production;
  await insertTestUsers(context(), ref, [{ userId: "a" }, { userId: "b" }]);
  let started = 0;
  let bothHold: () => void = () => {};
  const both = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  let begun = 0;
  const go = (first: string, second: string) =>
    retrying(() =>
      transaction(async (run) => {
        begun += 1;
        await run(LOCK, [ref.id, first]);
        started += 1;
        if (started === 2) bothHold();
        await both;
        await run(LOCK, [ref.id, second]);
      }),
    );
  await Promise.all([go("a", "b"), go("b", "a")]);
  return begun;
}

/** Counts the writes to the socket of a pool's only connection. */
async function writesOf(pool: pg.Pool): Promise<() => number> {
  const client = await pool.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  client.release();
  const writes = [vi.spyOn(stream, "_write"), vi.spyOn(stream, "_writev" as "_write")];
  return () => writes.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

test("what a transaction asks for in one moment is one write to the socket, its beginning included", async () => {
  const db = openDatabase({ url: context().url, poolSize: 1 });
  try {
    const ONE = { name: "test-one", text: "SELECT 1 AS one" };
    const sent = await writesOf(db.pool);
    const answers = await transactionOn(db.pool, async (run) => {
      const first = await Promise.all([run(ONE, []), run(ONE, []), run(ONE, [])]);
      expect(sent()).toBe(1);
      return [...first, await run(ONE, [])];
    });
    expect(answers).toEqual(Array.from({ length: 4 }, () => [{ one: 1 }]));
    expect(sent()).toBe(3);
  } finally {
    await db.close();
  }
});

describe("last writes", () => {
  const ADD = { name: "test-add", text: "INSERT INTO test_ended (n) VALUES ($1::int) RETURNING n" };
  const BROKEN = { name: "test-broken", text: "SELECT 1 / $1::int" };
  const stored = async () =>
    (await context().db.pool.query<{ n: number }>("SELECT n FROM test_ended ORDER BY n")).rows.map(({ n }) => n);

  beforeEach(async () => {
    await context().owner.query(
      "DROP TABLE IF EXISTS test_ended; CREATE TABLE test_ended (n int); GRANT ALL ON test_ended TO PUBLIC",
    );
  });

  test("travel with COMMIT in one write to the socket, and tell their rows", async () => {
    const db = openDatabase({ url: context().url, poolSize: 1 });
    try {
      const sent = await writesOf(db.pool);
      const told: number[] = [];
      const writes = [1, 2].map((n) =>
        write<{ n: number }>(ADD, [n], (rows) => told.push(...rows.map((row) => row.n))),
      );
      await transactionEndingIn(db.pool, async (run) => {
        await run(BROKEN, [1]);
        return { result: undefined, writes };
      });
      expect(sent()).toBe(2);
      expect(told).toEqual([1, 2]);
      expect(await stored()).toEqual([1, 2]);
    } finally {
      await db.close();
    }
  });

  test("one that fails ends the transaction with its own error, and nothing is told", async () => {
    const told: unknown[] = [];
    const writes = [write(ADD, [1], (rows) => told.push(rows)), write(BROKEN, [0]), write(ADD, [2])];
    const ended = transactionEndingIn(context().db.pool, async () => ({ result: undefined, writes }));
    await expect(ended).rejects.toMatchObject({ code: "22012" });
    expect(told).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  test("are not committed behind a failure that was swallowed", async () => {
    const ended = transactionEndingIn(context().db.pool, async (run) => {
      await run(BROKEN, [0]).catch(() => undefined);
      return { result: undefined, writes: [write(ADD, [1])] };
    });
    await expect(ended).rejects.toMatchObject({ code: "25P02" });
    expect(await stored()).toEqual([]);
  });
});

describe("retrying", () => {
  test("a transaction on the pool that met a deadlock begins anew", async () => {
    expect(await deadlock((work) => transactionOn(context().db.pool, work))).toBe(3);
  });

  test("so does one over Prisma", async () => {
    expect(await deadlock((work) => context().db.transaction((tx: Db) => work(inPrisma(tx))))).toBe(3);
  });

  test("one that found itself stale begins anew, and what else goes wrong is thrown at once", async () => {
    let tries = 0;
    const stale = async () => {
      tries += 1;
      if (tries < 3) throw new StaleTransaction("Look again.");
      return tries;
    };
    expect(await retrying(stale)).toBe(3);
    const wrong = retrying(() => onPool(context().db.pool)({ name: "", text: "SELECT 1 / 0" }, []));
    await expect(wrong).rejects.toMatchObject({ code: "22012" });
  });
});
