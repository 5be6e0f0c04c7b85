import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findInvitationById, markRevoked } from "./invitation-store";
import { lockOperators } from "./operator-store";
import { requireManager } from "./require-manager";
import { RevokeInvitationSchema } from "./schema";

/** Ends an invitation that nobody has accepted. Throws `not_found` when it is not open any more. */
export async function revokeInvitation(
  context: Context,
  actor: Actor,
  input: { invitationId: string },
): Promise<{ email: string }> {
  requirePermission(actor, "operators.manage");
  const { invitationId } = RevokeInvitationSchema.parse(input);
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const invitation = await findInvitationById(tx, invitationId);
    if (invitation === null || !(await markRevoked(tx, invitationId, new Date(now)))) {
      throw new AppError("not_found", { message: "This invitation has already been accepted or revoked." });
    }
    const { email, role } = invitation;
    const target = { kind: "operator", id: invitationId, name: email } as const;
    return {
      result: { email },
      audit: [{ environmentId: INSTALLATION, action: "operator.invitation_revoked", target, before: { role } }],
    };
  });
}
