"use server";

import { definePublicAction } from "@/lib/console/action";
import { acceptInvitation as acceptInvitationCase } from "@/lib/core/operators/accept-invitation";
import type { AcceptInvitationInput } from "@/lib/core/operators/schema";

const run = definePublicAction({
  run: async (context, actor, input: AcceptInvitationInput) => {
    const { email } = await acceptInvitationCase(context, actor, input);
    return { email };
  },
});

/** Uses the invitation up and creates the operator, who can sign in then. */
export async function acceptInvitation(input: AcceptInvitationInput) {
  return run(input);
}
