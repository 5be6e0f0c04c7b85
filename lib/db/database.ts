import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { schemaOf } from "./address";
import { type Prisma, PrismaClient } from "./generated/client";
import { openPipeline, type Pipeline } from "./pipeline";
import { beginSession, type SessionOptions, withConnection } from "./session";
import { limitedConfig } from "./silence-limit";
import { confirmCommit } from "./transaction";

/** A Prisma client, or the one inside a transaction: what stores take as their first argument. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** One process's way to PostgreSQL. The core reaches what is in it by its stores and its executor alone. */
export interface Database {
  readonly prisma: PrismaClient;
  /** For the hot paths whose benchmark shows what it buys (docs/decisions). Same connections as `prisma`. */
  readonly pool: pg.Pool;
  /** A connection besides those of the pool, for what every signed request asks (docs/decisions/0013). */
  readonly pipeline: Pipeline;
  /** Runs `work` in one READ COMMITTED transaction; rolls back when it throws. When it rejects, nothing was done. */
  transaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T>;
  /** Runs `work` on a connection of its own without any limit of time: maintenance that takes minutes. */
  maintain<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Most connections this process may hold. */
  readonly poolSize: number;
  /** Milliseconds after which PostgreSQL gives up on one statement, and a little later this process on PostgreSQL. */
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  /** Told when the server closes a connection that nobody is using. */
  readonly onIdleError?: (error: Error) => void;
}

const TRANSACTION_TIMEOUT_MS = 15_000;
const STATEMENT_TIMEOUT_MS = 15_000;

/** Opens a pool; connects on first use. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, applicationName } = options;
  const unlimited: SessionOptions = { url, ...(applicationName === undefined ? {} : { applicationName }) };
  const session: SessionOptions = {
    ...unlimited,
    statementTimeoutMs: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
  };
  const onError = (error: Error) => options.onIdleError?.(error);
  // Pipelined: statements that do not wait for each other, such as BEGIN and what follows it, are sent at once. A connection
  // that nobody uses leaves the pool sooner than the silence limit.
  const pool = new pg.Pool({
    ...limitedConfig(session, () => true),
    onConnect: (client) => beginSession(client, session),
    max: options.poolSize,
    pipeline: true,
  });
  // Of what travels on the pipeline only the claims of nonces write, and they need not wait for the disk (lib/server-api/replay-store.ts).
  const pipeline = openPipeline({ ...session, synchronousCommit: "off" }, onError);
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  pool.on("error", onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: schemaOf(url) }) });
  return {
    prisma,
    pool,
    pipeline,
    async transaction(work) {
      const done: { id: string; result: Awaited<ReturnType<typeof work>> }[] = [];
      const limits = { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS };
      try {
        return await prisma.$transaction(async (tx) => {
          const result = await work(tx);
          const [transaction] = await tx.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`;
          if (transaction !== undefined) done.push({ id: transaction.id, result });
          return result;
        }, limits);
      } catch (error) {
        const [last] = done;
        if (last === undefined) throw error;
        await confirmCommit(pool, last.id, error);
        return last.result;
      }
    },
    maintain: (work) => withConnection(unlimited, work, onError),
    async close() {
      await pipeline.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
