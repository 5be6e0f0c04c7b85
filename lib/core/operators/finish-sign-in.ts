import type { Db } from "@/lib/db/database";
import { type Actor, INSTALLATION } from "../actor";
import { execute, executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError, type SecondStep } from "../errors";
import type { Site } from "../factors/passkey";
import { askForFactor, proveFactor, provePasskey } from "../factors/prove-factor";
import { openTicket, sealTicket, spendTicket } from "../factors/ticket-store";
import { requireOtherWays } from "../oidc/find-issuer";
import { sha256 } from "../secrets";
import { openSession, type SignedIn } from "./open-session";
import { findOperator, lockOperator, type StoredOperator } from "./operator-store";
import {
  type FinishSignInInput,
  FinishSignInSchema,
  type SignInWithPasskeyInput,
  SignInWithPasskeySchema,
} from "./schema";
import { clearFailures, lockSeconds } from "./sign-in-throttle-store";
import { inWords, tryToProve } from "./try-password";

/** Who has taken the first step: only while the password is still the one that it was then. */
interface FirstStep {
  readonly operatorId: string;
  readonly password: string;
  readonly by: string;
}

/** The first step was right, `by` what: what the second one takes. */
export async function askForSecondStep(
  tx: Db,
  context: Context,
  site: Site | null,
  { id, passwordHash }: StoredOperator,
  by = "password",
): Promise<SecondStep> {
  const first: FirstStep = { operatorId: id, password: sha256(passwordHash), by };
  return { ticket: sealTicket(context, "second step", first), ...(await askForFactor(tx, context, site, id)) };
}

/** How to go on where another page has taken the first step; null: that was too long ago. */
export async function resumeSignIn(context: Context, site: Site | null, ticket: string): Promise<SecondStep | null> {
  const first = openTicket<FirstStep>(context, "second step", ticket);
  if (first === null) return null;
  return { ticket, ...(await askForFactor(context.db.prisma, context, site, first.held.operatorId)) };
}

const startAgain = () =>
  new AppError("link_invalid", { message: "This took longer than five minutes. Sign in again from the start." });

/**
 * The second step of signing in. Throws `link_invalid` when the first one was too long ago or its password has been changed,
 * `sign_in_failed` at `code` for what proves nothing, `sign_in_locked` after too many of those: they count for the operator alone, and
 * only whoever knows the password gets this far.
 */
export async function finishSignIn(
  context: Context,
  actor: Actor,
  input: FinishSignInInput,
  site: Site | null = null,
): Promise<SignedIn> {
  const { ticket, userAgent, browser, ...proof } = FinishSignInSchema.parse(input);
  const first = openTicket<FirstStep>(context, "second step", ticket);
  const known = first === null ? null : await findOperator(context.db.prisma, first.held.operatorId);
  if (first === null || known === null) throw startAgain();
  const counted = { email: known.email, who: `factor:${known.id}` };
  const tried = await tryToProve<SignedIn>(context, counted, {
    find: async () => known,
    check: async () => true,
    accept: ({ id }) =>
      executeWithPrisma<SignedIn | null>(context, actor, async (tx) => {
        const operator = await lockOperator(tx, id);
        if (
          operator === null ||
          operator.disabledAt !== null ||
          sha256(operator.passwordHash) !== first.held.password
        ) {
          throw startAgain();
        }
        const by = await proveFactor(tx, context, site, id, proof);
        if (by === null) return { result: null };
        if (!(await spendTicket(tx, first))) throw startAgain();
        await clearFailures(tx, counted);
        return openSession(tx, context, actor, operator, {
          userAgent,
          browser,
          by: `${first.held.by} and ${by}`,
        });
      }),
  });
  if (tried.accepted !== null) return tried.accepted;
  const seconds = lockSeconds(tried.failures);
  const wait = seconds > 0 ? ` Try again in ${inWords(seconds * 1_000)}.` : "";
  await recordWrongFactor(context, actor, known, tried.failures);
  throw new AppError("sign_in_failed", {
    field: "code",
    message: `${proof.passkey === undefined ? "This code isn’t right, or was used before." : "This passkey isn’t yours."}${wait}`,
  });
}

async function recordWrongFactor(
  context: Context,
  actor: Actor,
  { id, email }: StoredOperator,
  failures: number,
): Promise<void> {
  const target = { kind: "operator", id, name: email } as const;
  const after = { secondFactor: true, failures };
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [
      { environmentId: INSTALLATION, action: "operator.sign_in_failed", target, after, result: "sign_in_failed" },
    ],
  }));
}

/**
 * Signs in with a passkey alone, which has asked for finger, face or PIN. Nobody guesses one, so nothing is counted and strangers'
 * guesses at passwords do not matter here. Throws `sign_in_failed`, and `issuer_only` where passkeys sign nobody in.
 */
export async function signInWithPasskey(
  context: Context,
  actor: Actor,
  site: Site,
  input: SignInWithPasskeyInput,
): Promise<SignedIn> {
  const { passkey, userAgent, browser } = SignInWithPasskeySchema.parse(input);
  await requireOtherWays(context, null);
  const signedIn = await executeWithPrisma<SignedIn | null>(context, actor, async (tx) => {
    const operatorId = await provePasskey(tx, context, site, passkey, null);
    const operator = operatorId === null ? null : await lockOperator(tx, operatorId);
    if (operator === null || operator.disabledAt !== null) return { result: null };
    return openSession(tx, context, actor, operator, { userAgent, browser, by: "passkey" });
  });
  if (signedIn !== null) return signedIn;
  throw new AppError("sign_in_failed", { message: "This passkey can’t sign in here. Sign in with your password." });
}
