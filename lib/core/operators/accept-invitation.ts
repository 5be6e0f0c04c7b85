import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOtherWays } from "../oidc/find-issuer";
import { sha256 } from "../secrets";
import { type AddedOperator, addOperator } from "./add-operator";
import { choosePassword } from "./choose-password";
import { findInvitation, isOpen } from "./find-invitation";
import { findInvitationBySecret, markAccepted } from "./invitation-store";
import { lockOperators } from "./operator-store";
import { type AcceptInvitationInput, AcceptInvitationSchema } from "./schema";
import { selfOf } from "./self";

const invalid = () =>
  new AppError("link_invalid", {
    message: "This invitation was used or revoked, or it has expired. Ask the owner who invited you for a new one.",
  });

/**
 * Makes the invited person an operator and uses the link up. Throws `link_invalid`, `email_taken`, `issuer_only` where passwords sign nobody in, and `invalid_parameter` for a
 * password that is easy to guess.
 */
export async function acceptInvitation(
  context: Context,
  actor: Actor,
  input: AcceptInvitationInput,
): Promise<AddedOperator> {
  const { secret, name, password } = AcceptInvitationSchema.parse(input);
  // With a password that signs nobody in they would be an operator whom nobody lets in.
  await requireOtherWays(context, null);
  const invited = await findInvitation(context, secret, actor);
  if (invited === null) throw invalid();
  const passwordHash = await choosePassword(password, { name, email: invited.email });
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    const invitation = await findInvitationBySecret(tx, sha256(secret));
    if (invitation === null || !isOpen(invitation, now)) throw invalid();
    const { id, email, role } = invitation;
    await markAccepted(tx, id, new Date(now));
    const added = await addOperator(tx, now, { email, name, role, passwordHash });
    const self = selfOf(actor, { id: added.result.id, email, name, role });
    const target = { kind: "operator", id: added.result.id, name: email } as const;
    return {
      result: added.result,
      audit: [
        ...(added.audit ?? []),
        { environmentId: INSTALLATION, by: self, action: "operator.invitation_accepted", target },
      ],
    };
  });
}
