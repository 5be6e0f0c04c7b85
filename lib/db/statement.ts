import type pg from "pg";
import type { Db } from "./database";

/** A statement of a hot path. `name` makes PostgreSQL keep its plan per connection; one name, one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement and gives its rows, on the pool, on one connection or inside a Prisma transaction. */
export type Run = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/**
 * SQL for the rows of a batch, from one array parameter per column: `columns` are the arrays' types, `$1` the first.
 *
 * Each array stands in a subquery, so that the planner does not know its length. Otherwise it would find its plan for the
 * arrays at hand a little cheaper than the one for any, and would plan anew each time, which takes three times as long as
 * running the statement (docs/decisions/0013-batches-on-the-hot-path.md).
 */
export function rowsOf(...columns: readonly string[]): string {
  return `unnest(${columns.map((type, index) => `(SELECT $${index + 1}::${type}[])`).join(", ")})`;
}

/**
 * SQL for a table of rows that are few, from one array parameter per column: `columns` are names and array types, `$first`
 * is the first parameter.
 *
 * PostgreSQL takes a LIMIT that it cannot know for a tenth, so it plans for one row: joined with a large table, that is an
 * index search per row, whatever statistics say (docs/decisions/0045-plans-that-do-not-depend-on-statistics.md).
 */
export function fewRows(first: number, columns: Readonly<Record<string, string>>): string {
  const arrays = Object.values(columns).map((type, index) => `(SELECT $${first + index}::${type}[])`);
  const names = Object.keys(columns).join(", ");
  return `(SELECT * FROM unnest(${arrays.join(", ")}) AS few(${names}) LIMIT (SELECT 1000000))`;
}

export const onPool =
  (pool: pg.Pool | pg.PoolClient): Run =>
  async <Row>(statement: Statement, values: readonly unknown[]) =>
    (await pool.query({ ...statement, values: [...values] })).rows as Row[];

export const inPrisma =
  (db: Db): Run =>
  <Row>(statement: Statement, values: readonly unknown[]) =>
    db.$queryRawUnsafe<Row[]>(statement.text, ...values);
