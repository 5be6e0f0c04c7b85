import type { Db } from "@/lib/db/database";
import type { OperatorRole } from "../actor";

export interface StoredInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = {
  id: true,
  email: true,
  role: true,
  createdAt: true,
  createdByName: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
} as const;

export async function insertInvitation(
  db: Db,
  invitation: {
    id: string;
    email: string;
    role: OperatorRole;
    secretHash: string;
    createdAt: Date;
    createdByName: string;
    expiresAt: Date;
  },
): Promise<void> {
  await db.invitation.create({ data: invitation });
}

export function findInvitationBySecret(db: Db, secretHash: string): Promise<StoredInvitation | null> {
  return db.invitation.findUnique({ where: { secretHash }, select: COLUMNS });
}

export function findInvitationById(db: Db, invitationId: string): Promise<StoredInvitation | null> {
  return db.invitation.findUnique({ where: { id: invitationId }, select: COLUMNS });
}

/** Invitations that can still be accepted, newest first. */
export function findOpenInvitations(db: Db, now: Date): Promise<StoredInvitation[]> {
  return db.invitation.findMany({
    where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    select: COLUMNS,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
}

export async function markAccepted(db: Db, invitationId: string, at: Date): Promise<void> {
  await db.invitation.update({ where: { id: invitationId }, data: { acceptedAt: at } });
}

/** Ends one invitation. Says whether it was open. */
export async function markRevoked(db: Db, invitationId: string, at: Date): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { id: invitationId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: at },
  });
  return count > 0;
}

/** Ends all open invitations of an address. */
export async function revokeInvitationsOf(db: Db, email: string, at: Date): Promise<void> {
  await db.invitation.updateMany({ where: { email, acceptedAt: null, revokedAt: null }, data: { revokedAt: at } });
}
