import { type PasskeyAnswer, provePasskey } from "@/components/operators/passkey";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { SecondStep } from "@/lib/core/errors";
import { askForPasskey } from "../sign-in/actions";

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

/** Sends what proves somebody to NextAuth's door. The answer is a server action's; rejects when there is none. */
async function send(proof: Record<string, string>): Promise<ActionResult<null>> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({ ...proof, csrfToken, json: "true" }),
  });
  if (answer.ok) return { ok: true, data: null };
  const { error } = (await answer.json()) as { error: ActionError };
  return { ok: false, error };
}

/** Signs this browser in, or gives what the second step takes. */
export async function signIn(credentials: {
  email: string;
  password: string;
}): Promise<ActionResult<SecondStep | null>> {
  const result = await send(credentials);
  const secondStep = result.ok ? undefined : result.error.secondStep;
  return secondStep === undefined ? result : { ok: true, data: secondStep };
}

const asText = (answer: PasskeyAnswer) => JSON.stringify(answer);

/** The second step with a code: of the app, or a recovery code. */
export const finishWithCode = ({ ticket }: SecondStep, code: string): Promise<ActionResult<null>> =>
  send({ ticket, code });

/** The second step with one of the operator's passkeys. */
export async function finishWithPasskey({ ticket, passkey }: SecondStep): Promise<ActionResult<null>> {
  if (passkey === null) throw new Error("this second step takes no passkey");
  const answer = await provePasskey(passkey);
  return answer.ok ? send({ ticket, passkey: asText(answer.data) }) : answer;
}

/** Signs this browser in with a passkey alone. */
export async function signInWithPasskey(): Promise<ActionResult<null>> {
  const asked = await askForPasskey();
  if (!asked.ok) return asked;
  const answer = await provePasskey(asked.data);
  return answer.ok ? send({ passkey: asText(answer.data) }) : answer;
}
