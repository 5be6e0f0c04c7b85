import { once } from "node:events";
import type { Duplex } from "node:stream";
import type pg from "pg";

/**
 * COPY through `pg`, in constant memory and PostgreSQL's text format: a row is a line, columns are separated by tabs, and no line is
 * `\.`. `pg` itself hands what COPY sends to the query that runs, but has no such query.
 */

const BLOCK_BYTES = 256 * 1024;

/** The calls of a connection that `pg` has for COPY and its types leave out. */
interface CopyConnection {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

type Taken = (block: Buffer) => Promise<void>;

/** What both ways have in common: how the statement ends. */
abstract class Copy implements pg.Submittable {
  readonly ended: Promise<number>;
  private resolve: (rows: number) => void = () => {};
  private reject: (error: Error) => void = () => {};
  private rows = 0;
  private failure: Error | undefined;

  constructor(private readonly text: string) {
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Awaited by whoever runs it, which may be later than it fails.
    this.ended.catch(() => undefined);
  }

  submit(connection: pg.Connection): void {
    connection.query(this.text);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rows = Number(text.split(" ")[1] ?? 0);
  }

  /** PostgreSQL goes on to ReadyForQuery after an error of its own, but not after a lost connection. */
  handleError(error: Error): void {
    this.failure ??= error;
    this.settle();
  }

  handleReadyForQuery(): void {
    this.settle();
  }

  protected settle(): void {
    if (this.failure === undefined) this.resolve(this.rows);
    else this.reject(this.failure);
  }
}

class CopyOut extends Copy {
  private block = Buffer.allocUnsafe(BLOCK_BYTES);
  private used = 0;
  private taken: Promise<void> = Promise.resolve();
  private refused: Error | undefined;

  constructor(
    text: string,
    private readonly take: Taken,
  ) {
    super(text);
  }

  /** A row; its memory is the connection's. */
  handleCopyData({ chunk }: { chunk: Buffer }, { stream }: CopyConnection): void {
    if (this.used + chunk.length > BLOCK_BYTES) this.hand(stream);
    if (chunk.length > BLOCK_BYTES) {
      this.block = Buffer.from(chunk);
      this.used = chunk.length;
      this.hand(stream);
      return;
    }
    chunk.copy(this.block, this.used);
    this.used += chunk.length;
  }

  override handleReadyForQuery(): void {
    const last = this.block.subarray(0, this.used);
    this.taken
      .then(() => (this.refused !== undefined || last.length === 0 ? undefined : this.take(last)))
      .then(
        () => (this.refused === undefined ? this.settle() : this.handleError(this.refused)),
        (error: Error) => this.handleError(error),
      );
  }

  /** Nothing more is read from the connection until the block was taken. */
  private hand(stream: Duplex): void {
    const block = this.block.subarray(0, this.used);
    this.block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.used = 0;
    if (block.length === 0 || this.refused !== undefined) return;
    stream.pause();
    this.taken = this.taken
      .then(() => (this.refused === undefined ? this.take(block) : undefined))
      .catch((error: Error) => {
        this.refused = error;
      })
      .finally(() => stream.resume());
  }
}

class CopyIn extends Copy {
  readonly asked: Promise<CopyConnection>;
  private begin: (connection: CopyConnection) => void = () => {};

  constructor(text: string) {
    super(text);
    this.asked = new Promise((resolve) => {
      this.begin = resolve;
    });
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.begin(connection);
  }
}

/** Runs `COPY … TO STDOUT`; gives how many rows there were. `take` is awaited before more is read. */
export function copyOut(client: pg.Client, text: string, take: Taken): Promise<number> {
  return client.query(new CopyOut(text, take)).ended;
}

/** Runs `COPY … FROM STDIN` with what `source` gives; gives how many rows there were. When `source` fails, so does the statement. */
export async function copyIn(client: pg.Client, text: string, source: AsyncIterable<Buffer>): Promise<number> {
  const copy = client.query(new CopyIn(text));
  let over = false;
  const failed = copy.ended.then(
    () => null,
    (error: Error) => {
      over = true;
      throw error;
    },
  );
  failed.catch(() => undefined);
  const connection = await Promise.race([copy.asked, failed]);
  if (connection === null) throw new Error("PostgreSQL did not ask for rows.");
  try {
    for await (const block of source) {
      if (over) break;
      connection.sendCopyFromChunk(block);
      if (connection.stream.writableNeedDrain) await Promise.race([once(connection.stream, "drain"), failed]);
    }
    connection.endCopyFrom();
  } catch (error) {
    connection.sendCopyFail((error as Error).message);
    await copy.ended.catch(() => undefined);
    throw error;
  }
  return copy.ended;
}
