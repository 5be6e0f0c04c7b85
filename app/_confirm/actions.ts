"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { passkeySite } from "@/lib/console/passkey-site";
import { askForConfirmation, confirmIdentity } from "@/lib/core/operators/confirm-identity";
import type { ConfirmIdentityInput } from "@/lib/core/operators/schema";

const runAsk = defineInstallationAction({
  permission: null,
  withoutFactor: true,
  run: async (context, actor) => askForConfirmation(context, actor, await passkeySite()),
});

const runConfirm = defineInstallationAction({
  permission: null,
  withoutFactor: true,
  run: async (context, actor, input: ConfirmIdentityInput) =>
    confirmIdentity(context, actor, await passkeySite(), input),
});

/** How this operator proves once more who they are. */
export async function askHowToConfirm() {
  return runAsk();
}

/** Proves it, which counts for five minutes. */
export async function confirm(input: ConfirmIdentityInput) {
  return runConfirm(input);
}
