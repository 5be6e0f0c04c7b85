import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";

/**
 * Leases on rows (docs/decisions/0034-one-queue-of-leased-rows.md). A table whose rows are worked on has the columns
 * `lease_holder` and `lease_until`. Whoever claims a row writes a token of that one claim and an end that a heartbeat
 * moves on; when the end has passed, anybody may claim the row. Nothing can be extended with a token that is another's now,
 * and what is done in one transaction with extending is not done either.
 */

/** How long a holder may be silent before another takes its row. */
export const LEASE_MS = 20_000;

const { sql } = Prisma;

/** A claimed row. */
export interface Lease {
  readonly table: Prisma.Sql;
  /** The condition that names the row. */
  readonly row: Prisma.Sql;
  readonly holder: string;
}

/** The condition of a row that nobody holds at `now` (Unix milliseconds); `alias` is its table's. */
export const isFree = (now: number, alias: Prisma.Sql) =>
  sql`(${alias}.lease_until IS NULL OR ${alias}.lease_until <= ${time(now)})`;

/**
 * Moves the end of the lease on to `until` (Unix milliseconds) and locks the row for the rest of the transaction. False when
 * the lease was lost, to another holder or by being given back: then nothing more may be done.
 */
export async function extendLease(db: Db, { table, row, holder }: Lease, until: number): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE ${table} SET lease_until = ${time(until)}
    WHERE ${row} AND lease_holder = ${holder} AND lease_until IS NOT NULL`;
  return count === 1;
}

/** Gives the row back, for anybody to claim at once; does nothing when the lease was lost. */
export async function releaseLease(db: Db, { table, row, holder }: Lease): Promise<void> {
  await db.$executeRaw`
    UPDATE ${table} SET lease_until = NULL WHERE ${row} AND lease_holder = ${holder} AND lease_until IS NOT NULL`;
}
