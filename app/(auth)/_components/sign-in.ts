import type { ActionError, ActionResult } from "@/lib/console/action-result";

/**
 * For a form that makes an operator: `make`, then sign in with the password that was chosen. The link is used up by then, so
 * a sign-in that fails leads to the sign-in page and not back to the form.
 */
export async function makeAndSignIn(
  password: string,
  make: () => Promise<ActionResult<{ email: string }>>,
): Promise<ActionResult<null>> {
  const made = await make();
  if (!made.ok) return made;
  await signIn({ email: made.data.email, password }).catch(() => {});
  return { ok: true, data: null };
}

/** Signs this browser in at NextAuth's door. The answer is a server action's; rejects when there is none. */
export async function signIn(credentials: { email: string; password: string }): Promise<ActionResult<null>> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({ ...credentials, csrfToken, json: "true" }),
  });
  if (answer.ok) return { ok: true, data: null };
  const { error } = (await answer.json()) as { error: ActionError };
  return { ok: false, error };
}
