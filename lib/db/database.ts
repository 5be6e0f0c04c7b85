import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "./generated/client";
import { openPipeline, type Pipeline } from "./pipeline";
import { withSilenceLimit } from "./silence-limit";
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

/** Opens a pool; connects on first use. */
export function openDatabase(options: DatabaseOptions): Database {
  const unlimited: pg.ClientConfig = {
    connectionString: options.url,
    application_name: options.applicationName ?? "im-user-service",
    connectionTimeoutMillis: 10_000,
    // Times are stored as timestamptz and read as instants; the session zone only affects text conversions.
    options: "-c timezone=UTC",
  };
  const connection = { ...unlimited, statement_timeout: options.statementTimeoutMs ?? 15_000 };
  // Pipelined: statements that do not wait for each other, such as BEGIN and what follows it, are sent at once. A connection
  // that nobody uses leaves the pool sooner than the silence limit.
  const pool = new pg.Pool({
    ...withSilenceLimit(connection, () => true),
    max: options.poolSize,
    pipeline: true,
  });
  // Of what travels on the pipeline only the claims of nonces write, and they need not wait for the disk (lib/server-api/replay-store.ts).
  const pipeline = openPipeline(
    { ...connection, options: `${connection.options} -c synchronous_commit=off` },
    (error) => options.onIdleError?.(error),
  );
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  pool.on("error", (error) => options.onIdleError?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
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
    async maintain(work) {
      const client = new pg.Client(unlimited);
      // One that breaks fails what runs on it, and is an event besides.
      client.on("error", (error) => options.onIdleError?.(error));
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    async close() {
      await pipeline.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
