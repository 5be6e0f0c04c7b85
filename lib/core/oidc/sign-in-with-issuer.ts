import type { Db } from "@/lib/db/database";
import { type Actor, INSTALLATION, type OperatorRole } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import type { SecondStep } from "../errors";
import type { Site } from "../factors/passkey";
import { spendTicket } from "../factors/ticket-store";
import { addOperator } from "../operators/add-operator";
import { askForSecondStep } from "../operators/finish-sign-in";
import { findOpenInvitations, markAccepted } from "../operators/invitation-store";
import { type Browser, openSession, type SignedIn } from "../operators/open-session";
import {
  countActiveOwners,
  countOperators,
  findOperatorByEmail,
  lockOperator,
  lockOperators,
  type StoredOperator,
  updateRole,
} from "../operators/operator-store";
import { NO_PASSWORD } from "../operators/password";
import { revokeSessions } from "../operators/session-store";
import { countNobodysFailure, isRound } from "../operators/sign-in-source-store";
import { OPERATOR_ROLES } from "../permissions";
import { sha256 } from "../secrets";
import type { IssuerPerson } from "./claims";
import { findIssuer, vouchesFor } from "./find-issuer";
import { findIdentity, hasIdentityAt, isKeptOut, linkIdentity } from "./identity-store";
import type { IssuerRefusal, IssuerSettings } from "./schema";

/** How a sign-in with an issuer ended. */
export type IssuerSignIn =
  | { readonly kind: "signed_in"; readonly signedIn: SignedIn }
  /** Whoever has a second factor here still proves it. */
  | { readonly kind: "second_step"; readonly step: SecondStep }
  | { readonly kind: "refused"; readonly why: IssuerRefusal };

/** What the log says of it, and sessions and second steps of whoever came this way. */
export const BY_ISSUER = "OpenID Connect";

/** Longer than a browser may keep what belongs to a sign-in that has begun. */
const NONCE_KEPT_MS = 3_600_000;

/** Uses up what an issuer has said about a sign-in. False: that was taken before. */
export const spendNonce = (tx: Db, { issuer, nonce }: IssuerPerson, now: number): Promise<boolean> =>
  spendTicket(tx, { id: `nonce ${sha256(`${issuer}\n${nonce}`)}`, expiresAt: now + NONCE_KEPT_MS });

/** Thrown inside the transaction: nothing of it was done. */
class NotAdmitted extends Error {
  constructor(readonly why: IssuerRefusal) {
    super(why);
  }
}

/** The role that the groups give; undefined: roles are given in the console. null: none. */
function roleOf({ roles, otherRole }: IssuerSettings, groups: readonly string[]): OperatorRole | null | undefined {
  if (roles.length === 0) return undefined;
  const given = new Set(roles.filter(({ group }) => groups.includes(group)).map(({ role }) => role));
  return OPERATOR_ROLES.findLast((role) => given.has(role)) ?? otherRole;
}

/**
 * Signs in whom the issuer has named, by its own number of them and never by an address that it has not verified: an operator who
 * came before, one whose address is in a domain that the issuer vouches for, one who was invited, or, where that is
 * allowed, somebody new (docs/decisions/0125). The role is the one of their groups, each time. What an issuer has said is taken once.
 */
export async function signInWithIssuer(
  context: Context,
  actor: Actor,
  person: IssuerPerson,
  where: Browser,
  site: Site | null = null,
): Promise<IssuerSignIn> {
  const settings = await findIssuer(context);
  if (settings === null || settings.issuer !== person.issuer) return { kind: "refused", why: "off" };
  if (person.subject === "" || person.nonce === "") return { kind: "refused", why: "mismatch" };
  try {
    return await executeWithPrisma<IssuerSignIn>(context, actor, async (tx) => {
      const now = context.now();
      await lockOperators(tx);
      if (!(await spendNonce(tx, person, now))) throw new NotAdmitted("mismatch");
      const found = await admit(tx, now, settings, person);
      if ("ended" in found) return { result: { kind: "refused", why: found.why }, audit: found.ended };
      const { operator, audit } = found;
      const opened: Outcome<IssuerSignIn> =
        operator.secondFactorSince !== null && !person.twoFactors
          ? {
              result: { kind: "second_step", step: await askForSecondStep(tx, context, site, operator, BY_ISSUER) },
            }
          : await open(tx, context, actor, operator, { ...where, by: BY_ISSUER, twoFactors: person.twoFactors });
      return { ...opened, audit: [...audit, ...(opened.audit ?? [])] };
    });
  } catch (error) {
    if (!(error instanceof NotAdmitted)) throw error;
    await recordRefusal(context, actor, person, error.why);
    return { kind: "refused", why: error.why };
  }
}

async function open(...given: Parameters<typeof openSession>): Promise<Outcome<IssuerSignIn>> {
  const { result, ...rest } = await openSession(...given);
  return { ...rest, result: { kind: "signed_in", signedIn: result } };
}

type Admitted =
  | { readonly operator: StoredOperator; readonly audit: readonly AuditRecord[] }
  /** Refused, and what that has ended. */
  | { readonly why: IssuerRefusal; readonly ended: readonly AuditRecord[] };

/** Whose sign-in it is, with the role of now. Throws `NotAdmitted`. */
async function admit(tx: Db, now: number, settings: IssuerSettings, person: IssuerPerson): Promise<Admitted> {
  const { issuer, subject, email } = person;
  // An installation that nobody owns yet is for whoever has its set-up link.
  if ((await countOperators(tx)) === 0) throw new NotAdmitted("not_invited");
  if (settings.domains.length > 0 && !vouchesFor(settings, email))
    throw new NotAdmitted(email === null ? "unverified" : "domain");
  const identity = await findIdentity(tx, issuer, subject);
  const role = roleOf(settings, person.groups);
  if (identity?.operatorId != null) {
    const operator = await lockOperator(tx, identity.operatorId);
    if (operator === null || operator.disabledAt !== null) throw new NotAdmitted("disabled");
    return withRole(tx, now, operator, role);
  }
  if (email === null) throw new NotAdmitted("unverified");
  const existing = await findOperatorByEmail(tx, email);
  if (existing !== null) {
    // Another person may have got the address of one who has an account there.
    if (existing.expiresAt !== null || (await hasIdentityAt(tx, existing.id, issuer))) throw new NotAdmitted("taken");
    if (!vouchesFor(settings, email)) throw new NotAdmitted("taken");
    if (existing.disabledAt !== null) throw new NotAdmitted("disabled");
    const linked = await withRole(tx, now, existing, role);
    if ("ended" in linked) return linked;
    await linkIdentity(tx, { issuer, subject, operatorId: existing.id, createdAt: new Date(now) });
    const target = { kind: "operator", id: existing.id, name: email } as const;
    const after = { issuer, subject };
    const record = { environmentId: INSTALLATION, action: "operator.identity_linked", target, after } as const;
    return { ...linked, audit: [record, ...linked.audit] };
  }
  return create(tx, now, settings, person, { email, role, removed: identity !== null });
}

async function create(
  tx: Db,
  now: number,
  settings: IssuerSettings,
  { issuer, subject, name }: IssuerPerson,
  { email, role, removed }: { email: string; role: OperatorRole | null | undefined; removed: boolean },
): Promise<Admitted> {
  const invitations = await findOpenInvitations(tx, new Date(now));
  const invitation = invitations.find((one) => one.email === email);
  if (invitation === undefined) {
    if (removed || (await isKeptOut(tx, email))) throw new NotAdmitted("removed");
    if (!settings.create) throw new NotAdmitted("not_invited");
  }
  const given = role === undefined ? (invitation?.role ?? settings.otherRole) : role;
  if (given === null) throw new NotAdmitted("no_role");
  if (invitation !== undefined) await markAccepted(tx, invitation.id, new Date(now));
  const added = await addOperator(tx, now, { email, name, role: given, passwordHash: NO_PASSWORD });
  await linkIdentity(tx, { issuer, subject, operatorId: added.result.id, createdAt: new Date(now) });
  const operator = await lockOperator(tx, added.result.id);
  if (operator === null) throw new Error("an operator who was just made is gone");
  return { operator, audit: added.audit ?? [] };
}

/** The operator with the role that their groups give now. Whom they give none is out, in every browser. */
async function withRole(
  tx: Db,
  now: number,
  operator: StoredOperator,
  role: OperatorRole | null | undefined,
): Promise<Admitted> {
  if (role === undefined || role === operator.role) return { operator, audit: [] };
  const target = { kind: "operator", id: operator.id, name: operator.email } as const;
  if (role === null) {
    const sessionsEnded = await revokeSessions(tx, operator.id, new Date(now));
    const after = { secondFactor: false, reason: "no_role", sessionsEnded };
    const failed = { action: "operator.sign_in_failed", result: "sign_in_failed" } as const;
    return { why: "no_role", ended: [{ environmentId: INSTALLATION, ...failed, target, after }] };
  }
  await updateRole(tx, operator.id, role);
  if (operator.role === "owner" && (await countActiveOwners(tx)) === 0) {
    // Groups that somebody changes elsewhere must not leave an installation without an owner.
    await updateRole(tx, operator.id, "owner");
    return { operator, audit: [] };
  }
  const change = { before: { role: operator.role }, after: { role, by: "groups of the issuer" } };
  return {
    operator: { ...operator, role },
    audit: [{ environmentId: INSTALLATION, action: "operator.role_changed", target, ...change }],
  };
}

/** Those of operators, who are few; those of anybody the issuer knows are summed up, or they would fill the log at their will. */
async function recordRefusal(context: Context, actor: Actor, person: IssuerPerson, why: IssuerRefusal): Promise<void> {
  await executeWithPrisma(context, actor, async (tx) => {
    const identity = await findIdentity(tx, person.issuer, person.subject);
    const id = identity?.operatorId ?? "";
    const all = id === "" ? await countNobodysFailure(tx, new Date(context.now())) : null;
    if (all !== null && !isRound(all)) return { result: undefined };
    const target = { kind: "operator", id, name: person.email ?? person.subject.slice(0, 200) } as const;
    const after = { by: BY_ISSUER, reason: why, ...(all === null ? {} : { failures: all }) };
    return {
      result: undefined,
      audit: [
        { environmentId: INSTALLATION, action: "operator.sign_in_failed", target, after, result: "sign_in_failed" },
      ],
    };
  });
}
