import type { Db } from "@/lib/db/database";
import { type Actor, INSTALLATION, type OperatorRole } from "../actor";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { newId } from "../ids";
import { queueMail } from "../mail/mail-store";
import { browserHash } from "./browser";
import { type StoredOperator, updateLastSignIn, updateNewSignIn } from "./operator-store";
import { selfOf } from "./self";
import { insertSession, isKnownBrowser, revokeSessionsIn } from "./session-store";
import { findSignInRules } from "./sign-in-rules-store";

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

/** Where somebody signs in: the browser's name for itself, and what its own cookie holds. */
export interface Browser {
  readonly userAgent: string;
  readonly browser: string;
}

/** The part that all ways to sign in share, for a command that holds the operator's row: the session, and the entry about it, `by` what. */
export async function openSession(
  tx: Db,
  context: Context,
  actor: Actor,
  { id, email, name, role, lastSignInAt }: StoredOperator,
  { userAgent, browser, by, twoFactors = false }: Browser & { readonly by: string; readonly twoFactors?: boolean },
): Promise<Outcome<SignedIn>> {
  const now = context.now();
  const session = {
    id: newId.session(),
    operatorId: id,
    createdAt: new Date(now),
    expiresAt: new Date(now + (await findSignInRules(tx)).maxDays * DAY_MS),
    ip: actor.ip,
    userAgent,
    twoFactors,
    ...(browser === "" ? {} : { browserHash: browserHash(browser) }),
  };
  if (browser !== "") {
    const known = await isKnownBrowser(tx, id, browserHash(browser));
    // One browser, one session: the cookie of the one before is gone from it.
    if (known) await revokeSessionsIn(tx, id, browserHash(browser), session.createdAt);
    else if (lastSignInAt !== null) {
      await updateNewSignIn(tx, id, session.createdAt);
      await queueMail(tx, context, "new_sign_in", { operatorId: id, at: now, ip: actor.ip, userAgent });
    }
  }
  await insertSession(tx, session);
  await updateLastSignIn(tx, id, session.createdAt);
  const self = selfOf(actor, { id, email, name, role });
  const target = { kind: "operator", id, name: email } as const;
  return {
    result: { sessionId: session.id, expiresAt: session.expiresAt, operator: { id, email, name, role } },
    audit: [{ environmentId: INSTALLATION, by: self, action: "operator.signed_in", target, after: { by } }],
  };
}
