import type pg from "pg";
import type { Db } from "./database";

/** A statement of a hot path. `name` makes PostgreSQL keep its plan per connection; one name, one text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement and gives its rows, on the pool, on one connection or inside a Prisma transaction. */
export type Run = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

export const onPool =
  (pool: pg.Pool | pg.PoolClient): Run =>
  async <Row>(statement: Statement, values: readonly unknown[]) =>
    (await pool.query({ ...statement, values: [...values] })).rows as Row[];

export const inPrisma =
  (db: Db): Run =>
  <Row>(statement: Statement, values: readonly unknown[]) =>
    db.$queryRawUnsafe<Row[]>(statement.text, ...values);
