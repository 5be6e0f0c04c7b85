import type { Actor, OperatorRole } from "../actor";
import type { Context } from "../context";
import { sha256 } from "../secrets";
import { noteAtConsole } from "../security-events/note-event";
import { findInvitationBySecret, type StoredInvitation } from "./invitation-store";

export function isOpen(invitation: StoredInvitation, now: number): boolean {
  return invitation.acceptedAt === null && invitation.revokedAt === null && invitation.expiresAt.getTime() > now;
}

/** Whom a link invites and as what; null when it was never made, was used or revoked, or has expired. Guesses of `visitor` are noted. */
export async function findInvitation(
  context: Context,
  secret: string,
  visitor?: Pick<Actor, "ip">,
): Promise<{ email: string; role: OperatorRole; expiresAt: Date } | null> {
  const invitation = await findInvitationBySecret(context.db.prisma, sha256(secret));
  if (invitation === null && visitor !== undefined) noteAtConsole(context, "security.links_guessed", visitor.ip);
  if (invitation === null || !isOpen(invitation, context.now())) return null;
  const { email, role, expiresAt } = invitation;
  return { email, role, expiresAt };
}
