"use server";

import { definePublicAction } from "@/lib/console/action";
import { passkeySite } from "@/lib/console/passkey-site";
import { AppError } from "@/lib/core/errors";
import { askForAnyPasskey } from "@/lib/core/factors/prove-factor";

const run = definePublicAction({
  run: async (context) => {
    const site = await passkeySite();
    if (site === null) throw new AppError("forbidden", { message: "This console’s address can have no passkeys." });
    return askForAnyPasskey(context, site);
  },
});

/** What the browser needs to sign in with a passkey alone. */
export async function askForPasskey() {
  return run(undefined);
}
