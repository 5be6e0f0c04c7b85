"use server";

import { definePublicAction } from "@/lib/console/action";
import { setPasswordByLink } from "@/lib/core/operators/reset-password";
import type { PasswordByLinkInput } from "@/lib/core/operators/schema";

const run = definePublicAction({
  run: async (context, actor, input: PasswordByLinkInput) => {
    const { email } = await setPasswordByLink(context, actor, input);
    return { email };
  },
});

/** Uses the link up and sets the password. */
export async function choosePassword(input: PasswordByLinkInput) {
  return run(input);
}
