import { type Actor, INSTALLATION, nameOf, type OperatorRole } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret, newId } from "../ids";
import { queueMail } from "../mail/mail-store";
import { requirePermission } from "../permissions";
import { sha256 } from "../secrets";
import { insertInvitation, revokeInvitationsOf } from "./invitation-store";
import { findOperatorByEmail, lockOperators } from "./operator-store";
import { requireManager } from "./require-manager";
import { INVITATION_DAYS, type InviteOperatorInput, InviteOperatorSchema } from "./schema";

export interface CreatedInvitation {
  readonly invitationId: string;
  readonly email: string;
  readonly role: OperatorRole;
  /** Of the link `/invite/<secret>`. It is in this answer and nowhere else. */
  readonly secret: string;
  readonly expiresAt: Date;
  /** Whether it goes to the invited person by e-mail as well. */
  readonly mailed: boolean;
}

/**
 * Makes a one-time link by which a person becomes an operator with this role; it works for seven days. An earlier
 * invitation of the same address stops working. Throws `email_taken`.
 */
export async function inviteOperator(
  context: Context,
  actor: Actor,
  input: InviteOperatorInput,
): Promise<CreatedInvitation> {
  requirePermission(actor, "operators.manage");
  const { email, role } = InviteOperatorSchema.parse(input);
  const secret = linkSecret();
  const invitationId = newId.invitation();
  const now = context.now();
  const expiresAt = new Date(now + INVITATION_DAYS * 86_400_000);
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    if ((await findOperatorByEmail(tx, email)) !== null) throw new AppError("email_taken", { field: "email" });
    await revokeInvitationsOf(tx, email, new Date(now));
    await insertInvitation(tx, {
      id: invitationId,
      email,
      role,
      secretHash: sha256(secret),
      createdAt: new Date(now),
      createdByName: nameOf(actor).name,
      expiresAt,
    });
    if (context.mail !== undefined) {
      const link = `${context.mail.consoleUrl}/invite/${secret}`;
      const by = nameOf(actor).name;
      await queueMail(
        tx,
        context,
        "invitation",
        { invitationId, email, role, by, expiresAt: expiresAt.getTime() },
        link,
      );
    }
    const target = { kind: "operator", id: invitationId, name: email } as const;
    return {
      result: { invitationId, email, role, secret, expiresAt, mailed: context.mail !== undefined },
      audit: [{ environmentId: INSTALLATION, action: "operator.invited", target, after: { role } }],
    };
  });
}
