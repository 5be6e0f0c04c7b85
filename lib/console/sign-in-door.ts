import { cookies, headers } from "next/headers";
import NextAuth from "next-auth";
import { ERRORS } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { browserCookie } from "@/lib/core/operators/browser";
import type { SignedIn } from "@/lib/core/operators/open-session";
import { signIn } from "@/lib/core/operators/sign-in";
import { definePublicAction } from "./action";
import type { ActionResult, ServerRefusal } from "./action-result";
import { authOptions, type Credentials } from "./auth-options";
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
    const signedIn = await signIn(context, actor, { email: "", password: "", ...given, userAgent, browser });
    jar.set(name, browser, { ...cookieOptions(env), maxAge: BROWSER_MAX_AGE });
    return signedIn;
  },
});

/**
 * The one way in: `POST /api/auth/callback/credentials` with `csrfToken`, `email`, `password` and `json=true`. Sets the
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
  const headers = { "Cache-Control": "no-store", "X-Request-ID": error.requestId };
  return Response.json({ error }, { status: ERRORS[error.code].status, headers });
}
