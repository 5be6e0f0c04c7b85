"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { changeOwnPassword } from "@/lib/core/operators/change-own-password";
import type { ChangeOwnPasswordInput } from "@/lib/core/operators/schema";

const run = defineInstallationAction({
  permission: null,
  run: async (context, actor, input: ChangeOwnPasswordInput) => {
    await changeOwnPassword(context, actor, input);
    return null;
  },
});

export async function changePassword(input: ChangeOwnPasswordInput) {
  return run(input);
}
