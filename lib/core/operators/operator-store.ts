import type { Db } from "@/lib/db/database";
import { lockAlone, lockRow } from "@/lib/db/locks";
import type { HeldRoles, OperatorRole } from "../actor";
import { forgetKeptBy } from "../views/view-store";
import { findGrants } from "./grant-store";

export interface StoredOperator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly disabledAt: Date | null;
  /** Of a test operator: when it goes by itself. */
  readonly expiresAt: Date | null;
  /** Null: a password is enough. */
  readonly secondFactorSince: Date | null;
  /** When somebody has signed in in a browser that was not known; null: they have seen it. */
  readonly newSignInAt: Date | null;
}

/**
 * Makes this transaction the only one that changes who the operators are: "the last owner" and "no operator yet" are
 * about all rows together, so no lock on single rows can guard them. These changes are rare.
 */
export async function lockOperators(tx: Db): Promise<void> {
  await lockAlone(tx, "operators");
}

/** People: test operators make no installation theirs. */
export function countOperators(db: Db): Promise<number> {
  return db.operator.count({ where: { expiresAt: null } });
}

export function findOperatorByEmail(db: Db, email: string): Promise<StoredOperator | null> {
  return db.operator.findUnique({ where: { email } });
}

export function findOperator(db: Db, operatorId: string): Promise<StoredOperator | null> {
  return db.operator.findUnique({ where: { id: operatorId } });
}

/** The operator, with the row held until the transaction ends. */
export async function lockOperator(tx: Db, operatorId: string): Promise<StoredOperator | null> {
  await lockRow(tx, "operators", operatorId);
  return findOperator(tx, operatorId);
}

/** What an operator holds, as of now. */
export async function findHeldRoles(db: Db, { id, role }: Pick<StoredOperator, "id" | "role">): Promise<HeldRoles> {
  return { everywhere: role, grants: await findGrants(db, id) };
}

export function findOperators(db: Db): Promise<StoredOperator[]> {
  return db.operator.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

/** Owners who can sign in; no test operator is one. */
export function countActiveOwners(db: Db): Promise<number> {
  return db.operator.count({ where: { role: "owner", disabledAt: null, expiresAt: null } });
}

export async function insertOperator(
  db: Db,
  operator: {
    id: string;
    email: string;
    name: string;
    role: OperatorRole;
    passwordHash: string;
    createdAt: Date;
    /** Of a test operator. */
    expiresAt?: Date;
    madeByTokenId?: string;
  },
): Promise<void> {
  await db.operator.create({ data: operator });
}

export async function updateRole(db: Db, operatorId: string, role: OperatorRole): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { role } });
}

export async function updateDisabled(db: Db, operatorId: string, disabledAt: Date | null): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { disabledAt } });
}

export async function updateAccount(db: Db, operatorId: string, data: { name: string; email: string }): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data });
}

/** Test operators that still live. */
export function countTestOperators(db: Db, now: Date): Promise<number> {
  return db.operator.count({ where: { expiresAt: { gt: now } } });
}

/** Throws away test operators whose time is over, with their sessions and what they kept for themselves. Gives how many. */
export async function deleteEndedTestOperators(db: Db, now: Date, limit: number): Promise<number> {
  const ended = await db.operator.findMany({ where: { expiresAt: { lte: now } }, select: { id: true }, take: limit });
  const ids = ended.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await forgetKeptBy(db, ids);
  return (await db.operator.deleteMany({ where: { id: { in: ids } } })).count;
}

/** With the operator's sessions. */
export async function deleteOperator(db: Db, operatorId: string): Promise<void> {
  await db.operator.delete({ where: { id: operatorId } });
}

export async function updatePasswordHash(db: Db, operatorId: string, passwordHash: string): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { passwordHash } });
}

/** When somebody has signed in in a browser that was not known; null: the operator has seen it. */
export async function updateNewSignIn(db: Db, operatorId: string, at: Date | null): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { newSignInAt: at } });
}

export async function updateLastSignIn(db: Db, operatorId: string, at: Date): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { lastSignInAt: at } });
}
