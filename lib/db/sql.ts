import type { Db } from "./database";
import { Prisma } from "./generated/client";

/**
 * Pieces of SQL that several stores share (docs/decisions/0008-when-raw-sql-is-right.md): those of queries as `Prisma.Sql`, those
 * of the named statements of the hot paths as text.
 */

const { sql } = Prisma;

/** A moment, as Unix milliseconds or a date. */
export const time = (at: number | Date): Prisma.Sql => sql`${new Date(at).toISOString()}::timestamptz`;

/** What the clock of an environment says at a real moment; `environment` is the alias of its row. */
export const timeIn = (environment: Prisma.Sql, real: number | Date): Prisma.Sql =>
  sql`(${time(real)} + coalesce(${environment}.clock_ahead_ms, 0) * interval '1 millisecond')`;

/** Greater than every text that may follow a prefix. */
export const AFTER_ALL = "\u{10FFFF}";

/** Whether an id, whose column is collated "C", starts with a text: a range of an index, whatever is in the text. */
export const idStartsWith = (column: Prisma.Sql, prefix: string): Prisma.Sql =>
  sql`${column} >= ${prefix} AND ${column} < ${prefix + AFTER_ALL}`;

/** How a list is read by keyset, all of its keys in one direction (docs/decisions/0030-lists-by-keyset.md). */
export interface KeysetOrder {
  /** Of each key in ORDER BY. */
  readonly direction: Prisma.Sql;
  /** Stands between a row's keys and those of the place, which itself is left out. */
  readonly beyond: Prisma.Sql;
}

const ASCENDING: KeysetOrder = { direction: sql`ASC`, beyond: sql`>` };
const DESCENDING: KeysetOrder = { direction: sql`DESC`, beyond: sql`<` };

export const keysetOrder = (downwards: boolean): KeysetOrder => (downwards ? DESCENDING : ASCENDING);

/** How many rows a SELECT gives, as a value; its own LIMIT says how far to count (docs/decisions/0032-counts-stop-at-a-cap.md). */
export const countOf = (rows: Prisma.Sql): Prisma.Sql => sql`(SELECT count(*)::int FROM (${rows}) AS counted)`;

/** The same, asked by itself. `among` is what stands before it: the WITH of `rows`. */
export async function countRows(db: Db, rows: Prisma.Sql, among: Prisma.Sql = Prisma.empty): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`${among}SELECT ${countOf(rows)} AS count`;
  return row?.count ?? 0;
}

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
