import type { ActionError, ActionResult } from "@/lib/console/action-result";

/**
 * Asks the console to begin a sign-in with the issuer, and gives its address to go to. `confirm`: a fresh proof of whoever is signed
 * in; `link`: the ticket by which they link the account (`askToLink`); otherwise a sign-in that goes on to the path `next`. Rejects when there is no answer.
 */
export async function beginAtIssuer(
  next: string,
  options: { confirm?: boolean; link?: string } = {},
): Promise<ActionResult<{ url: string }>> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, json: "true", callbackUrl: next });
  if (options.link !== undefined) body.set("link", options.link);
  if (options.confirm) body.set("confirm", "true");
  const answer = await fetch("/api/auth/signin/oidc", { method: "POST", body });
  if (!answer.ok) return { ok: false, error: ((await answer.json()) as { error: ActionError }).error };
  return { ok: true, data: (await answer.json()) as { url: string } };
}

/** Where the window that was sent to the issuer tells the one that waits for it: null, or why nothing was confirmed. */
export const CONFIRMED_CHANNEL = "confirmed-at-issuer";
