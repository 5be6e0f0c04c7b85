"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { askToLink } from "@/lib/core/oidc/link-with-issuer";
import { createToken } from "@/lib/core/operator-tokens/create-token";
import { revokeToken } from "@/lib/core/operator-tokens/revoke-token";
import type { CreateTokenInput } from "@/lib/core/operator-tokens/schema";
import { changeOwnAccount } from "@/lib/core/operators/change-own-account";
import { changeOwnPassword } from "@/lib/core/operators/change-own-password";
import { endSession } from "@/lib/core/operators/end-session";
import type { ChangeOwnAccountInput, ChangeOwnPasswordInput } from "@/lib/core/operators/schema";

const runLink = defineInstallationAction({ permission: null, run: (context, actor) => askToLink(context, actor) });

/** Begins to link an account at the issuer: the ticket that goes with the way there. */
export async function linkSingleSignOn() {
  return runLink();
}

const run = defineInstallationAction({
  permission: null,
  run: async (context, actor, input: ChangeOwnPasswordInput) => {
    await changeOwnPassword(context, actor, input);
    return null;
  },
});

const runAccount = defineInstallationAction({ permission: null, run: changeOwnAccount });

/** The operator's own name and e-mail address. */
export async function changeAccount(input: ChangeOwnAccountInput) {
  return runAccount(input);
}

const runEndSession = defineInstallationAction({
  permission: null,
  run: (context, actor, input: { sessionId: string }) =>
    endSession(context, actor, { ...input, operatorId: actor.operatorId }),
});

/** Ends one of the operator's own sessions. */
export async function endOwnSession(input: { sessionId: string }) {
  return runEndSession(input);
}

const runCreateToken = defineInstallationAction({ permission: null, run: createToken });

/** Makes a token that acts as this operator. It is in the answer and nowhere else. */
export async function createOwnToken(input: CreateTokenInput) {
  return runCreateToken(input);
}

const runRevokeToken = defineInstallationAction({
  permission: null,
  run: (context, actor, input: { tokenId: string }) =>
    revokeToken(context, actor, { ...input, operatorId: actor.operatorId }),
});

/** Ends one of the operator's own tokens. */
export async function revokeOwnToken(input: { tokenId: string }) {
  return runRevokeToken(input);
}

export async function changePassword(input: ChangeOwnPasswordInput) {
  return run(input);
}
