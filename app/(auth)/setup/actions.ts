"use server";

import { definePublicAction } from "@/lib/console/action";
import { signInHere } from "@/lib/console/session";
import { createFirstOwner as createFirstOwnerCase } from "@/lib/core/operators/create-first-owner";
import { type CreateFirstOwnerInput, CreateFirstOwnerSchema } from "@/lib/core/operators/schema";

const run = definePublicAction({
  schema: CreateFirstOwnerSchema,
  run: async (context, actor, input) => {
    await createFirstOwnerCase(context, actor, input);
    await signInHere(context, actor, input);
    return null;
  },
});

/** Uses the one-time link up, creates the owner and signs them in. */
export async function createOwner(input: CreateFirstOwnerInput) {
  return run(input);
}
