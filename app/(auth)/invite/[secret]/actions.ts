"use server";

import { definePublicAction } from "@/lib/console/action";
import { signInHere } from "@/lib/console/session";
import { acceptInvitation as acceptInvitationCase } from "@/lib/core/operators/accept-invitation";
import { type AcceptInvitationInput, AcceptInvitationSchema } from "@/lib/core/operators/schema";

const run = definePublicAction({
  schema: AcceptInvitationSchema,
  run: async (context, actor, input) => {
    const { email } = await acceptInvitationCase(context, actor, input);
    await signInHere(context, actor, { email, password: input.password });
    return null;
  },
});

/** Uses the invitation up, creates the operator and signs them in. */
export async function acceptInvitation(input: AcceptInvitationInput) {
  return run(input);
}
