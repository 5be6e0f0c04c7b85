import { type Actor, INSTALLATION, type Operator, type OperatorRole } from "../actor";
import { execute, executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { findOperatorByEmail, lockOperator, updateLastSignIn } from "./operator-store";
import { SESSION_MAX_DAYS, type SignInInput, SignInSchema } from "./schema";
import { insertSession } from "./session-store";
import { clearFailures, lockSeconds } from "./sign-in-throttle-store";
import { inWords, tryPassword } from "./try-password";

const DAY_MS = 86_400_000;

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

/**
 * Checks e-mail address and password and opens a session of at most 30 days. Throws `sign_in_failed`, the same for an
 * unknown address, a wrong password and a disabled operator, and `sign_in_locked` while the address, known or not, is
 * locked after too many failures. Both are audited, except that a refused try during a lock leaves no entry.
 */
export async function signIn(context: Context, actor: Actor, input: SignInInput): Promise<SignedIn> {
  const { email, password, userAgent } = SignInSchema.parse(input);
  const tried = await tryPassword(context, email, password, {
    find: () => findOperatorByEmail(context.db.prisma, email),
    accept: (operator) =>
      executeWithPrisma<SignedIn | null>(context, actor, async (tx) => {
        // Disabled, or given another password, while the old one was being checked: then it does not count.
        const current = await lockOperator(tx, operator.id);
        if (current === null || current.disabledAt !== null || current.passwordHash !== operator.passwordHash) {
          return { result: null };
        }
        // A test operator is signed in by a token, and by nothing else.
        if (current.expiresAt !== null) {
          return { result: null };
        }
        const now = context.now();
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
        await clearFailures(tx, email);
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
        const target = { kind: "operator", id, name: email } as const;
        return {
          result: { sessionId: session.id, expiresAt: session.expiresAt, operator: { id, email, name, role } },
          audit: [{ environmentId: INSTALLATION, by: self, action: "operator.signed_in", target }],
        };
      }),
  });
  if (tried.accepted !== null) return tried.accepted;
  const seconds = lockSeconds(tried.failures);
  const target = { kind: "operator", id: tried.operator?.id ?? "", name: email } as const;
  const after = { failures: tried.failures, ...(seconds > 0 ? { lockedSeconds: seconds } : {}) };
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [
      { environmentId: INSTALLATION, action: "operator.sign_in_failed", target, after, result: "sign_in_failed" },
    ],
  }));
  throw new AppError("sign_in_failed", {
    message:
      seconds > 0
        ? `The e-mail address or the password is wrong. Try again in ${inWords(seconds * 1000)}.`
        : "The e-mail address or the password is wrong.",
  });
}
