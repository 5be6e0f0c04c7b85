import type pg from "pg";
import type { Db } from "./database";

/** A statement of a hot path. `name` makes PostgreSQL keep its plan per connection; one name, one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement and gives its rows, on the pool, on one connection or inside a Prisma transaction. */
export type Run = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/** A parameter that is sent as it is: a value that the driver could not write down would be noticed too late. */
type Parameter = string | number | boolean | null;

/** A statement that is run later, and on whose rows nothing that is decided depends. */
export interface Write {
  readonly statement: Statement;
  readonly values: ReadonlyArray<Parameter | readonly Parameter[]>;
  /** Given its rows. Must not throw. */
  onRows?(rows: readonly unknown[]): void;
}

/** A `Write` that says what its rows look like. */
export function write<Row>(
  statement: Statement,
  values: Write["values"],
  onRows?: (rows: readonly Row[]) => void,
): Write {
  return { statement, values, ...(onRows === undefined ? {} : { onRows: (rows) => onRows(rows as readonly Row[]) }) };
}

/** Runs writes in one go, in this order. */
export async function runWrites(run: Run, writes: readonly Write[]): Promise<void> {
  const answers = await Promise.all(writes.map(({ statement, values }) => run<unknown>(statement, values)));
  for (const [index, { onRows }] of writes.entries()) onRows?.(answers[index] ?? []);
}

export const onPool =
  (pool: pg.Pool | pg.PoolClient): Run =>
  async <Row>(statement: Statement, values: readonly unknown[]) =>
    (await pool.query({ ...statement, values: [...values] })).rows as Row[];

export const inPrisma =
  (db: Db): Run =>
  <Row>(statement: Statement, values: readonly unknown[]) =>
    db.$queryRawUnsafe<Row[]>(statement.text, ...values);
