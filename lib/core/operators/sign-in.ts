import { type Actor, INSTALLATION } from "../actor";
import { execute, executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError, type SecondStep } from "../errors";
import type { Site } from "../factors/passkey";
import { requireOtherWays } from "../oidc/find-issuer";
import { browserHash } from "./browser";
import { askForSecondStep } from "./finish-sign-in";
import { openSession, type SignedIn } from "./open-session";
import { findOperatorByEmail, lockOperator, type StoredOperator } from "./operator-store";
import { type SignInInput, SignInSchema } from "./schema";
import { isKnownBrowser } from "./session-store";
import { countNobodysFailure, countSourceFailure, findSourceLock, isRound, sourceOf } from "./sign-in-source-store";
import { clearFailures, lockSeconds, strangersAt } from "./sign-in-throttle-store";
import { inWords, tryPassword } from "./try-password";

/**
 * Checks e-mail address and password and opens a session of at most 30 days. Throws `sign_in_failed`, the same for an
 * unknown address, a wrong password and a disabled operator, `sign_in_locked` after too many failures (docs/decisions/0101) and
 * `rate_limited` while strangers send too many. Failures are audited, those at addresses that nobody has summed up; a refused try
 * during a lock leaves no entry; `issuer_only` where passwords sign nobody in. Whoever has a second factor is given `second_factor_needed` with what `finishSignIn` takes.
 */
export async function signIn(
  context: Context,
  actor: Actor,
  input: SignInInput,
  site: Site | null = null,
): Promise<SignedIn> {
  const { email, password, userAgent, browser } = SignInSchema.parse(input);
  await requireOtherWays(context, (await findOperatorByEmail(context.db.prisma, email))?.id ?? null);
  const known = await knownBrowser(context, email, browser);
  const source = known ? null : sourceOf(actor.ip);
  if (source !== null) await requireOpenSource(context, source);
  const counted = known ? { email, who: `browser:${browserHash(browser)}` } : strangersAt(email);
  const tried = await tryPassword(context, counted, password, {
    find: () => findOperatorByEmail(context.db.prisma, email),
    accept: (operator) =>
      executeWithPrisma<SignedIn | SecondStep | null>(context, actor, async (tx) => {
        // Disabled, or given another password, while the old one was being checked: then it does not count.
        const current = await lockOperator(tx, operator.id);
        if (current === null || current.disabledAt !== null || current.passwordHash !== operator.passwordHash) {
          return { result: null };
        }
        // A test operator is signed in by a token, and by nothing else.
        if (current.expiresAt !== null) {
          return { result: null };
        }
        await clearFailures(tx, counted);
        if (current.secondFactorSince !== null) return { result: await askForSecondStep(tx, context, site, current) };
        return openSession(tx, context, actor, current, { userAgent, browser, by: "password" });
      }),
  });
  if (tried.accepted !== null) {
    if ("sessionId" in tried.accepted) return tried.accepted;
    throw new AppError("second_factor_needed", { secondStep: tried.accepted });
  }
  if (source !== null) await countSourceFailure(context.db.prisma, source, new Date(context.now()));
  const seconds = lockSeconds(tried.failures);
  await recordFailure(context, actor, { email, operator: tried.operator, failures: tried.failures, seconds });
  throw new AppError("sign_in_failed", {
    message:
      seconds > 0
        ? `The e-mail address or the password is wrong. Try again in ${inWords(seconds * 1000)}.`
        : "The e-mail address or the password is wrong.",
  });
}

/** Whether this browser has signed in as whoever has this address. */
async function knownBrowser(context: Context, email: string, browser: string): Promise<boolean> {
  if (browser === "") return false;
  const operator = await findOperatorByEmail(context.db.prisma, email);
  return operator !== null && (await isKnownBrowser(context.db.prisma, operator.id, browserHash(browser)));
}

async function requireOpenSource(context: Context, source: string): Promise<void> {
  const now = context.now();
  const until = await findSourceLock(context.db.prisma, source, new Date(now));
  if (until === null) return;
  const retryAfterMs = until.getTime() - now;
  const wait = inWords(retryAfterMs);
  throw new AppError("sign_in_locked", {
    message: `Too many failed sign-ins from your network. Try again in ${wait}, or in a browser that you have used here before.`,
    retryAfterMs,
  });
}

interface Failure {
  readonly email: string;
  readonly operator: StoredOperator | null;
  readonly failures: number;
  readonly seconds: number;
}

/** An operator's failures are few, since they lock; those at addresses that nobody has would fill the log at a stranger's will. */
async function recordFailure(
  context: Context,
  actor: Actor,
  { email, operator, failures, seconds }: Failure,
): Promise<void> {
  const all = operator === null ? await countNobodysFailure(context.db.prisma, new Date(context.now())) : null;
  if (all !== null && !isRound(all)) return;
  const target = { kind: "operator", id: operator?.id ?? "", name: email } as const;
  const after =
    all === null
      ? { failures, ...(seconds > 0 ? { lockedSeconds: seconds } : {}) }
      : { unknownAddresses: true, failures: all };
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [
      { environmentId: INSTALLATION, action: "operator.sign_in_failed", target, after, result: "sign_in_failed" },
    ],
  }));
}
