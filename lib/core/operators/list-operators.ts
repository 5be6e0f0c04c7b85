import type { Actor, OperatorRole } from "../actor";
import type { Context } from "../context";
import { mayAlso, requirePermission } from "../permissions";
import { countGrants } from "./grant-store";
import { findOpenInvitations } from "./invitation-store";
import { findOperators, type StoredOperator } from "./operator-store";
import { findLockedAddresses } from "./sign-in-throttle-store";

export interface OperatorRow {
  readonly id: string;
  /** "": the actor may not see e-mail addresses, but for the own one. */
  readonly email: string;
  readonly name: string;
  /** The role that counts everywhere … */
  readonly role: OperatorRole;
  /** … but in so many environments, where another was given. */
  readonly grants: number;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly disabledAt: Date | null;
  /** Of a test operator: when it goes by itself. */
  readonly expiresAt: Date | null;
  /** The only owner who can sign in: not to be demoted or disabled. */
  readonly isLastOwner: boolean;
  /** Null: not for whoever looks. */
  readonly secondFactor: boolean | null;
  /** Until when failed sign-ins keep browsers out that this operator has not used before; null: they do not. */
  readonly lockedUntil: Date | null;
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly expiresAt: Date;
}

/**
 * All operators, oldest first, and the invitations that can still be accepted, newest first: those are addresses, and for whoever
 * may not see addresses there are none.
 */
export async function listOperators(
  context: Context,
  actor: Actor,
): Promise<{ operators: OperatorRow[]; invitations: InvitationRow[] }> {
  requirePermission(actor, "operators.read");
  const now = new Date(context.now());
  const seesAddresses = mayAlso(actor, "operators.read_addresses");
  const shown = ({ id, email }: StoredOperator) =>
    seesAddresses || (actor.kind === "operator" && actor.operatorId === id) ? email : "";
  // What tells an attacker where it is worth trying is for those who can do something about it.
  const manages = mayAlso(actor, "operators.read_sessions");
  const [operators, grants, invitations] = await Promise.all([
    findOperators(context.db.prisma),
    countGrants(context.db.prisma),
    seesAddresses ? findOpenInvitations(context.db.prisma, now) : [],
  ]);
  const emails = operators.map(({ email }) => email);
  const locked = manages ? await findLockedAddresses(context.db.prisma, emails, now) : new Map<string, Date>();
  const isActiveOwner = ({ role, disabledAt, expiresAt }: StoredOperator) =>
    role === "owner" && disabledAt === null && expiresAt === null;
  const owners = operators.filter(isActiveOwner).length;
  return {
    operators: operators.map((operator) => {
      const { id, name, role, createdAt, lastSignInAt, disabledAt, expiresAt } = operator;
      const isLastOwner = owners === 1 && isActiveOwner(operator);
      const lockedUntil = locked.get(operator.email) ?? null;
      const secondFactor = manages ? operator.secondFactorSince !== null : null;
      const row = { id, email: shown(operator), name, role, createdAt, lastSignInAt, disabledAt, expiresAt };
      return { ...row, grants: grants.get(id) ?? 0, isLastOwner, secondFactor, lockedUntil };
    }),
    invitations: invitations.map(({ id, email, role, createdAt, createdByName, expiresAt }) => ({
      id,
      email,
      role,
      createdAt,
      createdByName,
      expiresAt,
    })),
  };
}
