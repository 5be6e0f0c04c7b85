import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { OperatorRole } from "@/lib/core/actor";
import { changePlan } from "@/lib/core/apps/change-plan";
import { changeSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { disableOperator } from "@/lib/core/operators/disable-operator";
import { signIn } from "@/lib/core/operators/sign-in";
import { parseEnv } from "@/lib/env";
import { createTestApp, systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { defineAction, defineInstallationAction } from "./action";
import { defineEndpoint } from "./endpoint";
import { READS_PER_MINUTE } from "./read-budget";
import { cookieName, sealSessionId } from "./session-cookie";

const browser = vi.hoisted(() => ({ cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-forwarded-for": "192.0.2.9", "user-agent": "Test browser" }),
  cookies: async () => ({
    get: (name: string) => (browser.cookies.has(name) ? { name, value: browser.cookies.get(name) } : undefined),
  }),
}));

const context = testContext();
const env = parseEnv({});

beforeAll(() => {
  const runtime = { context: context(), env, close: async () => {} };
  Object.assign(globalThis, { imConsoleRuntime: Promise.resolve(runtime) });
});
beforeEach(() => browser.cookies.clear());

async function signInAs(role: OperatorRole) {
  const operator = await createTestOperator(context(), role);
  const { sessionId } = await signIn(context(), visitor(), { email: operator.email, password: TEST_PASSWORD });
  browser.cookies.set(cookieName(env, "session"), await sealSessionId(context().secrets, sessionId));
  return operator;
}

const run = vi.fn(async (_context: unknown, actor: { environment: { id: number } | null }, input: { n: number }) => ({
  environment: actor.environment?.id ?? null,
  n: input.n,
}));
beforeEach(() => {
  run.mockClear();
});
const InputSchema = z.object({ n: z.number() });
const act = defineAction({
  permission: "users.ban",
  run: (context, actor, input: z.input<typeof InputSchema>) => run(context, actor, InputSchema.parse(input)),
});
const scopeOf = (app: string, name = "development") => ({ app, env: name });

test("an endpoint answers so many reads of a session in a minute, then 429 with what to do; another session goes on", async () => {
  const { appId } = await createTestApp(context());
  const read = defineEndpoint({ permission: "users.read", run: async () => ({ read: true }) });
  const ask = () =>
    read(new Request("http://localhost/api"), { params: Promise.resolve({ app: appId, env: "development" }) });
  await signInAs("viewer");
  expect((await ask()).status).toBe(200);
  const reads = (globalThis as { imConsoleReads?: { reads: Map<string, number> } }).imConsoleReads?.reads;
  for (const session of reads?.keys() ?? []) reads?.set(session, READS_PER_MINUTE);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
  expect((await refused.json()).error).toMatchObject({
    code: "rate_limited",
    message: expect.stringContaining("Wait a moment"),
  });
  await signInAs("viewer");
  expect((await ask()).status).toBe(200);
});

describe("an action about an environment", () => {
  test("carries out what the role may do, in the environment that was named", async () => {
    const { appId, production } = await createTestApp(context());
    await signInAs("support");
    expect(await act(scopeOf(appId, "production"), { n: 1 })).toEqual({
      ok: true,
      data: { environment: production.ref.id, n: 1 },
    });
  });

  test("without a session nothing happens", async () => {
    const { appId } = await createTestApp(context());
    expect(await act(scopeOf(appId), { n: 1 })).toMatchObject({ ok: false, error: { code: "not_signed_in" } });
    browser.cookies.set(cookieName(env, "session"), "forged");
    expect(await act(scopeOf(appId), { n: 1 })).toMatchObject({ ok: false, error: { code: "not_signed_in" } });
    expect(run).not.toHaveBeenCalled();
  });

  test("called directly by a role that may not, it is refused and audited, whatever the input", async () => {
    const { appId, development } = await createTestApp(context());
    const viewer = await signInAs("viewer");
    for (const input of [{ n: 1 }, null as never]) {
      const result = await act(scopeOf(appId), input);
      expect(result).toMatchObject({ ok: false, error: { code: "forbidden" } });
    }
    expect(run).not.toHaveBeenCalled();
    const rows = await context().db.prisma.auditEntry.findMany({ where: { environmentId: development.ref.id } });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ action: "access.refused", actorId: viewer.operatorId, ip: "192.0.2.9" });
  });

  test("called with what is no plain data, it is refused as wrong input", async () => {
    const { appId } = await createTestApp(context());
    await signInAs("support");
    const deep = JSON.parse(`${"[".repeat(4_000)}${"]".repeat(4_000)}`);
    for (const n of [deep, Symbol("n"), 1n, new Map(), Promise.resolve(1)] as never[]) {
      expect(await act(scopeOf(appId), { n })).toMatchObject({ ok: false, error: { code: "invalid_parameter" } });
    }
    for (const scope of [null, deep, { app: deep, env: deep }] as never[]) {
      expect(await act(scope, { n: 1 })).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
    expect(run).not.toHaveBeenCalled();
  });

  test("an operator disabled a moment ago is out", async () => {
    const { appId } = await createTestApp(context());
    const owner = await createTestOperator(context(), "owner");
    const support = await signInAs("support");
    await disableOperator(context(), owner, { operatorId: support.operatorId });
    expect(await act(scopeOf(appId), { n: 1 })).toMatchObject({ ok: false, error: { code: "not_signed_in" } });
  });

  test.each([
    ["an unknown app", { app: "app-unknown", env: "development" }],
    ["an unknown environment", { app: "app-unknown", env: "staging" }],
    ["no scope at all", undefined as never],
    ["a scope of another shape", { app: { $ne: "" }, env: 1 } as never],
  ])("%s is not found", async (_what, scope) => {
    await signInAs("owner");
    expect(await act(scope, { n: 1 })).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  test("production that is closed takes no change", async () => {
    const { appId } = await createTestApp(context());
    await changePlan(context(), systemOf(null), { appId, plan: "free" });
    await signInAs("owner");
    expect(await act(scopeOf(appId, "production"), { n: 1 })).toMatchObject({ error: { code: "production_closed" } });
    expect(await act(scopeOf(appId), { n: 1 })).toMatchObject({ ok: true });
  });

  test("wrong input names its field; a fault of ours shows nothing but the request's id", async () => {
    const { appId } = await createTestApp(context());
    await signInAs("owner");
    const wrong = await act(scopeOf(appId), { n: "1" } as never);
    expect(wrong).toMatchObject({ ok: false, error: { code: "invalid_parameter", field: "n" } });
    run.mockRejectedValueOnce(new Error("a secret detail"));
    const broken = await act(scopeOf(appId), { n: 1 });
    expect(broken).toMatchObject({
      ok: false,
      error: { code: "internal", requestId: expect.stringMatching(/^[\w-]{36}$/) },
    });
    expect(JSON.stringify(broken)).not.toContain("secret detail");
  });
});

describe("an action about the installation", () => {
  const manage = defineInstallationAction({ permission: "operators.manage", run: async () => 1 });
  test.each([
    ["viewer", "forbidden"],
    ["admin", "forbidden"],
    ["owner", undefined],
  ] as const)("%s: %s", async (role, code) => {
    await signInAs(role);
    const result = await manage();
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});

describe("an operator whose role needs a second factor and who has none", () => {
  const needed = (day: string | null) =>
    changeSignInRules(context(), systemOf(null), {
      secondFactorFrom: { viewer: null, support: day, admin: null, owner: null },
      idleHours: 12,
      maxDays: 30,
    });
  afterEach(() => needed(null));

  test("sets one up and does nothing else: no action, no endpoint, whatever the role may", async () => {
    const { appId } = await createTestApp(context());
    await signInAs("support");
    await needed("2020-01-01");
    const setUp = defineInstallationAction({ permission: "account.factors", withoutFactor: true, run: async () => 1 });
    const other = defineInstallationAction({ permission: null, run: async () => 1 });
    const GET = defineEndpoint({ permission: "users.read", run: async () => 1 });
    const params = Promise.resolve({ app: appId, env: "development" });
    expect(await act(scopeOf(appId), { n: 1 })).toMatchObject({ error: { code: "second_factor_missing" } });
    expect(await other()).toMatchObject({ error: { code: "second_factor_missing" } });
    expect((await GET(new Request("http://localhost/x"), { params })).status).toBe(403);
    expect(run).not.toHaveBeenCalled();
    expect(await setUp()).toEqual({ ok: true, data: 1 });
  });
});

describe("an act that takes a fresh proof", () => {
  test("is asked for one by the door, five minutes after signing in", async () => {
    const manage = defineInstallationAction({ permission: "operators.manage", run: async () => 1 });
    await signInAs("owner");
    expect(await manage()).toEqual({ ok: true, data: 1 });
    context().advance(5 * 60_000 + 1);
    expect(await manage()).toMatchObject({ error: { code: "confirmation_needed" } });
  });
});

describe("an endpoint", () => {
  const QuerySchema = z.object({ q: z.string().max(3).default("") });
  const GET = defineEndpoint({
    permission: "users.read",
    run: async (_context, actor, query: z.input<typeof QuerySchema>, params) => ({
      id: actor.environment?.id,
      q: QuerySchema.parse(query).q,
      job: params.job,
    }),
  });
  const get = (app: string, search = "", environment = "development") =>
    GET(new Request(`http://localhost/x${search}`), { params: Promise.resolve({ app, env: environment, job: "j1" }) });

  test("answers JSON that nobody caches; of a repeated name the first value counts", async () => {
    const { appId, development } = await createTestApp(context());
    await signInAs("viewer");
    const response = await get(appId, "?q=a&q=b");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ id: development.ref.id, q: "a", job: "j1" });
  });

  test("refusals have their status, code and request id", async () => {
    const { appId } = await createTestApp(context());
    const signedOut = await get(appId);
    expect([signedOut.status, (await signedOut.json()).error.code]).toEqual([401, "not_signed_in"]);
    await signInAs("viewer");
    const unknown = await get("app-unknown");
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, "not_found"]);
    const wrong = await get(appId, "?q=long");
    const body = await wrong.json();
    expect([wrong.status, body.error.code, body.error.field]).toEqual([400, "parameter_too_long", "q"]);
    expect(wrong.headers.get("x-request-id")).toBe(body.error.requestId);
  });

  test("polling does not keep a session alive", async () => {
    const { appId } = await createTestApp(context());
    await signInAs("viewer");
    context().advance(11 * 3_600_000);
    expect((await get(appId)).status).toBe(200);
    context().advance(2 * 3_600_000);
    const late = await get(appId);
    expect([late.status, (await late.json()).error.message]).toEqual([
      401,
      expect.stringContaining("idle for 12 hours"),
    ]);
  });
});
