import pg from "pg";
import { Exchange, type Query, type TextRow } from "./exchange";
import { beginSession, type SessionOptions } from "./session";
import { limitedConfig } from "./silence-limit";
import type { Statement } from "./statement";
import { createStayAwake } from "./stay-awake";

/** A connection of its own on which small statements travel together. */
export interface Pipeline {
  /**
   * Runs a statement and gives its rows. `values` are parameters as PostgreSQL reads them (lib/db/array-text.ts).
   *
   * All statements that arrive in one turn, or while the pipeline waits for an answer, are sent at once, answered at once and
   * share one transaction. So a statement must be right whatever it shares the transaction with, and must not wait for
   * anybody's lock longer than for a moment: reads, and the claim of nonces. What fails is tried again by itself, so
   * that nobody bears another's failure; it rejects as a query of the pool does.
   */
  run(statement: Statement, values: ReadonlyArray<string | null>): Promise<TextRow[]>;
  /** Waits for what runs, then closes the connection. */
  close(): Promise<void>;
}

interface Waiting extends Query {
  resolve(rows: TextRow[]): void;
  reject(error: Error): void;
}

/** Opens a pipeline; connects on first use, and again when the connection was lost. */
export function openPipeline(options: SessionOptions, onLost: (error: Error) => void): Pipeline {
  let client: pg.Client | undefined;
  let waiting: Waiting[] = [];
  /** What failed together and is to be tried one by one, before anything else. */
  const alone: Waiting[] = [];
  let busy = false;
  let scheduled = false;
  let closing = false;
  let closed: (() => void) | undefined;

  const awake = createStayAwake();

  const connect = async (): Promise<pg.Client> => {
    const opened = new pg.Client(limitedConfig(options, () => busy || closing));
    const forget = () => {
      if (client === opened) client = undefined;
    };
    opened.on("end", forget);
    opened.on("error", (error) => {
      forget();
      onLost(error);
    });
    await opened.connect();
    try {
      await beginSession(opened, options);
    } catch (error) {
      void opened.end().catch(onLost);
      throw error;
    }
    client = opened;
    return opened;
  };

  const failed = (parcel: readonly Waiting[], error: Error) => {
    // Which statements this connection has prepared is not certain any more.
    void client?.end().catch(onLost);
    client = undefined;
    // Refused by PostgreSQL, nothing was done; without the one that was refused the others will be.
    if (parcel.length > 1 && error instanceof pg.DatabaseError) alone.push(...parcel);
    else for (const one of parcel) one.reject(error);
  };

  const next = () => {
    busy = false;
    awake.answered();
    if (alone.length > 0) return send(alone.splice(0, 1));
    if (waiting.length === 0) return closed?.();
    const parcel = waiting;
    waiting = [];
    send(parcel);
  };

  const send = (parcel: readonly Waiting[]) => {
    busy = true;
    const exchange = new Exchange(parcel, (error, answers) => {
      if (error !== undefined) failed(parcel, error);
      // Before the answers are used: PostgreSQL works while this process does.
      next();
      if (answers !== undefined) parcel.forEach((one, index) => void one.resolve(answers[index] ?? []));
    });
    if (client !== undefined) {
      client.query(exchange);
      return awake.sent();
    }
    connect().then(
      (opened) => void opened.query(exchange),
      (error: Error) => {
        // What has come meanwhile needs the same connection, and would wait as long for its own failure.
        for (const one of [...alone.splice(0), ...waiting.splice(0)]) one.reject(error);
        exchange.handleError(error);
      },
    );
  };

  return {
    run: (statement, values) =>
      new Promise((resolve, reject) => {
        if (closing) return reject(new Error("The database has been closed."));
        waiting.push({ statement, values, resolve, reject });
        if (scheduled || busy) return;
        scheduled = true;
        // After all batches of this turn have handed in their statements (lib/db/batch.ts starts them together).
        queueMicrotask(() => {
          scheduled = false;
          if (!busy) next();
        });
      }),
    async close() {
      closing = true;
      if (busy || scheduled) {
        await new Promise<void>((resolve) => {
          closed = resolve;
        });
      }
      await client?.end();
    },
  };
}
