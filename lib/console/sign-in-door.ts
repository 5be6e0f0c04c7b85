import { cookies, headers } from "next/headers";
import CredentialsProvider from "next-auth/providers/credentials";
import type { System } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { requirePlain } from "@/lib/core/input/plain";
import { browserCookie } from "@/lib/core/operators/browser";
import { finishSignIn, signInWithPasskey } from "@/lib/core/operators/finish-sign-in";
import type { Browser, SignedIn } from "@/lib/core/operators/open-session";
import { signIn } from "@/lib/core/operators/sign-in";
import { definePublicAction } from "./action";
import type { ActionResult, ServerRefusal } from "./action-result";
import { authOptions } from "./auth-options";
import { backFromIssuer, beginAtIssuer } from "./issuer-door";
import { ISSUER_ID } from "./issuer-words";
import { type AuthAnswer, askNextAuth, notOurCookie, readFields } from "./next-auth";
import { passkeySite } from "./passkey-site";
import { refusalResponse } from "./refusal";
import { callerOf } from "./request";
import { consoleRuntime } from "./runtime";
import { BROWSER_MAX_AGE, cookieName, cookieOptions } from "./session-cookie";

/** What the sign-in form sends, unread. */
type Credentials = Partial<Record<"email" | "password" | "ticket" | "code" | "passkey", string>>;

const CREDENTIALS = {
  email: { label: "E-mail", type: "email" },
  password: { label: "Password", type: "password" },
  ticket: { label: "Ticket of the first step", type: "hidden" },
  code: { label: "Code", type: "text" },
  passkey: { label: "Passkey", type: "hidden" },
};

/**
 * What is open of NextAuth: the token against forged requests, and signing in. The rest of its addresses would be second
 * doors: to sign out (an action), to read the session (pages), to write log lines (nobody).
 */
const OPEN: Readonly<Record<string, (request: Request, path: readonly string[]) => Promise<Response>>> = {
  "GET csrf": signInHere,
  "POST callback/credentials": signInHere,
  [`POST signin/${ISSUER_ID}`]: beginAtIssuer,
  [`GET callback/${ISSUER_ID}`]: backFromIssuer,
};

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

/** The way in, at NextAuth's addresses. `path`: what follows `/api/auth/`. */
export async function signInDoor(request: Request, path: readonly string[]): Promise<Response> {
  const address = `${request.method} ${path.join("/")}`;
  const answer = Object.hasOwn(OPEN, address) ? OPEN[address] : undefined;
  if (answer !== undefined) return answer(request, path);
  return refusalResponse({ code: "not_found", message: ERRORS.not_found.sentence, requestId: newId.request() });
}

/**
 * `POST /api/auth/callback/credentials` with `csrfToken`, `json=true`, and `email` and `password`, `ticket` and what proves
 * a second factor (`code` or `passkey`), or `passkey` alone. Sets the
 * session cookie and answers 200, or gives `{error: {code, message, requestId, field?}}` with the status of the error
 * table, as endpoints do. `GET /api/auth/csrf` gives the token.
 */
async function signInHere(request: Request, path: readonly string[]): Promise<Response> {
  const asked: { outcome?: ActionResult<SignedIn, ServerRefusal> } = {};
  const provider = CredentialsProvider({
    name: "E-mail and password",
    credentials: CREDENTIALS,
    async authorize(given) {
      asked.outcome = await runSignIn(given ?? {});
      return asked.outcome.ok ? { id: asked.outcome.data.sessionId } : null;
    },
  });
  const { method } = request;
  const body = method === "POST" ? await readFields(request) : {};
  const sent = Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));
  const answer = await askNextAuth({ method, path, query: {}, body, cookies: sent }, await authOptions([provider]));
  const { outcome } = asked;
  if (method === "GET" || outcome?.ok) return answered(answer);
  if (outcome !== undefined) return refusalResponse(outcome.error);
  const { env } = await consoleRuntime();
  return refusalResponse({
    code: "forbidden",
    message: notOurCookie(env.PUBLIC_CONSOLE_URL),
    requestId: newId.request(),
  });
}

function answered({ status, setCookies, body }: AuthAnswer): Response {
  const response = Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
  for (const cookie of setCookies) response.headers.append("Set-Cookie", cookie);
  return response;
}
