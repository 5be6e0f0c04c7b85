import type { Actor, OperatorRole } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findOpenInvitations } from "./invitation-store";
import { findOperators, type StoredOperator } from "./operator-store";

export interface OperatorRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly disabledAt: Date | null;
  /** Of a test operator: when it goes by itself. */
  readonly expiresAt: Date | null;
  /** The only owner who can sign in: not to be demoted or disabled. */
  readonly isLastOwner: boolean;
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly expiresAt: Date;
}

/** All operators, oldest first, and the invitations that can still be accepted, newest first. */
export async function listOperators(
  context: Context,
  actor: Actor,
): Promise<{ operators: OperatorRow[]; invitations: InvitationRow[] }> {
  requirePermission(actor, "operators.read");
  const [operators, invitations] = await Promise.all([
    findOperators(context.db.prisma),
    findOpenInvitations(context.db.prisma, new Date(context.now())),
  ]);
  const isActiveOwner = ({ role, disabledAt, expiresAt }: StoredOperator) =>
    role === "owner" && disabledAt === null && expiresAt === null;
  const owners = operators.filter(isActiveOwner).length;
  return {
    operators: operators.map((operator) => {
      const { id, email, name, role, createdAt, lastSignInAt, disabledAt, expiresAt } = operator;
      const isLastOwner = owners === 1 && isActiveOwner(operator);
      return { id, email, name, role, createdAt, lastSignInAt, disabledAt, expiresAt, isLastOwner };
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
