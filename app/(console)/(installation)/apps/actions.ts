"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { createApp as createAppCase } from "@/lib/core/apps/create-app";
import type { CreateAppInput } from "@/lib/core/apps/schema";

const run = defineInstallationAction({
  permission: "apps.create",
  // The new App Secret stays on the server: whoever needs it reveals it, and that is audited.
  run: async (context, actor, input: CreateAppInput) => {
    const { id, name } = await createAppCase(context, actor, input);
    return { id, name };
  },
});

export async function createApp(input: CreateAppInput) {
  return run(input);
}
