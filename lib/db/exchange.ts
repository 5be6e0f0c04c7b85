import type pg from "pg";
import type { Statement } from "./statement";

/** The one place that uses of `pg` what it does not document; its version is pinned (docs/decisions/0013-batches-on-the-hot-path.md). */

/** A row as PostgreSQL wrote it: the text of each column, in the order selected. */
export type TextRow = ReadonlyArray<string | null>;

/** A statement with its parameters as PostgreSQL reads them (lib/db/array-text.ts). */
export interface Query {
  readonly statement: Statement;
  readonly values: ReadonlyArray<string | null>;
}

/**
 * Keeps what is sent on a pipelined client back until the work of this moment is done, so that all of it is one write. Each
 * write is a system call, which on a virtual machine costs as much as the statement.
 */
export function sendTogether(client: pg.ClientBase): void {
  const { stream } = (client as pg.ClientBase & { readonly connection: pg.Connection }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** The names of the statements that a connection has prepared. */
const prepared = new WeakMap<pg.Connection, Set<string>>();

function preparedOn(connection: pg.Connection): Set<string> {
  const known = prepared.get(connection);
  if (known !== undefined) return known;
  const names = new Set<string>();
  prepared.set(connection, names);
  return names;
}

/**
 * Statements sent behind each other with one Sync at the end: one write, one transaction, one answer. `pg` itself would
 * send a Sync, and wait for an answer, for each. The columns are not asked for; whoever wrote the statement knows them.
 */
export class Exchange implements pg.Submittable {
  private rows: TextRow[] = [];
  private readonly answers: TextRow[][] = [];
  private readonly newNames: string[] = [];
  private connection: pg.Connection | undefined;

  constructor(
    private readonly parcel: readonly Query[],
    private readonly done: (error: Error | undefined, answers?: readonly TextRow[][]) => void,
  ) {}

  submit(connection: pg.Connection): void {
    this.connection = connection;
    const names = preparedOn(connection);
    const { stream } = connection;
    stream.cork();
    try {
      for (const { statement, values } of this.parcel) {
        const { name, text } = statement;
        if (!names.has(name) && !this.newNames.includes(name)) {
          connection.parse({ name, text, types: [] }, true);
          this.newNames.push(name);
        }
        connection.bind({ statement: name, values: values as (string | null)[] }, true);
        connection.execute(null, true);
      }
      connection.sync();
    } finally {
      stream.uncork();
    }
  }

  // What follows is called by pg's client for each message of the answer.

  handleDataRow(message: { readonly fields: TextRow }): void {
    this.rows.push(message.fields);
  }

  handleCommandComplete(): void {
    this.answers.push(this.rows);
    this.rows = [];
  }

  handleReadyForQuery(): void {
    if (this.connection !== undefined) for (const name of this.newNames) preparedOn(this.connection).add(name);
    this.done(undefined, this.answers);
  }

  handleError(error: Error): void {
    this.done(error);
  }
}
