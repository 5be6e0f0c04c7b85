"use server";

import { definePublicAction } from "@/lib/console/action";
import { signInHere } from "@/lib/console/session";
import { SignInSchema } from "@/lib/core/operators/schema";

const run = definePublicAction({
  schema: SignInSchema.pick({ email: true, password: true }),
  run: async (context, actor, input) => {
    await signInHere(context, actor, input);
    return null;
  },
});

/** Sets the session cookie. One answer for a wrong e-mail address and a wrong password. */
export async function signIn(input: { email: string; password: string }) {
  return run(input);
}
