import { type Actor, INSTALLATION, type System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret, newId } from "../ids";
import type { MailKinds } from "../mail/mail";
import { countMails, queueMail } from "../mail/mail-store";
import { findIssuer } from "../oidc/find-issuer";
import { sha256 } from "../secrets";
import { findOperatorByEmail } from "./operator-store";
import { savePasswordLink } from "./password-link-store";
import { type AskForResetInput, AskForResetSchema } from "./schema";
import { countSourceFailure, findSourceLock, sourceOf } from "./sign-in-source-store";
import { endTry, reserveTry } from "./sign-in-throttle-store";
import { inWords } from "./try-password";

/** How long a link that was mailed works. */
const MAILED_LINK_MINUTES = 60;
/** Mails that may wait: strangers' requests are among them. */
const MAILS_MOST = 2_000;

const locked = (ms: number) =>
  new AppError("sign_in_locked", { message: `Too many requests. Try again in ${inWords(ms)}.` });

/**
 * Asks for a link to a new password by mail. The answer, and what is done for it, is the same for addresses that somebody has and that
 * nobody has: who it is for is looked up when the mail is sent. Counted as strangers' guesses are, by themselves: `sign_in_locked`
 * after too many for one address or from one network. `rate_limited` while too many mails wait; `forbidden` where no mail server is set.
 */
export async function askForReset(context: Context, actor: Actor, input: AskForResetInput): Promise<null> {
  const { email } = AskForResetSchema.parse(input);
  if (context.mail === undefined) throw new AppError("forbidden", { message: "This installation sends no e-mail." });
  const db = context.db.prisma;
  const now = context.now();
  const source = sourceOf(actor.ip);
  const counted = source === null ? null : `reset ${source}`;
  const until = counted === null ? null : await findSourceLock(db, counted, new Date(now));
  if (until !== null) throw locked(until.getTime() - now);
  const requests = { email, who: "reset" };
  const tryId = newId.request();
  const reserved = await reserveTry(db, requests, tryId, new Date(now));
  if (reserved.outcome === "locked") throw locked(reserved.until.getTime() - now);
  if (reserved.outcome === "taken") throw locked(1_000);
  await endTry(db, requests, tryId);
  if (counted !== null) await countSourceFailure(db, counted, new Date(now));
  if ((await countMails(db)) >= MAILS_MOST)
    throw new AppError("rate_limited", { message: "Too many requests. Try again." });
  await queueMail(db, context, "reset", { email, ip: actor.ip, requestId: actor.requestId });
  return null;
}

export interface ResetLink {
  readonly email: string;
  readonly name: string;
  readonly secret: string;
  readonly minutes: number;
}

/** Makes the link that a mail is to carry; null: nobody who could use it has the address. */
export async function makeResetLink(context: Context, asked: MailKinds["reset"]): Promise<ResetLink | null> {
  if ((await findIssuer(context))?.only) return null;
  const { requestId, ip } = asked;
  const visitor: System = { kind: "system", source: "console", requestId, ip, environment: null };
  return executeWithPrisma<ResetLink | null>(context, visitor, async (tx) => {
    const operator = await findOperatorByEmail(tx, asked.email);
    if (operator === null || operator.disabledAt !== null || operator.expiresAt !== null) return { result: null };
    const { id, email, name } = operator;
    const secret = linkSecret();
    const createdAt = new Date(context.now());
    const expiresAt = new Date(createdAt.getTime() + MAILED_LINK_MINUTES * 60_000);
    await savePasswordLink(tx, { operatorId: id, secretHash: sha256(secret), createdAt, expiresAt });
    const target = { kind: "operator", id, name: email } as const;
    const after = { expiresAt: expiresAt.toISOString(), by: "e-mail" };
    return {
      result: { email, name, secret, minutes: MAILED_LINK_MINUTES },
      audit: [{ environmentId: INSTALLATION, action: "operator.password_link_made", target, after }],
    };
  });
}
