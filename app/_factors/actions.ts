"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { passkeySite } from "@/lib/console/passkey-site";
import { addPasskey, askForNewPasskey } from "@/lib/core/factors/add-passkey";
import { makeRecoveryCodes, removeApp, removePasskey } from "@/lib/core/factors/remove-factor";
import type { AddPasskeyInput, ConfirmAppInput, PasskeyKeyInput } from "@/lib/core/factors/schema";
import { confirmApp, offerApp } from "@/lib/core/factors/set-up-app";

const permission = "account.factors" as const;

const runOffer = defineInstallationAction({ permission, withoutFactor: true, run: offerApp });
const runConfirm = defineInstallationAction({ permission, withoutFactor: true, run: confirmApp });
const runRemoveApp = defineInstallationAction({ permission, run: removeApp });
const runAsk = defineInstallationAction({
  permission,
  withoutFactor: true,
  run: async (context, actor) => askForNewPasskey(context, actor, await passkeySite()),
});
const runAdd = defineInstallationAction({
  permission,
  withoutFactor: true,
  run: async (context, actor, input: AddPasskeyInput) => addPasskey(context, actor, await passkeySite(), input),
});
const runRemovePasskey = defineInstallationAction({ permission, run: removePasskey });
const runCodes = defineInstallationAction({ permission, run: makeRecoveryCodes });

/** A secret for an authenticator app; nothing is stored yet. */
export async function offerAuthenticatorApp() {
  return runOffer();
}

/** Keeps the secret once a code of it has come. */
export async function confirmAuthenticatorApp(input: ConfirmAppInput) {
  return runConfirm(input);
}

export async function removeAuthenticatorApp() {
  return runRemoveApp();
}

/** What the browser needs to make a passkey. */
export async function askForPasskey() {
  return runAsk();
}

/** Keeps the passkey that the browser has made. */
export async function keepPasskey(input: AddPasskeyInput) {
  return runAdd(input);
}

export async function removeOwnPasskey(input: PasskeyKeyInput) {
  return runRemovePasskey(input);
}

/** Ten new recovery codes. They are in the answer and nowhere else. */
export async function newRecoveryCodes() {
  return runCodes();
}
