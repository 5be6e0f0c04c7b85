"use server";

import { defineInstallationAction, type Seeing } from "@/lib/console/action";
import { resetFactors } from "@/lib/core/factors/remove-factor";
import { sendTestMail as sendTestMailCase } from "@/lib/core/mail/send-test-mail";
import { changeIssuer as changeIssuerCase, removeIssuer as removeIssuerCase } from "@/lib/core/oidc/change-issuer";
import type { ChangeIssuerInput } from "@/lib/core/oidc/schema";
import { listTokensOf } from "@/lib/core/operator-tokens/list-tokens";
import { revokeToken } from "@/lib/core/operator-tokens/revoke-token";
import type { TokenKeyInput } from "@/lib/core/operator-tokens/schema";
import { changeAccess } from "@/lib/core/operators/change-access";
import { changeConsoleNetworks as changeConsoleNetworksCase } from "@/lib/core/operators/change-console-networks";
import { changeRole } from "@/lib/core/operators/change-role";
import { changeSignInRules as changeSignInRulesCase } from "@/lib/core/operators/change-sign-in-rules";
import type { ChangeConsoleNetworksInput } from "@/lib/core/operators/console-networks-schema";
import { createPasswordLink } from "@/lib/core/operators/create-password-link";
import { disableOperator as disableOperatorCase } from "@/lib/core/operators/disable-operator";
import { enableOperator as enableOperatorCase } from "@/lib/core/operators/enable-operator";
import { endSession } from "@/lib/core/operators/end-session";
import { inviteOperator as inviteOperatorCase } from "@/lib/core/operators/invite-operator";
import { listSessionsOf } from "@/lib/core/operators/list-sessions";
import { removeOperator as removeOperatorCase } from "@/lib/core/operators/remove-operator";
import { revokeInvitation as revokeInvitationCase } from "@/lib/core/operators/revoke-invitation";
import type {
  ChangeAccessInput,
  ChangeRoleInput,
  ChangeSignInRulesInput,
  EndSessionInput,
  InviteOperatorInput,
  OperatorAccessInput,
  OperatorIdInput,
  RemoveOperatorInput,
  UnlockOperatorInput,
} from "@/lib/core/operators/schema";
import { signOutOperator as signOutOperatorCase } from "@/lib/core/operators/sign-out-everywhere";
import { unlockOperator as unlockOperatorCase } from "@/lib/core/operators/unlock-operator";
import { env } from "@/lib/env";

const permission = "operators.manage" as const;

const runInvite = defineInstallationAction({
  permission,
  run: async (context, actor, input: InviteOperatorInput) => {
    const { secret, email, expiresAt, mailed } = await inviteOperatorCase(context, actor, input);
    return { email, expiresAt, mailed, link: `${env().PUBLIC_CONSOLE_URL}/invite/${secret}` };
  },
});

const runRevoke = defineInstallationAction({ permission, run: revokeInvitationCase });
const runRole = defineInstallationAction({ permission, run: changeRole });
const runDisable = defineInstallationAction({ permission, run: disableOperatorCase });
const runEnable = defineInstallationAction({ permission, run: enableOperatorCase });
const runRemove = defineInstallationAction({ permission, run: removeOperatorCase });
const runSessions = defineInstallationAction({ permission: "operators.read_sessions", run: listSessionsOf });
const runEndSession = defineInstallationAction({ permission, run: endSession });
const runTokens = defineInstallationAction({ permission: "operators.read_sessions", run: listTokensOf });
const runRevokeToken = defineInstallationAction({ permission, run: revokeToken });
const runResetFactors = defineInstallationAction({ permission, run: resetFactors });
const runRules = defineInstallationAction({ permission, run: changeSignInRulesCase });
const runPasswordLink = defineInstallationAction({
  permission,
  run: async (context, actor, input: OperatorIdInput) => {
    const { secret, email, expiresAt } = await createPasswordLink(context, actor, input);
    return { email, expiresAt, link: `${env().PUBLIC_CONSOLE_URL}/reset/${secret}` };
  },
});
const runIssuer = defineInstallationAction({ permission, run: changeIssuerCase });
const runRemoveIssuer = defineInstallationAction({ permission, run: removeIssuerCase });
const runTestMail = defineInstallationAction({ permission, run: sendTestMailCase });
const runNetworks = defineInstallationAction({ permission, run: changeConsoleNetworksCase });
const runUnlock = defineInstallationAction({ permission, run: unlockOperatorCase });
const runSignOut = defineInstallationAction({ permission, run: signOutOperatorCase });

/** Makes a one-time link. It is in the answer and nowhere else. */
export async function inviteOperator(input: InviteOperatorInput) {
  return runInvite(input);
}

export async function revokeInvitation(input: { invitationId: string }) {
  return runRevoke(input);
}

export async function changeOperatorRole(input: Seeing<ChangeRoleInput>) {
  return runRole(input);
}

const runAccess = defineInstallationAction({
  permission,
  run: async (context, actor, input: ChangeAccessInput) => changeAccess(context, actor, input),
});

export async function changeOperatorAccess(input: Seeing<ChangeAccessInput>) {
  return runAccess(input);
}

export async function disableOperator(input: Seeing<OperatorAccessInput>) {
  return runDisable(input);
}

export async function enableOperator(input: Seeing<OperatorAccessInput>) {
  return runEnable(input);
}

export async function signOutOperator(input: OperatorIdInput) {
  return runSignOut(input);
}

/** Takes all second factors off another operator who has lost them. */
export async function resetOperatorFactors(input: OperatorIdInput) {
  return runResetFactors(input);
}

/** Who needs a second factor from when, and how long sessions last. */
export async function changeSignInRules(input: Seeing<ChangeSignInRulesInput>) {
  return runRules(input);
}

/** Sets the issuer that operators sign in with. */
export async function changeIssuer(input: Seeing<ChangeIssuerInput>) {
  return runIssuer(input);
}

/** Nobody signs in with an issuer any more. */
export async function removeIssuer() {
  return runRemoveIssuer();
}

/** From which networks the console opens. */
export async function changeConsoleNetworks(input: Seeing<ChangeConsoleNetworksInput>) {
  return runNetworks(input);
}

/** Sends the owner a mail, and says what the mail server answered. */
export async function sendTestMail() {
  return runTestMail();
}

/** Makes a one-time link to a new password. It is in the answer and nowhere else. */
export async function makePasswordLink(input: OperatorIdInput) {
  return runPasswordLink(input);
}

/** Lifts the lock that failed sign-ins have put on an operator’s address. */
export async function unlockOperator(input: UnlockOperatorInput) {
  return runUnlock(input);
}

export async function removeOperator(input: RemoveOperatorInput) {
  return runRemove(input);
}

/** The open sessions of an operator. */
export async function listOperatorSessions(input: OperatorIdInput) {
  return runSessions(input);
}

export async function endOperatorSession(input: EndSessionInput) {
  return runEndSession(input);
}

/** The tokens of an operator that work. */
export async function listOperatorTokens(input: OperatorIdInput) {
  return runTokens(input);
}

export async function revokeOperatorToken(input: TokenKeyInput) {
  return runRevokeToken(input);
}
