import { generateKeyPairSync, sign } from "node:crypto";
import { generateSync } from "otplib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Operator } from "@/lib/core/actor";
import { confirmApp, offerApp } from "@/lib/core/factors/set-up-app";
import { breakGlass, unlinkOperator } from "@/lib/core/oidc/break-glass";
import { changeIssuer, readIssuer } from "@/lib/core/oidc/change-issuer";
import { askToLink, findLinkable } from "@/lib/core/oidc/link-with-issuer";
import { acceptInvitation } from "@/lib/core/operators/accept-invitation";
import { changeSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { checkSession } from "@/lib/core/operators/check-session";
import { askForConfirmation } from "@/lib/core/operators/confirm-identity";
import { disableOperator } from "@/lib/core/operators/disable-operator";
import { finishSignIn, resumeSignIn } from "@/lib/core/operators/finish-sign-in";
import { inviteOperator } from "@/lib/core/operators/invite-operator";
import { findOperatorByEmail } from "@/lib/core/operators/operator-store";
import { removeOperator } from "@/lib/core/operators/remove-operator";
import { signIn } from "@/lib/core/operators/sign-in";
import { parseEnv } from "@/lib/env";
import { issuerOf } from "@/lib/issuer-variables";
import { systemOf, testContext, withRole } from "@/test/support/context";
import { type IssuerAccount, type OpenIdProvider, startOpenIdProvider } from "@/test/support/openid-provider";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { cookieName, openSessionId, sealSessionId } from "./session-cookie";
import { signInDoor } from "./sign-in-door";

const CONSOLE = "http://localhost:3000";
const env = parseEnv({});

const browser = vi.hoisted(() => ({ cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-forwarded-for": "192.0.2.9", "user-agent": "Test browser" }),
  cookies: async () => ({
    has: (name: string) => browser.cookies.has(name),
    get: (name: string) => (browser.cookies.has(name) ? { name, value: browser.cookies.get(name) } : undefined),
    getAll: () => [...browser.cookies].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string, options: { maxAge?: number }) => {
      if (options.maxAge === 0) browser.cookies.delete(name);
      else browser.cookies.set(name, value);
    },
  }),
}));

const context = testContext();
let provider: OpenIdProvider;
let owner: Operator;
let people = 0;

beforeAll(async () => {
  const runtime = { context: context(), env, close: async () => {} };
  Object.assign(globalThis, { imConsoleRuntime: Promise.resolve(runtime) });
  provider = await startOpenIdProvider(`${CONSOLE}/api/auth/callback/oidc`);
  owner = await createTestOperator(context(), "owner");
});
afterAll(() => provider.close());
beforeEach(async () => {
  browser.cookies.clear();
  provider.instead = null;
  await configure({});
});

/** The console's settings of the issuer, but for what a test changes. */
async function configure(settings: Partial<Parameters<typeof changeIssuer>[2]>): Promise<void> {
  await changeIssuer(context(), owner, {
    name: "Acme",
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: "openid email profile groups",
    groupsClaim: "groups",
    roles: "",
    otherRole: "viewer",
    domains: "",
    create: true,
    factors: "mfa",
    only: false,
    ...settings,
  });
}

function newPerson(more: Partial<IssuerAccount> = {}): IssuerAccount {
  people += 1;
  return { sub: `sub-${people}`, email: `person-${people}@example.com`, emailVerified: true, name: "Pia", ...more };
}

function keep(response: Response): Response {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") browser.cookies.delete(name);
    else browser.cookies.set(name, decodeURIComponent(value));
  }
  return response;
}

const door = async (method: string, path: string, form?: Record<string, string>): Promise<Response> => {
  const url = new URL(`${CONSOLE}/api/auth/${path}`);
  const body = form === undefined ? {} : { body: new URLSearchParams(form) };
  const parts = url.pathname.split("/").slice(3);
  return keep(await signInDoor(new Request(url, { method, ...body }), parts));
};

/** Begins at the sign-in page; gives the issuer's address. */
async function begin(form: Record<string, string> = {}): Promise<string> {
  const { csrfToken } = await (await door("GET", "csrf")).json();
  const answer = await door("POST", "signin/oidc", { csrfToken, json: "true", callbackUrl: "/apps", ...form });
  const sent = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status} ${sent.error.code}: ${sent.error.message}`);
  return sent.url;
}

/** Goes to the issuer and through it, as whoever `person` is there; gives the address at which it sends the browser back. */
async function through(url: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = url;
  for (let hop = 0; hop < 10; hop += 1) {
    if (at.startsWith(CONSOLE)) return new URL(at);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
    at = new URL(location, at).href;
  }
  throw new Error("the issuer leads round and round");
}

/** Comes back to the console; gives the path that it leads to. */
async function back(url: URL): Promise<string> {
  const answer = await door("GET", `callback/oidc${url.search}`);
  return answer.headers.get("location") ?? `${answer.status}`;
}

/** The whole way of somebody in the browser of the test. */
async function signInAs(person: IssuerAccount | null, form: Record<string, string> = {}): Promise<string> {
  provider.person = person;
  return back(await through(await begin(form)));
}

async function session() {
  const id = await openSessionId(context().secrets, browser.cookies.get(cookieName(env, "session")));
  return id === null ? null : checkSession(context(), id, { touch: false });
}

const entries = (action: string) =>
  context().db.prisma.auditEntry.findMany({ where: { environmentId: 0, action }, orderBy: { id: "desc" }, take: 1 });

describe("signing in with an issuer", () => {
  test("makes an operator at the first sign-in, leads on, and is the same session, entry and operator as ever after", async () => {
    const person = newPerson();
    expect(await signInAs(person, { callbackUrl: "/operators?x=1" })).toBe("/operators?x=1");
    expect(await session()).toMatchObject({
      active: true,
      fresh: true,
      operator: { email: person.email, holds: { everywhere: "viewer" } },
    });
    expect(await entries("operator.signed_in")).toMatchObject([{ after: { by: "OpenID Connect" }, ip: "192.0.2.9" }]);
    browser.cookies.clear();
    // Whoever it is there stays whoever it is here, whatever the address says meanwhile.
    expect(await signInAs({ ...person, email: "moved@example.com" })).toBe("/apps");
    expect(await session()).toMatchObject({ operator: { email: person.email } });
  });

  test("goes on to paths of the console alone", async () => {
    const person = newPerson();
    for (const callbackUrl of ["https://evil.example/", "//evil.example", "/\\evil.example", "/api/auth/csrf"]) {
      expect(await signInAs(person, { callbackUrl })).toBe("/");
    }
  });

  test("sends PKCE, state and nonce, and lets a caller add nothing", async () => {
    const url = new URL(await begin({ scope: "openid admin", redirect_uri: "https://evil.example" }));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      code_challenge_method: "S256",
      scope: "openid email profile groups",
      redirect_uri: `${CONSOLE}/api/auth/callback/oidc`,
      state: expect.any(String),
      nonce: expect.any(String),
    });
  });

  test("without the token against forged requests nothing begins", async () => {
    for (const form of [{ csrfToken: "" }, { csrfToken: "forged" }]) {
      const answer = await door("POST", "signin/oidc", { json: "true", ...form });
      expect([answer.status, (await answer.json()).error.code]).toEqual([403, "forbidden"]);
    }
  });
});

describe("an answer that is not of this sign-in lets nobody in", () => {
  const refused = async (path: Promise<string>, why: string) => {
    expect(await path).toBe(`/sign-in?failed=${why}`);
    expect(await session()).toBeNull();
  };

  test("in another browser, with another state, or without one", async () => {
    provider.person = newPerson();
    const here = await through(await begin());
    const kept = new Map(browser.cookies);
    browser.cookies.clear();
    await refused(back(here), "stale");
    for (const [name, value] of kept) browser.cookies.set(name, value);
    const other = new URL(here);
    other.searchParams.set("state", "another");
    await refused(back(other), "mismatch");
  });

  test("a second time", async () => {
    provider.person = newPerson();
    const url = await begin();
    const kept = new Map(browser.cookies);
    const here = await through(url);
    expect(await back(here)).toBe("/apps");
    browser.cookies.clear();
    for (const [name, value] of kept) browser.cookies.set(name, value);
    await refused(back(here), "issuer");
  });

  test("with the nonce of another sign-in", async () => {
    provider.person = newPerson();
    await begin();
    const nonce = browser.cookies.get(cookieName(env, "nonce")) ?? "";
    const here = await through(await begin());
    browser.cookies.set(cookieName(env, "nonce"), nonce);
    await refused(back(here), "mismatch");
  });

  test("with the proof key of another sign-in", async () => {
    provider.person = newPerson();
    await begin();
    const pkce = browser.cookies.get(cookieName(env, "pkce")) ?? "";
    const here = await through(await begin());
    browser.cookies.set(cookieName(env, "pkce"), pkce);
    await refused(back(here), "issuer");
  });

  test("when the person refuses, or the issuer does", async () => {
    await refused(signInAs(null), "denied");
    provider.person = newPerson();
    await configure({ clientSecret: "another secret" });
    await refused(back(await through(await begin())), "issuer");
  });
});

describe("a token that is not the issuer's for this console lets nobody in", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  /** Answers in the provider's place with a token of the test's own, whose key the issuer's keys hold. */
  const answerWith = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, key = privateKey) => {
    const nonces: string[] = [];
    provider.instead = (request, response) => {
      const json = (body: unknown) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(body));
        return true;
      };
      if (request.url?.startsWith("/auth?")) {
        nonces.push(new URL(request.url, provider.issuer).searchParams.get("nonce") ?? "");
        return false;
      }
      if (request.url === "/jwks")
        return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", use: "sig" }] });
      if (request.url === "/me") return json({ sub: "forged", email: "forged@example.com", email_verified: true });
      if (request.url !== "/token") return false;
      const now = Math.floor(Date.now() / 1_000);
      const head = { alg: "RS256", kid: "k", ...header };
      const said = {
        iss: provider.issuer,
        sub: "forged",
        aud: provider.clientId,
        iat: now,
        exp: now + 600,
        nonce: nonces.at(-1),
        ...claims,
      };
      const text = `${base64(head)}.${base64(said)}`;
      const signature = head.alg === "none" ? "" : sign("sha256", Buffer.from(text), key).toString("base64url");
      return json({ access_token: "a", token_type: "Bearer", id_token: `${text}.${signature}` });
    };
  };
  const attempt = () => signInAs(newPerson());

  test("but the one that is", async () => {
    answerWith({});
    expect(await attempt()).toBe("/apps");
  });

  test.each([
    ["for another audience", { aud: "another console" }, {}, "mismatch"],
    ["of another issuer", { iss: "https://evil.example" }, {}, "mismatch"],
    ["without a nonce", { nonce: undefined }, {}, "mismatch"],
    ["without a signature", {}, { alg: "none" }, "mismatch"],
    ["signed with the shared secret", {}, { alg: "HS256" }, "mismatch"],
    ["without a subject", { sub: undefined }, {}, "mismatch"],
    ["of another subject than the person's data", { sub: "another" }, {}, "mismatch"],
    ["that has expired", { exp: 1_000, iat: 900 }, {}, "clock"],
    ["from an hour ahead", { nbf: 4_000_000_000 }, {}, "clock"],
  ])("%s", async (_name, claims, header, why) => {
    answerWith(claims, header);
    expect(await attempt()).toBe(`/sign-in?failed=${why}`);
    expect(await session()).toBeNull();
  });

  test("signed by another key", async () => {
    answerWith({}, {}, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
    expect(await attempt()).toBe("/sign-in?failed=mismatch");
    expect(await session()).toBeNull();
  });

  test("named by a document of another issuer", async () => {
    provider.instead = (request, response) => {
      if (!request.url?.startsWith("/.well-known/")) return false;
      const { issuer } = provider;
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          issuer: "https://evil.example",
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
        }),
      );
      return true;
    };
    expect(await attempt()).toBe("/sign-in?failed=mismatch");
  });
});

test("an issuer that is away, silent or no issuer holds nobody up, and is told as what it is", async () => {
  await configure({ issuer: "http://127.0.0.1:1", clientSecret: "x" });
  await expect(begin()).rejects.toThrow(/401 sign_in_failed: Acme can’t be reached/);
  await configure({});
  provider.instead = (_request, response) => {
    response.end("<html>");
    return true;
  };
  await expect(begin()).rejects.toThrow(/can’t be reached/);
  provider.instead = null;
  provider.person = newPerson();
  const here = await through(await begin());
  provider.instead = (request, response) => {
    if (request.url !== "/token") return false;
    response.destroy();
    return true;
  };
  expect(await back(here)).toBe("/sign-in?failed=unreachable");
});

test("more sign-ins at once than a process takes are told when to try again", async () => {
  const { csrfToken } = await (await door("GET", "csrf")).json();
  const form = { csrfToken, json: "true", callbackUrl: "/apps" };
  const answers = await Promise.all(Array.from({ length: 40 }, () => door("POST", "signin/oidc", form)));
  const refused = answers.filter(({ ok }) => !ok);
  expect(refused.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 429));
  expect(refused.map(({ headers }) => headers.get("Retry-After"))).toEqual(Array.from({ length: 8 }, () => "1"));
});

describe("who may come in", () => {
  const role = async (person: IssuerAccount) =>
    (await findOperatorByEmail(context().db.prisma, person.email ?? ""))?.role;

  test("nobody by an address that the issuer has not verified", async () => {
    for (const emailVerified of [false, undefined, "false"]) {
      expect(await signInAs(newPerson({ emailVerified }))).toBe("/sign-in?failed=unverified");
    }
    expect(await signInAs(newPerson({ email: undefined }))).toBe("/sign-in?failed=unverified");
  });

  test("those of allowed domains, and of no other that looks like one", async () => {
    await configure({ domains: "example.com\nacme.test" });
    expect(await signInAs(newPerson())).toBe("/apps");
    for (const email of ["a@evil.test", "a@sub.example.com", "a@notexample.com", "example.com@evil.test"]) {
      expect(await signInAs(newPerson({ email }))).toBe("/sign-in?failed=domain");
    }
    expect(await signInAs(newPerson({ emailVerified: false }))).toBe("/sign-in?failed=unverified");
  });

  test("the invited alone, where the first sign-in makes nobody an operator; the invitation gives the role", async () => {
    await configure({ create: false });
    const person = newPerson();
    expect(await signInAs(person)).toBe("/sign-in?failed=not_invited");
    await inviteOperator(context(), owner, { email: person.email ?? "", role: "support" });
    expect(await signInAs(person)).toBe("/apps");
    expect(await role(person)).toBe("support");
  });

  test("an operator who is there already, by an address in a domain that the issuer vouches for; once", async () => {
    const ana = await createTestOperator(context(), "owner", `ana-${people}@acme.test`);
    const person = newPerson({ email: ana.email });
    expect(await signInAs(person)).toBe("/sign-in?failed=taken");
    await configure({ domains: "acme.test" });
    expect(await signInAs({ ...person, emailVerified: false })).toBe("/sign-in?failed=unverified");
    expect(await signInAs(person)).toBe("/apps");
    expect(await session()).toMatchObject({ operator: { id: ana.operatorId } });
    // Somebody else who has been given the address there is not her.
    browser.cookies.clear();
    expect(await signInAs(newPerson({ email: ana.email }))).toBe("/sign-in?failed=taken");
    await unlinkOperator(context(), systemOf(null), { operatorId: ana.operatorId });
    expect(await signInAs(newPerson({ email: ana.email }))).toBe("/apps");
  });

  test("nobody who was disabled or removed, until an owner says otherwise", async () => {
    const person = newPerson();
    await signInAs(person);
    const id = (await findOperatorByEmail(context().db.prisma, person.email ?? ""))?.id ?? "";
    await disableOperator(context(), owner, { operatorId: id });
    expect(await session()).toMatchObject({ active: false, reason: "disabled" });
    browser.cookies.clear();
    expect(await signInAs(person)).toBe("/sign-in?failed=disabled");
    await removeOperator(context(), owner, { operatorId: id, confirmation: person.email ?? "" });
    expect(await signInAs(person)).toBe("/sign-in?failed=removed");
    // The same address under another number is not let in either.
    expect(await signInAs({ ...newPerson(), email: person.email })).toBe("/sign-in?failed=removed");
    await inviteOperator(context(), owner, { email: person.email ?? "", role: "viewer" });
    expect(await signInAs(person)).toBe("/apps");
  });

  test("an operator removed before they ever came this way stays removed", async () => {
    const gone = await createTestOperator(context(), "support");
    await removeOperator(context(), owner, { operatorId: gone.operatorId, confirmation: gone.email });
    expect(await signInAs(newPerson({ email: gone.email }))).toBe("/sign-in?failed=removed");
  });
});

describe("roles of groups", () => {
  const roles = "im admins=admin\ncn=im,ou=support=support\nstaff=viewer";

  test("are those of now at each sign-in, the highest of several; without one the sessions end", async () => {
    await configure({ roles, otherRole: null });
    const person = newPerson({ groups: ["staff", "im admins"] });
    const seen = async () => {
      const state = await session();
      return state?.active ? state.operator.holds.everywhere : state?.reason;
    };
    await signInAs(person);
    expect(await seen()).toBe("admin");
    const first = new Map(browser.cookies);
    browser.cookies.clear();
    await signInAs({ ...person, groups: ["cn=im,ou=support"] });
    expect(await seen()).toBe("support");
    // In the other browser as well.
    for (const [name, value] of first) browser.cookies.set(name, value);
    expect(await seen()).toBe("support");
    const [change] = await entries("operator.role_changed");
    expect(change).toMatchObject({ before: { role: "admin" }, after: { role: "support" } });
    const open = new Map(browser.cookies);
    browser.cookies.clear();
    expect(await signInAs({ ...person, groups: ["others", "im admin"] })).toBe("/sign-in?failed=no_role");
    for (const [name, value] of open) browser.cookies.set(name, value);
    expect(await seen()).toBe("signed_out");
  });

  test("leave the last owner one", async () => {
    const { prisma } = context().db;
    await configure({ roles: "owners=owner\nstaff=viewer", otherRole: null });
    const person = newPerson({ groups: ["owners"] });
    await signInAs(person);
    const others = { role: "owner", email: { not: person.email ?? "" }, disabledAt: null } as const;
    const ids = (await prisma.operator.findMany({ where: others, select: { id: true } })).map(({ id }) => id);
    await prisma.operator.updateMany({ where: { id: { in: ids } }, data: { disabledAt: new Date() } });
    browser.cookies.clear();
    await signInAs({ ...person, groups: ["staff"] });
    expect(await session()).toMatchObject({ operator: { holds: { everywhere: "owner" } } });
    await prisma.operator.updateMany({ where: { id: { in: ids } }, data: { disabledAt: null } });
    browser.cookies.clear();
    await signInAs({ ...person, groups: ["staff"] });
    expect(await session()).toMatchObject({ operator: { holds: { everywhere: "viewer" } } });
  });
});

describe("second factors", () => {
  test("the issuer's counts where it says so by a value that the settings take; otherwise the role's rule holds", async () => {
    const rule = { viewer: "2020-01-01", support: null, admin: null, owner: null };
    await changeSignInRules(context(), owner, { secondFactorFrom: rule, idleHours: 12, maxDays: 30 });
    const person = newPerson({ amr: ["pwd"] });
    await signInAs(person);
    expect(await session()).toMatchObject({ factorMissing: true });
    browser.cookies.clear();
    await signInAs({ ...person, amr: ["pwd", "mfa"] });
    expect(await session()).toMatchObject({ factorMissing: false });
    const none = { viewer: null, support: null, admin: null, owner: null };
    await changeSignInRules(context(), owner, { secondFactorFrom: none, idleHours: 12, maxDays: 30 });
  });

  test("one that somebody has here is asked for after the issuer, in this browser, unless it has asked for one", async () => {
    const person = newPerson();
    await signInAs(person);
    const state = await session();
    if (!state?.active) throw new Error("not signed in");
    const operator = { ...owner, operatorId: state.operator.id, email: state.operator.email };
    const { secret, ticket } = await offerApp(context(), operator);
    const code = () => generateSync({ secret, epoch: Math.floor(context().now() / 1_000) });
    await confirmApp(context(), operator, { ticket, code: code() });
    browser.cookies.clear();
    expect(await signInAs(person)).toBe("/sign-in?step=second&next=%2Fapps");
    expect(await session()).toBeNull();
    const step = await resumeSignIn(context(), null, browser.cookies.get(cookieName(env, "step")) ?? "");
    expect(step).toMatchObject({ app: true });
    context().advance(60_000);
    await finishSignIn(context(), visitor(), { ticket: step?.ticket ?? "", code: code() });
    const [entry] = await entries("operator.signed_in");
    expect(entry).toMatchObject({ after: { by: "OpenID Connect and authenticator app" } });
    browser.cookies.clear();
    expect(await signInAs({ ...person, amr: ["mfa"] })).toBe("/apps");
  });
});

describe("a fresh proof at the issuer", () => {
  const confirm = { confirm: "true", callbackUrl: "/confirmed" };
  const fresh = async () => {
    const state = await session();
    return state?.active && state.fresh;
  };
  const aged = async (person: IssuerAccount) => {
    await signInAs(person);
    context().advance(6 * 60_000);
    expect(await fresh()).toBe(false);
  };

  test("is asked for anew there, and counts for the session that asked", async () => {
    const person = newPerson();
    await aged(person);
    const state = await session();
    if (!state?.active) throw new Error("not signed in");
    const actor = { ...owner, operatorId: state.operator.id, sessionId: state.sessionId };
    expect(await askForConfirmation(context(), actor, null)).toEqual({
      app: false,
      passkey: null,
      password: false,
      issuer: "Acme",
    });
    const url = new URL(await begin(confirm));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ prompt: "login", max_age: "0" });
    // The issuer's clock is the real one; the test's is ahead.
    const ahead = context().now() - Date.now();
    context().advance(-ahead);
    expect(await back(await through(await begin(confirm)))).toBe("/confirmed");
    expect(await fresh()).toBe(true);
    expect(await session()).toMatchObject({ sessionId: state.sessionId });
    expect(await entries("operator.confirmed")).toMatchObject([{ after: { by: "OpenID Connect" } }]);
  });

  test("is none of somebody else, and none that was given before", async () => {
    const person = newPerson();
    await signInAs(person);
    const ana = new Map(browser.cookies);
    provider.person = newPerson();
    expect(await back(await through(await begin(confirm)))).toBe("/confirmed?failed=not_you");
    expect(browser.cookies.get(cookieName(env, "session"))).toBe(ana.get(cookieName(env, "session")));
    // An issuer that lets a page of an hour ago through has asked nobody.
    context().advance(3_600_000);
    provider.person = person;
    expect(await back(await through(await begin(confirm)))).toBe("/confirmed?failed=not_fresh");
    expect(await fresh()).toBe(false);
    context().advance(-3_600_000);
  });

  test("takes a session", async () => {
    const { csrfToken } = await (await door("GET", "csrf")).json();
    const answer = await door("POST", "signin/oidc", { csrfToken, json: "true", ...confirm });
    expect(answer.status).toBe(401);
  });
});

describe("linking an account under Account", () => {
  /** Somebody who signs in by password, signed in in the browser of the test. */
  async function signedInByPassword() {
    const operator = await createTestOperator(context(), "support");
    const { sessionId } = await signIn(context(), visitor(), { email: operator.email, password: TEST_PASSWORD });
    browser.cookies.clear();
    browser.cookies.set(cookieName(env, "session"), await sealSessionId(context().secrets, sessionId));
    return { ...operator, sessionId };
  }
  const link = async (actor: Operator, person: IssuerAccount) => {
    const { ticket } = await askToLink(context(), actor);
    return signInAs(person, { link: ticket, callbackUrl: "/account" });
  };

  test("has it sign them in from then on, whatever its address, and stands in the audit log", async () => {
    const ana = await signedInByPassword();
    expect(await findLinkable(context(), ana)).toBe("Acme");
    const person = newPerson();
    expect(await link(ana, person)).toBe("/account");
    expect(await session()).toMatchObject({ sessionId: ana.sessionId });
    expect(await entries("operator.identity_linked")).toMatchObject([
      { actorId: ana.operatorId, targetId: ana.operatorId, after: { issuer: provider.issuer, subject: person.sub } },
    ]);
    expect(await findLinkable(context(), ana)).toBeNull();
    await expect(askToLink(context(), ana)).rejects.toMatchObject({ code: "not_found" });
    browser.cookies.clear();
    expect(await signInAs(person)).toBe("/apps");
    expect(await session()).toMatchObject({ operator: { id: ana.operatorId } });
  });

  test("is none of an account that somebody else has, or of a second one", async () => {
    const theirs = newPerson();
    await signInAs(theirs);
    const ana = await signedInByPassword();
    expect(await link(ana, theirs)).toBe("/account?failed=linked");
    const { ticket } = await askToLink(context(), ana);
    expect(await link(ana, newPerson())).toBe("/account");
    expect(await signInAs(newPerson(), { link: ticket })).toBe("/account?failed=linked");
  });

  test("is for whoever has asked, in the session that asked, after a fresh proof, and in the issuer's domains", async () => {
    const ana = await signedInByPassword();
    await expect(askToLink(context(), { ...ana, fresh: false })).rejects.toMatchObject({ code: "confirmation_needed" });
    const { ticket } = await askToLink(context(), ana);
    const bea = await signedInByPassword();
    expect(await signInAs(newPerson(), { link: ticket })).toBe("/account?failed=stale");
    expect(await findLinkable(context(), bea)).toBe("Acme");
    expect(await findLinkable(context(), ana)).toBe("Acme");
    await expect(begin({ link: "made up" })).rejects.toThrow(/403 link_invalid/);
    await configure({ domains: "example.org" });
    expect(await link(bea, newPerson())).toBe("/account?failed=domain");
    context().advance(5 * 60_000 + 1);
    await expect(begin({ link: ticket })).rejects.toThrow(/403 link_invalid/);
  });
});

describe("where nothing else signs in", () => {
  const byPassword = (email: string) =>
    signIn(context(), visitor(), { email, password: TEST_PASSWORD }).then(
      () => "ok",
      (error: { code: string }) => error.code,
    );

  test("an owner cannot lock themselves out; passwords are refused; the command line lets one owner in for an hour", async () => {
    await expect(configure({ only: true })).rejects.toMatchObject({ code: "invalid_parameter", field: "only" });
    await configure({ domains: "example.com" });
    expect(await signInAs(newPerson({ email: owner.email }))).toBe("/apps");
    await configure({ domains: "example.com", only: true });
    const other = await createTestOperator(context(), "owner");
    expect(await byPassword(owner.email)).toBe("issuer_only");
    expect(await byPassword("nobody@example.com")).toBe("issuer_only");
    const { secret } = await inviteOperator(context(), owner, { email: "gus.only@example.com", role: "viewer" });
    const accepting = acceptInvitation(context(), visitor(), {
      secret,
      name: "Gus",
      password: "a long passphrase of gus",
    });
    await expect(accepting).rejects.toMatchObject({ code: "issuer_only" });
    browser.cookies.clear();
    expect(await signInAs(newPerson({ email: "gus.only@example.com" }))).toBe("/apps");
    await breakGlass(context(), systemOf(null), { operatorId: other.operatorId });
    expect(await byPassword(other.email)).toBe("ok");
    expect(await byPassword(owner.email)).toBe("issuer_only");
    context().advance(3_600_001);
    expect(await byPassword(other.email)).toBe("issuer_only");
    context().advance(-3_600_001);
    const admin = await createTestOperator(context(), "admin");
    await expect(breakGlass(context(), systemOf(null), { operatorId: admin.operatorId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await configure({ only: false });
    expect(await byPassword(owner.email)).toBe("ok");
  });
});

describe("the settings", () => {
  test("are an owner's with a fresh proof, seal the secret, show it nowhere, and send it to no other issuer", async () => {
    for (const actor of [withRole(owner, "admin"), { ...owner, fresh: false }]) {
      const view = await readIssuer(context(), owner);
      if (view.issuer === null) throw new Error("no issuer");
      await expect(changeIssuer(context(), actor, { ...view.issuer, clientSecret: "" })).rejects.toMatchObject({
        code: actor.fresh === false ? "confirmation_needed" : "forbidden",
      });
    }
    const fact = await context().db.prisma.installationFact.findUnique({ where: { key: "issuer" } });
    expect(JSON.stringify(fact?.value)).not.toContain(provider.clientSecret);
    expect(JSON.stringify(await readIssuer(context(), owner))).not.toContain(provider.clientSecret);
    await expect(configure({ issuer: "https://other.example", clientSecret: "" })).rejects.toMatchObject({
      field: "clientSecret",
    });
    await configure({ clientSecret: "", name: "Other" });
    const [entry] = await entries("operator.issuer_changed");
    expect(entry).toMatchObject({ before: { name: "Acme" }, after: { name: "Other" } });
    expect(JSON.stringify([entry?.before, entry?.after])).not.toContain(provider.clientSecret);
    for (const issuer of ["http://login.example.com", "ftp://x", "https://u:p@example.com", "nonsense"]) {
      await expect(configure({ issuer })).rejects.toThrow();
    }
  });

  test("of environment variables go before those of the console, and cannot be changed there", async () => {
    const named = issuerOf(
      parseEnv({ OIDC_ISSUER: "https://env.example/", OIDC_CLIENT_ID: "c", OIDC_CLIENT_SECRET: "s" }),
    );
    const its = { ...context(), ...(named === undefined ? {} : { issuer: named }) };
    expect(await readIssuer(its, owner)).toMatchObject({
      fromEnvironment: true,
      issuer: { issuer: "https://env.example", factors: "mfa", only: false },
    });
    const view = await readIssuer(its, owner);
    if (view.issuer === null) throw new Error("no issuer");
    await expect(changeIssuer(its, owner, { ...view.issuer, clientSecret: "" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(() => parseEnv({ OIDC_ISSUER: "https://env.example" })).toThrow(/OIDC_ISSUER/);
  });
});
