import { Prisma } from "./generated/client";

/** Pieces of SQL that several stores share. */

const { sql } = Prisma;

/** A moment, as Unix milliseconds or a date. */
export const time = (at: number | Date): Prisma.Sql => sql`${new Date(at).toISOString()}::timestamptz`;

/** Greater than every text that may follow a prefix. */
export const AFTER_ALL = "\u{10FFFF}";

/** Whether an id, whose column is collated "C", starts with a text: a range of an index, whatever is in the text. */
export const idStartsWith = (column: Prisma.Sql, prefix: string): Prisma.Sql =>
  sql`${column} >= ${prefix} AND ${column} < ${prefix + AFTER_ALL}`;

/** One way through a list whose keys are all read the same way: its ORDER BY, and what compares with a place in it. */
export interface Way {
  readonly direction: Prisma.Sql;
  /** Stands between a row's keys and those of the place, which is not in it. */
  readonly beyond: Prisma.Sql;
}

const UP: Way = { direction: sql`ASC`, beyond: sql`>` };
const DOWN: Way = { direction: sql`DESC`, beyond: sql`<` };

export const way = (downwards: boolean): Way => (downwards ? DOWN : UP);
