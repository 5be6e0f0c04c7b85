import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { openTicket, sealTicket } from "../factors/ticket-store";
import { lockOperator } from "../operators/operator-store";
import { requirePermission } from "../permissions";
import type { IssuerPerson } from "./claims";
import { findIssuer, vouchesFor } from "./find-issuer";
import { findIdentity, hasIdentityAt, linkIdentity } from "./identity-store";
import type { IssuerRefusal } from "./schema";
import { spendNonce } from "./sign-in-with-issuer";

/** What the issuer is called whose account an operator may link, and has not yet; null: there is none. */
export async function findLinkable(context: Context, actor: Operator): Promise<string | null> {
  const issuer = await findIssuer(context);
  if (issuer === null || actor.test !== undefined) return null;
  return (await hasIdentityAt(context.db.prisma, actor.operatorId, issuer.issuer)) ? null : issuer.name;
}

/** For the browser of a session whose operator wants to link an account at the issuer. */
export async function askToLink(context: Context, actor: Operator): Promise<{ ticket: string }> {
  requirePermission(actor, "account.factors");
  if ((await findLinkable(context, actor)) === null) {
    throw new AppError("not_found", { message: "There is no single sign-on to link." });
  }
  return { ticket: sealTicket(context, "link at the issuer", { sessionId: actor.sessionId }) };
}

/** Whether a browser holds what `askToLink` gave. */
export const isAskedToLink = (context: Context, ticket: string): boolean =>
  openTicket(context, "link at the issuer", ticket) !== null;

/**
 * Makes the account that somebody has signed in with at the issuer the one of the operator whose session has asked for that: from then on
 * it signs them in. Gives why not, or null: an account has one operator, and an operator one account there.
 */
export async function linkWithIssuer(
  context: Context,
  actor: Operator,
  person: IssuerPerson,
  ticket: string,
): Promise<IssuerRefusal | null> {
  const asked = openTicket<{ readonly sessionId: string }>(context, "link at the issuer", ticket);
  if (asked === null || actor.sessionId === undefined || asked.held.sessionId !== actor.sessionId) return "stale";
  const settings = await findIssuer(context);
  if (settings === null) return "off";
  // Such an account would be refused whenever it signs in.
  if (settings.domains.length > 0 && !vouchesFor(settings, person.email))
    return person.email === null ? "unverified" : "domain";
  const now = context.now();
  return executeWithPrisma<IssuerRefusal | null>(context, actor, async (tx) => {
    const operator = await lockOperator(tx, actor.operatorId);
    if (operator === null || operator.disabledAt !== null) return { result: "disabled" };
    const { issuer, subject } = person;
    const identity = await findIdentity(tx, issuer, subject);
    if (identity?.operatorId != null || (await hasIdentityAt(tx, operator.id, issuer))) return { result: "linked" };
    if (!(await spendNonce(tx, person, now))) return { result: "mismatch" };
    await linkIdentity(tx, { issuer, subject, operatorId: operator.id, createdAt: new Date(now) });
    const target = { kind: "operator", id: operator.id, name: operator.email } as const;
    const after = { issuer, subject };
    return {
      result: null,
      audit: [{ environmentId: INSTALLATION, action: "operator.identity_linked", target, after }],
    };
  });
}
