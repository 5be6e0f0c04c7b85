import { cookies, headers } from "next/headers";
import NextAuth from "next-auth";
import type { System } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { requirePlain } from "@/lib/core/input/plain";
import { browserCookie } from "@/lib/core/operators/browser";
import { finishSignIn, signInWithPasskey } from "@/lib/core/operators/finish-sign-in";
import type { Browser, SignedIn } from "@/lib/core/operators/open-session";
import { signIn } from "@/lib/core/operators/sign-in";
import { retryAfter } from "@/lib/core/retry-after";
import { definePublicAction } from "./action";
import type { ActionResult, ServerRefusal } from "./action-result";
import { authOptions, type Credentials } from "./auth-options";
import { passkeySite } from "./passkey-site";
import { callerOf } from "./request";
import { consoleRuntime } from "./runtime";
import { cookieName, cookieOptions } from "./session-cookie";

/**
 * What is open of NextAuth: the token against forged requests, and signing in. The rest of its addresses would be second
 * doors: to sign out (an action), to read the session (pages), to write log lines (nobody).
 */
const OPEN = new Set(["GET csrf", "POST callback/credentials"]);

/** The browser's own cookie says for a year that somebody has signed in here; it signs nobody in. Seconds. */
const BROWSER_MAX_AGE = 365 * 86_400;

const runSignIn = definePublicAction({
  run: async (context, actor, given: Credentials): Promise<SignedIn> => {
    const { env } = await consoleRuntime();
    const jar = await cookies();
    const name = cookieName(env, "browser");
    const browser = browserCookie(context.secrets, jar.get(name)?.value);
    const { userAgent } = callerOf(await headers());
    const signedIn = await signInBy(context, actor, given, { userAgent, browser });
    jar.set(name, browser, { ...cookieOptions(env), maxAge: BROWSER_MAX_AGE });
    return signedIn;
  },
});

/** By what was sent: the second step's ticket, a passkey alone, or e-mail address and password. */
async function signInBy(context: Context, actor: System, given: Credentials, where: Browser): Promise<SignedIn> {
  const site = await passkeySite();
  const { email = "", password = "", ticket, code, passkey } = given;
  const answer = passkey === undefined ? undefined : passkeyAnswer(passkey);
  if (ticket !== undefined) {
    return finishSignIn(context, actor, { ticket, ...(answer ? { passkey: answer } : { code }), ...where }, site);
  }
  if (answer !== undefined && site !== null)
    return signInWithPasskey(context, actor, site, { passkey: answer, ...where });
  return signIn(context, actor, { email, password, ...where }, site);
}

/** A form has texts alone, so ticket and answer of a passkey stand in one, as JSON. The use case parses what is in it. */
function passkeyAnswer(text: string): { ticket: string; response: string } {
  try {
    return requirePlain(JSON.parse(text));
  } catch {
    throw new AppError("invalid_parameter", { field: "passkey", message: "The passkey must be sent as JSON." });
  }
}

/**
 * The one way in: `POST /api/auth/callback/credentials` with `csrfToken`, `json=true`, and `email` and `password`, `ticket` and what proves
 * a second factor (`code` or `passkey`), or `passkey` alone. Sets the
 * session cookie and answers 200, or gives `{error: {code, message, requestId, field?}}` with the status of the error
 * table, as endpoints do. `path`: what follows `/api/auth/`.
 */
export async function signInDoor(request: Request, path: readonly string[]): Promise<Response> {
  if (!OPEN.has(`${request.method} ${path.join("/")}`)) {
    return refusal({ code: "not_found", message: ERRORS.not_found.sentence, requestId: newId.request() });
  }
  const asked: { outcome?: ActionResult<SignedIn, ServerRefusal> } = {};
  const options = await authOptions(async (given) => {
    asked.outcome = await runSignIn(given);
    return asked.outcome;
  });
  const params = Promise.resolve({ nextauth: [...path] });
  const answer: Response = await NextAuth(request as never, { params } as never, options);
  const { outcome } = asked;
  if (request.method === "GET" || outcome?.ok) return answer;
  if (outcome !== undefined) return refusal(outcome.error);
  const { env } = await consoleRuntime();
  return refusal({
    code: "forbidden",
    message: `The browser did not send the console's cookie back. Allow cookies, and open the console at ${env.PUBLIC_CONSOLE_URL}.`,
    requestId: newId.request(),
  });
}

function refusal(error: ServerRefusal): Response {
  const headers = { "Cache-Control": "no-store", "X-Request-ID": error.requestId, ...retryAfter(error) };
  return Response.json({ error }, { status: ERRORS[error.code].status, headers });
}
