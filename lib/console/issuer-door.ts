import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import { ERRORS, type ErrorCode } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { IssuerPerson } from "@/lib/core/oidc/claims";
import { askAtIssuer, confirmWithIssuer } from "@/lib/core/oidc/confirm-with-issuer";
import { findIssuer } from "@/lib/core/oidc/find-issuer";
import { isAskedToLink, linkWithIssuer } from "@/lib/core/oidc/link-with-issuer";
import type { IssuerRefusal, IssuerSettings } from "@/lib/core/oidc/schema";
import { type IssuerSignIn, signInWithIssuer } from "@/lib/core/oidc/sign-in-with-issuer";
import { browserCookie } from "@/lib/core/operators/browser";
import { definePublicAction } from "./action";
import { authOptions } from "./auth-options";
import { type AtIssuer, issuerProvider } from "./issuer-provider";
import { ISSUER_ID, issuerSentence, redirectUriOf } from "./issuer-words";
import { askNextAuth, notOurCookie, readFields } from "./next-auth";
import { nextPath } from "./next-path";
import { passkeySite } from "./passkey-site";
import { refusalResponse } from "./refusal";
import { callerOf, cameInClear } from "./request";
import { consoleRuntime } from "./runtime";
import { operatorActor, readSession } from "./session";
import { BROWSER_MAX_AGE, cookieName, cookieOptions } from "./session-cookie";

/** Sign-ins with the issuer that a process has in hand: each holds a connection for up to ten seconds, and strangers may begin them. */
const AT_ONCE = 32;
let inHand = 0;

/** As long as what stands in these cookies counts. */
const TICKET_SECONDS = 300;

async function optionsFor(settings: IssuerSettings, fresh: boolean, came: AtIssuer): Promise<NextAuthOptions> {
  const { env } = await consoleRuntime();
  const provider = issuerProvider(settings, { redirectUri: redirectUriOf(env.PUBLIC_CONSOLE_URL), fresh, came });
  return authOptions([provider]);
}

const allCookies = async () => Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));

/**
 * Begins a sign-in with the issuer: `POST /api/auth/signin/oidc` with `csrfToken`, `json=true`, `callbackUrl` (a path to go on to) and,
 * for a fresh proof of whoever is signed in, `confirm=true`, or to link the account to them, `link` with a ticket (`askToLink`). Answers `{url}`, the issuer's address to go to. A script goes
 * there: browsers hold a form's redirects to the same policy as the form.
 */
export async function beginAtIssuer(request: Request): Promise<Response> {
  const { context, env } = await consoleRuntime();
  const requestId = newId.request();
  const refusal = (code: ErrorCode, message: string | null = null) =>
    refusalResponse({ code, message: message ?? ERRORS[code].sentence, requestId });
  const settings = await findIssuer(context);
  if (settings === null) return refusal("not_found");
  if (cameInClear(await headers(), env.PUBLIC_CONSOLE_URL)) {
    return refusal("forbidden", `Open the console at ${env.PUBLIC_CONSOLE_URL}.`);
  }
  const { csrfToken = "", callbackUrl = "/", confirm, link = "" } = await readFields(request);
  const fresh = confirm === "true";
  const session = fresh ? await readSession({ touch: true }) : null;
  if (session?.active === false) return refusal("not_signed_in");
  if (link !== "" && !isAskedToLink(context, link))
    return refusal("link_invalid", issuerSentence("stale", settings.name));
  const answer = await within(async () =>
    askNextAuth(
      {
        method: "POST",
        path: ["signin", ISSUER_ID],
        query: {},
        body: { csrfToken, json: "true", callbackUrl: nextPath(callbackUrl) },
        cookies: await allCookies(),
      },
      // The issuer asks who it is, or a wrong account that is open there would be linked, or refused, every time.
      await optionsFor(settings, fresh || link !== "", {}),
    ),
  );
  if (answer === null) return refusal("rate_limited", issuerSentence("busy", settings.name));
  const { location, setCookies } = answer;
  // Without it nothing has begun: NextAuth leads to pages of its own then, which do not exist here.
  const begun = setCookies.some((cookie) => cookie.startsWith(`${cookieName(env, "state")}=`));
  if (location === null || !begun) {
    return location?.endsWith("csrf=true")
      ? refusal("forbidden", notOurCookie(env.PUBLIC_CONSOLE_URL))
      : refusal("sign_in_failed", issuerSentence("unreachable", settings.name));
  }
  const asked = session?.active ? askAtIssuer(context, session.sessionId) : link;
  (await cookies()).set(cookieName(env, "at-issuer"), asked, {
    ...cookieOptions(env),
    maxAge: asked === "" ? 0 : TICKET_SECONDS,
  });
  return withCookies(Response.json({ url: location }, { headers: { "Cache-Control": "no-store" } }), setCookies);
}

/** Runs it unless too many are; null: they are. */
async function within<T>(work: () => Promise<T>): Promise<T | null> {
  if (inHand >= AT_ONCE) return null;
  inHand += 1;
  try {
    return await work();
  } finally {
    inHand -= 1;
  }
}

const runSignIn = definePublicAction({
  run: async (context, actor, person: IssuerPerson): Promise<IssuerSignIn> => {
    const { env } = await consoleRuntime();
    const jar = await cookies();
    const name = cookieName(env, "browser");
    const browser = browserCookie(context.secrets, jar.get(name)?.value);
    const { userAgent } = callerOf(await headers());
    const done = await signInWithIssuer(context, actor, person, { userAgent, browser }, await passkeySite());
    if (done.kind !== "refused") jar.set(name, browser, { ...cookieOptions(env), maxAge: BROWSER_MAX_AGE });
    return done;
  },
});

/**
 * Where the issuer sends a browser back: `GET /api/auth/callback/oidc`. Leads on to where the sign-in began, to the sign-in page for a
 * second step or with why it failed (`failed`), or, after a fresh proof, to a page that tells the one that waits for it; to Account after linking.
 */
export async function backFromIssuer(request: Request): Promise<Response> {
  const { context, env } = await consoleRuntime();
  const jar = await cookies();
  const ticket = jar.get(cookieName(env, "at-issuer"))?.value ?? "";
  const linking = isAskedToLink(context, ticket);
  const confirming = ticket !== "" && !linking;
  const place = linking ? "/account" : confirming ? "/confirmed" : "/sign-in";
  jar.set(cookieName(env, "at-issuer"), "", { ...cookieOptions(env), maxAge: 0 });
  const failed = (why: IssuerRefusal) => leadTo(`${place}?failed=${why}`);
  const settings = await findIssuer(context);
  if (settings === null) return failed("off");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (query.error !== undefined) return failed(query.error === "access_denied" ? "denied" : "issuer");
  // Of a browser in which nothing has begun the issuer is asked nothing.
  if (!jar.has(cookieName(env, "state"))) return failed("stale");

  const came: AtIssuer = {};
  const end: { why?: IssuerRefusal; sessionId?: string; step?: string } = {};
  const finish = async (): Promise<boolean> => {
    const { person } = came;
    if (person === undefined) return false;
    if (linking || confirming) {
      const why = await takeHere(linking ? linkWithIssuer : confirmWithIssuer, person, ticket);
      if (why !== null) end.why = why;
      return false;
    }
    const done = await runSignIn(person);
    if (!done.ok) end.why = "fault";
    else if (done.data.kind === "refused") end.why = done.data.why;
    else if (done.data.kind === "second_step") end.step = done.data.step.ticket;
    else end.sessionId = done.data.signedIn.sessionId;
    return end.sessionId !== undefined;
  };
  const options = await optionsFor(settings, linking || confirming, came);
  const callbacks = { ...options.callbacks, signIn: finish, jwt: () => ({ sid: end.sessionId }) };
  const began = nextPath(jar.get(cookieName(env, "callback-url"))?.value);
  const answer = await within(async () =>
    askNextAuth(
      { method: "GET", path: ["callback", ISSUER_ID], query, body: {}, cookies: await allCookies() },
      { ...options, callbacks },
    ),
  );
  if (answer === null) return failed("busy");
  const { setCookies } = answer;
  const why = end.why ?? came.failure ?? (came.person === undefined ? "unreachable" : undefined);
  if (why !== undefined) return withCookies(failed(why), setCookies);
  if (linking || confirming) return withCookies(leadTo(place), setCookies);
  if (end.step === undefined) return withCookies(leadTo(began), setCookies);
  jar.set(cookieName(env, "step"), end.step, { ...cookieOptions(env), maxAge: TICKET_SECONDS });
  return withCookies(leadTo(`/sign-in?${new URLSearchParams({ step: "second", next: began })}`), setCookies);
}

/** Takes what the issuer says for whoever is signed in here: as a fresh proof, or as an account of theirs. Gives why not, or null. */
async function takeHere(
  take: typeof confirmWithIssuer,
  person: IssuerPerson,
  ticket: string,
): Promise<IssuerRefusal | null> {
  const { context } = await consoleRuntime();
  const session = await readSession({ touch: true });
  if (!session.active) return "stale";
  return take(context, await operatorActor(session, newId.request(), null), person, ticket);
}

/** A path of this console: the browser goes there as it came. */
function leadTo(path: string): Response {
  return new Response(null, { status: 302, headers: { Location: path, "Cache-Control": "no-store" } });
}

function withCookies(response: Response, setCookies: readonly string[]): Response {
  for (const cookie of setCookies) response.headers.append("Set-Cookie", cookie);
  return response;
}
