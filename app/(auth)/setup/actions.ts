"use server";

import { definePublicAction } from "@/lib/console/action";
import { createFirstOwner as createFirstOwnerCase } from "@/lib/core/operators/create-first-owner";
import type { CreateFirstOwnerInput } from "@/lib/core/operators/schema";

const run = definePublicAction({
  run: async (context, actor, input: CreateFirstOwnerInput) => {
    const { email } = await createFirstOwnerCase(context, actor, input);
    return { email };
  },
});

/** Uses the one-time link up and creates the owner, who can sign in then. */
export async function createOwner(input: CreateFirstOwnerInput) {
  return run(input);
}
