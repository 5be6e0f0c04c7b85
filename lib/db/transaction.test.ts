import { describe, expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { Db } from "./database";
import { inPrisma, onPool, type Run } from "./statement";
import { retrying, StaleTransaction, transactionOn } from "./transaction";

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
