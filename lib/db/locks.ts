import type { Db } from "./database";
import { Prisma } from "./generated/client";
import type { Run } from "./statement";

/**
 * Locks that concern no environment's users, which the Prisma client cannot take. Each is held until the transaction ends.
 * Those of users are in lib/core/users/locked-users-store.ts, those of groups in lib/core/groups/group-store.ts.
 */

/** Keeps others from changing or locking this row. */
export async function lockRow(tx: Db, table: "apps" | "operators", id: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM ${Prisma.raw(table)} WHERE id = ${id} FOR UPDATE`;
}

/** Keeps others from writing to this table, and from locking it so. */
export async function lockTable(tx: Db, table: "apps"): Promise<void> {
  await tx.$executeRaw`LOCK TABLE ${Prisma.raw(table)} IN SHARE ROW EXCLUSIVE MODE`;
}

/** Locks that stand for more than rows. No two may have the same number, in the whole product. */
const NUMBERS = { operators: 7_301_020 };

/** Waits until nobody else holds this lock, and holds it. */
export async function lockAlone(tx: Db, what: keyof typeof NUMBERS): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${NUMBERS[what]}::bigint)`;
}

const LOCK_TEXT = {
  name: "locks-text",
  text: "SELECT FROM pg_advisory_xact_lock(hashtextextended($1::text, $2::bigint))",
};

/** The same for a text that is to be unique in an environment, whether or not there is a row with it. */
export async function lockText(run: Run, environmentId: number, text: string): Promise<void> {
  await run(LOCK_TEXT, [text, environmentId]);
}
