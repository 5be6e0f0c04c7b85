import { type Actor, INSTALLATION, type Operator, type OperatorRole } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { findOperatorByEmail, lockOperator, updateLastSignIn } from "./operator-store";
import { verifyPassword } from "./password";
import { SESSION_MAX_DAYS, type SignInInput, SignInSchema } from "./schema";
import { deleteEndedSessions, insertSession } from "./session-store";
import { clearFailures, deleteOldFailures, lockSeconds, reserveTry } from "./sign-in-throttle-store";

const DAY_MS = 86_400_000;
/** Rows of ended sessions are kept this long. */
const KEEP_ENDED_MS = 90 * DAY_MS;

export interface SignedIn {
  readonly sessionId: string;
  readonly expiresAt: Date;
  readonly operator: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: OperatorRole;
  };
}

/** "30 seconds", "2 minutes": rounded up, so that it is never too early. */
export function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

/** Throws `sign_in_locked` while the address is locked; otherwise counts the try (see `reserveTry`). */
export async function reserveTryOrRefuse(context: Context, email: string): Promise<number> {
  const now = context.now();
  const tried = await reserveTry(context.db.prisma, email, new Date(now));
  if (tried.allowed) return tried.failures;
  throw new AppError("sign_in_locked", {
    message: `Too many failed sign-ins. Try again in ${inWords(tried.lockedUntil.getTime() - now)}.`,
  });
}

/**
 * Checks e-mail address and password and opens a session of at most 30 days. Throws `sign_in_failed`, the same for an
 * unknown address, a wrong password and a disabled operator, and `sign_in_locked` while the address, known or not, is
 * locked after too many failures. Both are audited, except that a refused try during a lock leaves no entry.
 */
export async function signIn(context: Context, actor: Actor, input: SignInInput): Promise<SignedIn> {
  const { email, password, userAgent } = SignInSchema.parse(input);
  const failures = await reserveTryOrRefuse(context, email);
  const operator = await findOperatorByEmail(context.db.prisma, email);
  const right = await verifyPassword(operator?.passwordHash ?? null, password);
  const now = context.now();
  if (operator !== null && right) {
    const signedIn = await context.db.transaction(async (tx) => {
      // Disabled, or given another password, while the old one was being checked: then it does not count.
      const current = await lockOperator(tx, operator.id);
      if (current === null || current.disabledAt !== null || current.passwordHash !== operator.passwordHash)
        return null;
      const session = {
        id: newId.session(),
        operatorId: current.id,
        createdAt: new Date(now),
        expiresAt: new Date(now + SESSION_MAX_DAYS * DAY_MS),
        ip: actor.ip,
        userAgent,
      };
      await insertSession(tx, session);
      await updateLastSignIn(tx, current.id, session.createdAt);
      await deleteEndedSessions(tx, current.id, new Date(now - KEEP_ENDED_MS));
      await clearFailures(tx, email);
      await deleteOldFailures(tx, new Date(now));
      const { id, name, role } = current;
      const self: Operator = {
        kind: "operator",
        source: "console",
        requestId: actor.requestId,
        ip: actor.ip,
        environment: null,
        operatorId: id,
        name,
        email,
        role,
      };
      await writeAudit(tx, INSTALLATION, self, now, [
        { action: "operator.signed_in", target: { kind: "operator", id, name: email } },
      ]);
      return { sessionId: session.id, expiresAt: session.expiresAt, operator: { id, email, name, role } };
    });
    if (signedIn !== null) return signedIn;
  }
  const seconds = lockSeconds(failures);
  await writeAudit(context.db.prisma, INSTALLATION, actor, now, [
    {
      action: "operator.sign_in_failed",
      target: { kind: "operator", id: operator?.id ?? "", name: email },
      after: { failures, ...(seconds > 0 ? { lockedSeconds: seconds } : {}) },
      result: "sign_in_failed",
    },
  ]);
  throw new AppError("sign_in_failed", {
    message:
      seconds > 0
        ? `The e-mail address or the password is wrong. Try again in ${inWords(seconds * 1000)}.`
        : "The e-mail address or the password is wrong.",
  });
}
