import type { Database, Db } from "./database";
import { Prisma } from "./generated/client";
import { isLockTimeout } from "./sql-state";
import type { Run } from "./statement";

/**
 * Locks that concern no environment's users, which the Prisma client cannot take. Each is held until the transaction ends.
 * Those of users are in lib/core/users/locked-users-store.ts, those of groups in lib/core/groups/group-store.ts.
 */

/** Keeps others from changing or locking this row. */
export async function lockRow(tx: Db, table: "apps" | "operators", id: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM ${Prisma.raw(table)} WHERE id = ${id} FOR UPDATE`;
}

/** Keeps others from writing to this table, and from locking it so. */
export async function lockTable(tx: Db, table: "apps"): Promise<void> {
  await tx.$executeRaw`LOCK TABLE ${Prisma.raw(table)} IN SHARE ROW EXCLUSIVE MODE`;
}

/** Locks that stand for more than rows. No two may have the same number, in the whole product. */
const NUMBERS = { operators: 7_301_020 };

/** Waits until nobody else holds this lock, and holds it. */
export async function lockAlone(tx: Db, what: keyof typeof NUMBERS): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${NUMBERS[what]}::bigint)`;
}

const LOCK_TEXT = {
  name: "locks-text",
  text: "SELECT FROM pg_advisory_xact_lock(hashtextextended($1::text, $2::bigint))",
};

/** The same for a text that is to be unique in an environment, whether or not there is a row with it. */
export async function lockText(run: Run, environmentId: number, text: string): Promise<void> {
  await run(LOCK_TEXT, [text, environmentId]);
}

/** Of locks that are told apart by a second number, and so never met with those of one. */
const TURN = 7_301_030;

/**
 * Does `work`, of several transactions, while nobody else does such work about this environment, in whatever process. The lock is a
 * connection's of its own, so that whoever waits takes none from the pool, and a process that dies gives it back. Null when it was
 * not free within `waitMs`: then nothing was done.
 */
export function inTurn<T>(
  db: Database,
  environmentId: number,
  waitMs: number,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | null> {
  return db.maintain(async (client) => {
    await client.query(`SET lock_timeout = ${Math.ceil(waitMs)}`);
    try {
      await client.query("SELECT pg_advisory_lock($1, $2)", [TURN, environmentId]);
    } catch (error) {
      if (isLockTimeout(error)) return null;
      throw error;
    }
    return { done: await work() };
  });
}
