import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { sendTogether } from "./exchange";
import { isRefused, isTransient } from "./sql-state";
import { onPool, type Run, type Write } from "./statement";

/** How long it is asked what became of a transaction whose commit was not answered. */
const ASK_FOR_MS = 10_000;
const ASK_AGAIN_MS = 100;
const MAX_RETRIES = 20;

/**
 * Thrown inside a transaction that found the world changed between looking and locking: nothing was done, and it is to
 * begin anew. Has the code of a serialisation failure, as PostgreSQL would give it.
 */
export class StaleTransaction extends Error {
  readonly code = "40001";
}

/** Runs a transaction again when it was stale or met a deadlock: nothing of it was done then. */
export async function retrying<T>(transaction: () => Promise<T>, maxRetries = MAX_RETRIES): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isTransient(error) || tries >= maxRetries) throw error;
    }
  }
}

const TRANSACTION_ID = { name: "transaction-id", text: "SELECT pg_current_xact_id()::text AS id" };

/** What a transaction came to, and what is still to be written for it. */
export interface Ending<T> {
  readonly result: T;
  /** Travel together with COMMIT. */
  readonly writes: readonly Write[];
}

/**
 * Runs `work` in one READ COMMITTED transaction on one connection of the pool; rolls back when it throws. When it rejects,
 * nothing was done: a commit whose answer was lost with the connection is asked about on another one.
 */
export function transactionOn<T>(pool: pg.Pool, work: (run: Run) => Promise<T>): Promise<T> {
  return transactionEndingIn(pool, async (run) => ({ result: await work(run), writes: [] }));
}

/**
 * `transactionOn` whose last writes are sent in one go with COMMIT: when one of them fails, so does the commit. Where the
 * answers were lost and the commit was not, their rows are not told.
 */
export async function transactionEndingIn<T>(pool: pg.Pool, work: (run: Run) => Promise<Ending<T>>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks fails its statement and is an event besides, which would end a process that does not listen.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  const onClient = onPool(client);
  const run: Run = (statement, values) => {
    sendTogether(client);
    return onClient(statement, values);
  };
  let began: Promise<[unknown, { id: string }[]]> | undefined;
  try {
    // Sent together with the first statement of `work` (the pool's connections are pipelined).
    sendTogether(client);
    began = Promise.all([client.query("BEGIN"), run<{ id: string }>(TRANSACTION_ID, [])]);
    began.catch(() => undefined);
    const { result, writes } = await work(run);
    const [, [transaction]] = await began;
    sendTogether(client);
    const answers = writes.map(({ statement, values }) => onClient<unknown>(statement, values));
    const [end, ...written] = await Promise.allSettled([commit(client), ...answers]);
    if (end.status === "rejected") {
      const failed = written.find((answer) => answer.status === "rejected" && isRefused(answer.reason));
      if (failed?.status === "rejected") throw failed.reason;
      await confirmCommit(pool, transaction?.id, end.reason);
    }
    for (const [index, answer] of written.entries()) {
      if (answer.status === "fulfilled") writes[index]?.onRows?.(answer.value);
    }
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  // PostgreSQL's answer to COMMIT after a statement has failed: whoever swallowed that failure must not believe in success.
  if (command !== "COMMIT") throw new Error("The transaction was rolled back: one of its statements had failed.");
}

/**
 * After a COMMIT that was not answered: returns when the transaction was committed all the same, throws `error` when it
 * was not, or when PostgreSQL cannot be asked within ten seconds. `id` as `pg_current_xact_id()` gave it.
 */
export async function confirmCommit(pool: pg.Pool, id: string | undefined, error: unknown): Promise<void> {
  if (id === undefined) throw error;
  // Asking takes as long as the database is silent, which the caller does not wait for again.
  const tooLate = pause(ASK_FOR_MS, undefined, { ref: false });
  for (const deadline = Date.now() + ASK_FOR_MS; Date.now() < deadline; await pause(ASK_AGAIN_MS)) {
    const status = await Promise.race([statusOf(pool, id), tooLate]);
    if (status === "committed") return;
    if (status === "aborted") break;
  }
  throw error;
}

/** "committed", "aborted", "in progress", or undefined while PostgreSQL cannot be asked. */
async function statusOf(pool: pg.Pool, id: string): Promise<string | undefined> {
  try {
    const { rows } = await pool.query<{ status: string }>("SELECT pg_xact_status($1::xid8) AS status", [id]);
    return rows[0]?.status;
  } catch {
    // Asked again until the deadline; the caller is told of the failure that led here.
    return undefined;
  }
}
