import type { Db } from "@/lib/db/database";
import type { Grant, OperatorRole } from "../actor";
import { GRANT_COLUMNS, grantsOf } from "./grant-store";

export interface StoredSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly operatorId: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly grants: readonly Grant[];
  readonly disabledAt: Date | null;
  readonly secondFactorSince: Date | null;
  readonly newSignInAt: Date | null;
  /** The issuer that opened it had asked for a second factor. */
  readonly twoFactors: boolean;
  /** Of a test operator: the token that made it, and its operator as they are now. */
  readonly madeBy: {
    readonly appId: string | null;
    readonly revokedAt: Date | null;
    readonly operator: { readonly role: OperatorRole; readonly disabledAt: Date | null };
  } | null;
}

/** A session and its operator as they are now: this runs for every request of the console. */
export async function findSession(db: Db, sessionId: string): Promise<StoredSession | null> {
  const session = await db.session.findUnique({
    where: { id: sessionId },
    select: {
      id: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      revokedAt: true,
      confirmedAt: true,
      twoFactors: true,
      operatorId: true,
      operator: {
        select: {
          email: true,
          name: true,
          role: true,
          disabledAt: true,
          secondFactorSince: true,
          newSignInAt: true,
          grants: GRANT_COLUMNS,
          madeBy: {
            select: { appId: true, revokedAt: true, operator: { select: { role: true, disabledAt: true } } },
          },
        },
      },
    },
  });
  if (session === null) return null;
  const { operator, ...row } = session;
  return { ...row, ...operator, grants: grantsOf(operator.grants) };
}

export async function insertSession(
  db: Db,
  session: {
    id: string;
    operatorId: string;
    createdAt: Date;
    expiresAt: Date;
    ip: string;
    userAgent: string;
    browserHash?: string;
    twoFactors?: boolean;
  },
): Promise<void> {
  await db.session.create({ data: { ...session, lastSeenAt: session.createdAt, confirmedAt: session.createdAt } });
}

/** Whether somebody has signed in as this operator in this browser before, and nobody has made it forget. */
export async function isKnownBrowser(db: Db, operatorId: string, browserHash: string): Promise<boolean> {
  return (await db.session.findFirst({ where: { operatorId, browserHash }, select: { id: true } })) !== null;
}

/** Ends the open sessions that an operator has in a browser. */
export async function revokeSessionsIn(db: Db, operatorId: string, browserHash: string, now: Date): Promise<void> {
  await db.session.updateMany({ where: { operatorId, browserHash, revokedAt: null }, data: { revokedAt: now } });
}

/** Makes every browser a stranger to this operator: whoever has set the password anew may have lost one. */
export async function forgetBrowsers(db: Db, operatorId: string): Promise<void> {
  await db.session.updateMany({ where: { operatorId, browserHash: { not: null } }, data: { browserHash: null } });
}

/** Whoever uses the session has proven who they are. */
export async function markConfirmed(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { confirmedAt: now } });
}

/** Moves `last_seen_at` to `now` unless another request has just done so (`before`). */
export async function touchSession(db: Db, sessionId: string, now: Date, before: Date): Promise<void> {
  await db.session.updateMany({
    where: { id: sessionId, revokedAt: null, lastSeenAt: { lt: before } },
    data: { lastSeenAt: now },
  });
}

/** Ends one session of an operator. Says whether it was open. */
export async function revokeSession(db: Db, operatorId: string, sessionId: string, now: Date): Promise<boolean> {
  const { count } = await db.session.updateMany({
    where: { id: sessionId, operatorId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count > 0;
}

/** Ends all sessions of an operator, but for `keep`. Gives how many were open. */
export async function revokeSessions(db: Db, operatorId: string, now: Date, keep?: string): Promise<number> {
  const { count } = await db.session.updateMany({
    where: {
      operatorId,
      revokedAt: null,
      expiresAt: { gt: now },
      ...(keep === undefined ? {} : { id: { not: keep } }),
    },
    data: { revokedAt: now },
  });
  return count;
}

/** Sessions of an operator that are still open, latest activity first. */
export function findOpenSessions(db: Db, operatorId: string, now: Date, seenSince: Date) {
  return db.session.findMany({
    where: { operatorId, revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: seenSince } },
    select: { id: true, createdAt: true, lastSeenAt: true, expiresAt: true, ip: true, userAgent: true },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: 100,
  });
}

/** Rows of sessions are kept for so long after the day on which they would have ended in any case. */
const KEEP_ENDED_MS = 90 * 86_400_000;

/** Throws away rows of sessions that ended long ago, at most `limit`. Gives how many. */
export async function deleteEndedSessions(db: Db, now: Date, limit: number): Promise<number> {
  const expiresAt = { lt: new Date(now.getTime() - KEEP_ENDED_MS) };
  return (await db.session.deleteMany({ where: { expiresAt }, limit })).count;
}
