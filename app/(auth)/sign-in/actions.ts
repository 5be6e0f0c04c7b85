"use server";

import { definePublicAction } from "@/lib/console/action";
import { passkeySite } from "@/lib/console/passkey-site";
import { AppError } from "@/lib/core/errors";
import { askForAnyPasskey } from "@/lib/core/factors/prove-factor";
import { askForReset } from "@/lib/core/operators/reset-by-mail";
import type { AskForResetInput } from "@/lib/core/operators/schema";

const run = definePublicAction({
  run: async (context) => {
    const site = await passkeySite();
    if (site === null) throw new AppError("forbidden", { message: "This console’s address can have no passkeys." });
    return askForAnyPasskey(context, site);
  },
});

const runForgotten = definePublicAction({ run: askForReset });

/** Sends a link to a new password, where somebody has the address; the answer is the same where nobody has. */
export async function sendPasswordLink(input: AskForResetInput) {
  return runForgotten(input);
}

/** What the browser needs to sign in with a passkey alone. */
export async function askForPasskey() {
  return run(undefined);
}
