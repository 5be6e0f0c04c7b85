import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { openTicket, sealTicket } from "../factors/ticket-store";
import { lockOperator } from "../operators/operator-store";
import { markConfirmed } from "../operators/session-store";
import type { IssuerPerson } from "./claims";
import { findIssuer } from "./find-issuer";
import { findIdentity, hasIdentityAt } from "./identity-store";
import type { IssuerRefusal } from "./schema";
import { BY_ISSUER, spendNonce } from "./sign-in-with-issuer";

/** What a browser holds that was sent to the issuer for a fresh proof. */
interface Asked {
  readonly sessionId: string;
  /** Unix milliseconds */
  readonly at: number;
}

/** How far an issuer's clock may be behind, in milliseconds. */
const CLOCKS_DIFFER_MS = 10_000;

/** For the browser of a session that asks the issuer for a fresh proof. */
export function askAtIssuer(context: Context, sessionId: string): string {
  const asked: Asked = { sessionId, at: context.now() };
  return sealTicket(context, "at the issuer", asked);
}

/** Whether an operator can prove themselves at the issuer: what it is called, or null. */
export async function provesAtIssuer(context: Context, operatorId: string): Promise<string | null> {
  const db = context.db.prisma;
  const issuer = await findIssuer(context);
  return issuer !== null && (await hasIdentityAt(db, operatorId, issuer.issuer)) ? issuer.name : null;
}

/**
 * Takes what the issuer says for a fresh proof of who uses the session that has asked (`askAtIssuer`), which counts for five minutes:
 * the same person, who has proven themselves there since. Gives why not, or null. Whoever has a second factor here proves it here, unless
 * the issuer has asked for one.
 */
export async function confirmWithIssuer(
  context: Context,
  actor: Operator,
  person: IssuerPerson,
  ticket: string,
): Promise<IssuerRefusal | null> {
  const asked = openTicket<Asked>(context, "at the issuer", ticket);
  const { sessionId } = actor;
  if (asked === null || sessionId === undefined || asked.held.sessionId !== sessionId) return "stale";
  const since = asked.held.at - CLOCKS_DIFFER_MS;
  if (person.authenticatedAt === null || person.authenticatedAt < since) return "not_fresh";
  return executeWithPrisma<IssuerRefusal | null>(context, actor, async (tx) => {
    const operator = await lockOperator(tx, actor.operatorId);
    if (operator === null || operator.disabledAt !== null) return { result: "disabled" };
    const identity = await findIdentity(tx, person.issuer, person.subject);
    if (identity?.operatorId !== actor.operatorId) return { result: "not_you" };
    if (operator.secondFactorSince !== null && !person.twoFactors) return { result: "not_fresh" };
    if (!(await spendNonce(tx, person, context.now()))) return { result: "mismatch" };
    await markConfirmed(tx, sessionId, new Date(context.now()));
    const target = { kind: "operator", id: operator.id, name: operator.email } as const;
    return {
      result: null,
      audit: [{ environmentId: INSTALLATION, action: "operator.confirmed", target, after: { by: BY_ISSUER } }],
    };
  });
}
