import { beforeAll, describe, expect, test } from "vitest";
import type { Operator, OperatorRole, TokenScope } from "@/lib/core/actor";
import { createApp } from "@/lib/core/apps/create-app";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { ERRORS, type ErrorCode } from "@/lib/core/errors";
import { createToken } from "@/lib/core/operator-tokens/create-token";
import { SCOPE_NAMES } from "@/lib/core/operator-tokens/facts";
import { roleMay, TOKEN_SCOPES } from "@/lib/core/permissions";
import { fetchCall } from "@/lib/server-api/fetch-adapter";
import { createTestApp, systemOf, testContext } from "@/test/support/context";
import { deepText, HOSTILE_JSON, hostileInputs } from "@/test/support/hostile-input";
import { createTestOperator } from "@/test/support/operators";
import { storedIn } from "@/test/support/stored";
import { insertTestUsers } from "@/test/support/users";
import { answerConsoleApi, CONSOLE_API_PATH } from "./answer";
import { byToken } from "./by-token";
import type { ConsoleCall } from "./call";
import { CALLS } from "./calls";

const context = testContext();
const ADDRESSES = {
  consoleUrl: "http://console",
  apiUrl: "http://service",
  sessionCookie: async (sessionId: string) => ({ name: "session", value: sessionId }),
};
type TestApp = Awaited<ReturnType<typeof createTestApp>>;
let app: TestApp;
let owner: Operator;

beforeAll(async () => {
  app = await createTestApp(context());
  owner = await createTestOperator(context(), "owner");
});

let made = 0;
/** Tokens of the owner for every app, each made once: an operator may not have any number of them. */
const known = new Map<string, Promise<string>>();

function tokenOf(scopes: readonly TokenScope[], options: { actor?: Operator; appId?: string } = {}): Promise<string> {
  if (options.actor !== undefined || options.appId !== undefined) return makeToken(scopes, options);
  const key = scopes.join();
  const token = known.get(key) ?? makeToken(scopes, {});
  known.set(key, token);
  return token;
}

async function makeToken(scopes: readonly TokenScope[], options: { actor?: Operator; appId?: string }) {
  made += 1;
  const input = { name: `t${made}`, scopes: [...scopes], appId: options.appId ?? null, days: 1 };
  return (await createToken(context(), options.actor ?? owner, input)).token;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: what tests look into
  readonly body: any;
}

async function ask(token: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
  const request = new Request(`http://console${CONSOLE_API_PATH}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const call = { ...fetchCall(request, "192.0.2.1"), query: new URL(request.url).search.slice(1) };
  const answer = await answerConsoleApi(context(), call, byToken(context(), call), ADDRESSES);
  return { ...answer, body: JSON.parse(answer.body) };
}

/** A call’s address, about an environment of the app. */
const addressOf = ({ path }: ConsoleCall, env = "development") =>
  path
    .replace("{app}", app.appId)
    .replace("{env}", env)
    .replace("{job}", "job-none")
    .replace("{run}", "run-none")
    .replace("{user}", "u-none");

describe("who calls", () => {
  test.each([
    ["nothing", null],
    ["a guess", "imt_guessed"],
    ["what is no token", "x y"],
  ])("%s is refused, with the way to a token", async (_, token) => {
    const { status, headers, body } = await ask(token, "GET", "/apps");
    expect(status).toBe(401);
    expect(headers["WWW-Authenticate"]).toBe("Bearer");
    expect(body.error).toMatchObject({ code: "not_signed_in", requestId: headers["X-Request-ID"] });
    expect(body.error.message).toContain("Account");
  });

  test("the description is for everybody and names every call", async () => {
    const { status, body } = await ask(null, "GET", "/openapi.json");
    expect(status).toBe(200);
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(CALLS.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test("a token says whose it is", async () => {
    const { body } = await ask(await tokenOf(["read", "apps"], { appId: app.appId }), "GET", "/token");
    expect(body).toMatchObject({
      apiUrl: "http://service",
      operator: { id: owner.operatorId, role: "owner" },
      token: { scopes: ["read", "apps"], appId: app.appId },
    });
  });

  test("a token for one app finds no other, and makes none", async () => {
    const token = await tokenOf(SCOPE_NAMES, { appId: app.appId });
    const other = await createTestApp(context());
    expect((await ask(token, "GET", "/apps")).body.rows).toMatchObject([{ id: app.appId }]);
    expect((await ask(token, "GET", `/apps/${other.appId}/development/users`)).status).toBe(404);
    expect((await ask(token, "DELETE", `/apps/${other.appId}`)).status).toBe(404);
    expect((await ask(token, "POST", "/apps", { name: "More" })).body.error.code).toBe("forbidden");
    expect((await ask(token, "GET", `/apps/${app.appId}/development/users`)).status).toBe(200);
  });
});

describe.each(CALLS.map((call) => [`${call.method} ${call.path}`, call] as const))("%s", (_, call) => {
  const input = call.method === "POST" || call.method === "PATCH" ? {} : undefined;

  test("is refused to a token without its scope, and to a role that may not do it", async () => {
    const { permission } = call;
    if (permission === null) return;
    const lets = SCOPE_NAMES.filter((scope) => TOKEN_SCOPES[scope].permissions.some((one) => one === permission));
    expect(lets).not.toEqual([]);
    const others = SCOPE_NAMES.filter((scope) => !lets.includes(scope));
    if (others.length > 0) {
      const { status, body } = await ask(await tokenOf(others), call.method, addressOf(call), input);
      expect(status).toBe(403);
      expect(body.error.message).toContain(`scope ${lets.join(" or ")}`);
    }
    // A role that was lowered after the token was made.
    const operator = await createTestOperator(context(), roleMay("admin", permission) ? "admin" : "owner");
    const token = await tokenOf(
      lets.filter((scope) => scope !== "apps" || permission !== "apps.delete"),
      { actor: operator },
    );
    await context().db.prisma.operator.update({ where: { id: operator.operatorId }, data: { role: "viewer" } });
    const { status } = await ask(token, call.method, addressOf(call), input);
    const viewerMay = roleMay("viewer", permission);
    if (viewerMay) expect(status).not.toBe(403);
    else expect(status).toBe(403);
  });

  test("changes nothing of production", async () => {
    const token = await tokenOf(SCOPE_NAMES);
    await insertTestUsers(context(), app.production.ref, [{ userId: `u-${call.operationId}` }]);
    const before = await storedIn(context(), app.production.ref.id);
    const { status, body } = await ask(token, call.method, addressOf(call, "production"), input);
    if (call.path.includes("{env}") && call.environments === "development") {
      expect(status).toBe(403);
      expect(body.error.code).toBe("development_only");
    }
    const after = await storedIn(context(), app.production.ref.id);
    // The refusal itself is recorded.
    if (status < 400) expect(after).toBe(before);
    const { rows } = await context().db.pool.query("SELECT FROM users WHERE environment_id = $1", [
      app.production.ref.id,
    ]);
    expect(rows.length).toBeGreaterThan(0);
  });

  test("whatever is sent is refused as wrong, never met as a fault of ours", { timeout: 90_000 }, async () => {
    if (call.input === null || call.method === "DELETE") return;
    const token = await tokenOf(SCOPE_NAMES);
    const values = [...hostileInputs(call.input, HOSTILE_JSON)];
    // Much of what JSON carries is the same in a query: nothing.
    const queries = new Map(values.map((value) => [queryOf(value), value]));
    for (const [query, value] of call.method === "GET" ? queries : values.map((value) => ["", value] as const)) {
      const answer =
        call.method === "GET"
          ? await ask(token, "GET", `${addressOf(call)}?${query}`)
          : await ask(token, call.method, addressOf(call), jsonOf(value));
      const code = answer.body.error?.code as ErrorCode | undefined;
      if (code !== undefined && !ERRORS[code].expected) throw new Error(`${code} for ${jsonOf(value)}`);
    }
  });
});

/** What nests too deeply for `JSON.stringify` is sent as the text that it is. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `{"name":${deepText}}`;
  }
}

function queryOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  return new URLSearchParams(
    Object.entries(value).flatMap(([name, part]) =>
      typeof part === "string" || typeof part === "number" ? [[name, String(part)]] : [],
    ),
  ).toString();
}

describe("the address", () => {
  test.each([
    ["GET", "/nothing", 404, "path_unknown"],
    ["GET", "", 404, "path_unknown"],
    ["GET", "/apps/%ff/development/users", 404, "path_unknown"],
    ["DELETE", "/apps", 405, "method_not_allowed"],
    ["GET", "/apps/app-nowhere/development/users", 404, "not_found"],
    ["GET", "/apps/app-nowhere/staging/users", 404, "not_found"],
    ["GET", "/apps/%00/development/users", 404, "not_found"],
  ])("%s %s", async (method, path, status, code) => {
    const answer = await ask(await tokenOf(SCOPE_NAMES), method, path);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["more than a megabyte", JSON.stringify({ name: "x".repeat(1_100_000) })],
  ])("a body that is %s is refused", async (_, body) => {
    expect((await ask(await tokenOf(["apps"]), "POST", "/apps", body)).status).toBe(400);
  });
});

describe("answers are as described", () => {
  const roles: readonly OperatorRole[] = ["owner", "admin"];
  test.each(roles)("%s", async (role) => {
    const actor = await createTestOperator(context(), role);
    const scopes = SCOPE_NAMES.filter((scope) => roleMay(role, TOKEN_SCOPES[scope].mainly));
    const token = await tokenOf(scopes, { actor });
    const { body: created, status } = await ask(token, "POST", "/apps", { name: "By CI", lifetimeMinutes: 30 });
    expect(status).toBe(201);
    const base = `/apps/${created.id}/development`;
    const environment = (await createdRef(created.id)).ref;
    await insertTestUsers(context(), environment, [{ userId: "ci-a" }, { userId: "ci-b" }, { userId: "other" }]);

    const answers: Record<string, Answer> = {
      getToken: await ask(token, "GET", "/token"),
      listApps: await ask(token, "GET", "/apps"),
      getKeys: await ask(token, "GET", `${base}/keys`),
      getWebhookSecret: await ask(token, "GET", `${base}/webhook-secret`),
      listUsers: await ask(token, "GET", `${base}/users?sort=id&size=25`),
      getQuota: await ask(token, "GET", `${base}/quota`),
      getSettings: await ask(token, "GET", `${base}/settings`),
      searchAuditLog: await ask(token, "GET", `${base}/audit-log?action=keys.secret_revealed`),
    };
    expect(answers.getWebhookSecret?.body.webhookSecret).toMatch(/^whsec_/);
    expect(answers.getKeys?.body.appSecret).toBe(created.environments[0].appSecret);
    expect(answers.listUsers?.body.rows.map((user: { userId: string }) => user.userId)).toEqual([
      "ci-a",
      "ci-b",
      "other",
    ]);
    expect(answers.getQuota?.body).toMatchObject({ used: 3, limit: 100, free: 97 });
    expect(answers.searchAuditLog?.body.rows[0].actor.name).toBe(`Test ${role}’s token t${made}`);

    const selection = { by: "prefix", prefix: "ci-" };
    const dry = await ask(token, "POST", `${base}/users/delete`, { selection, dryRun: true });
    expect(dry.body).toMatchObject({ count: 2, seatsFreed: 2, userIds: ["ci-a", "ci-b"], jobId: null });
    await insertTestUsers(context(), environment, [{ userId: "ci-c" }]);
    const stale = await ask(token, "POST", `${base}/users/delete`, { selection, fingerprint: dry.body.fingerprint });
    expect(stale.body.error.code).toBe("version_conflict");
    answers.deleteTestUsers = await ask(token, "POST", `${base}/users/delete`, { selection });
    expect(answers.deleteTestUsers.body).toMatchObject({ count: 3 });
    answers.getJob = await ask(token, "GET", `${base}/jobs/${answers.deleteTestUsers.body.jobId}`);
    expect(answers.getJob.body).toMatchObject({ state: "queued", total: 3 });
    const nobody = await ask(token, "POST", `${base}/users/delete`, { selection: { by: "prefix", prefix: "nobody-" } });
    expect(nobody.body).toMatchObject({ count: 0, jobId: null });

    const version = answers.getSettings?.body.version;
    answers.changeSettings = await ask(token, "PATCH", `${base}/settings`, {
      version,
      changes: { restrictDirectMessagingToFriends: true },
    });
    const again = await ask(token, "PATCH", `${base}/settings`, {
      version,
      changes: { profileUpdatesToFriends: true },
    });
    expect(again.body.error.code).toBe("version_conflict");

    answers.startTestRun = await ask(token, "POST", `${base}/runs`, { id: "pw-1", minutes: 30, reserved: 5 });
    answers.extendTestRun = await ask(token, "PATCH", `${base}/runs/pw-1`, { reserved: 7 });
    answers.getTestRun = await ask(token, "GET", `${base}/runs/pw-1`);
    expect(answers.getTestRun.body).toMatchObject({ reserved: 7, startedBy: `Test ${role}’s token t${made}` });
    answers.listTestRuns = await ask(token, "GET", `${base}/runs?state=live`);
    expect(answers.listTestRuns.body.rows).toHaveLength(1);
    const kept = await ask(token, "POST", `${base}/runs/pw-1/users/ci-a/keep`, {});
    expect(kept.body.error.code).toBe("not_in_test_run");
    expect((await ask(token, "POST", `${base}/runs/pw-1/end`, { dryRun: true })).body).toMatchObject({ count: 0 });
    answers.endTestRun = await ask(token, "POST", `${base}/runs/pw-1/end`, {});
    expect((await ask(token, "GET", `${base}/runs/pw-2`)).body.error.code).toBe("test_run_not_found");

    answers.advanceClock = await ask(token, "POST", `${base}/clock/advance`, { by: "7d" });
    expect(answers.advanceClock.body).toMatchObject({ aheadMs: 604_800_000 });
    const time = new Date(Date.parse(answers.advanceClock.body.time) + 3_600_000).toISOString();
    answers.setClock = await ask(token, "POST", `${base}/clock/set`, { time });
    expect(answers.setClock.body).toMatchObject({ time });
    expect((await ask(token, "POST", `${base}/clock/set`, { time })).body.error).toMatchObject({
      code: "clock_backwards",
      field: "time",
    });
    answers.getClock = await ask(token, "GET", `${base}/clock`);
    expect(Date.parse(answers.getClock.body.time)).toBeGreaterThanOrEqual(Date.parse(time));
    answers.resetClock = await ask(token, "DELETE", `${base}/clock`);
    expect(answers.resetClock.body).toMatchObject({ aheadMs: 0 });

    const early = await ask(token, "POST", `${base}/seed`, { scenario: "nothing" });
    expect(early.body.error).toMatchObject({ code: "invalid_parameter", field: "scenario" });
    answers.seedScenario = await ask(token, "POST", `${base}/seed`, { scenario: "friends" });
    expect(answers.seedScenario.body.users).toHaveLength(8);
    expect((await ask(token, "POST", `${base}/reset`, { dryRun: true })).body).toMatchObject({
      scenario: "empty",
      users: [],
      deleted: { groups: 1, settings: ["restrictDirectMessagingToFriends"] },
    });
    answers.resetEnvironment = await ask(token, "POST", `${base}/reset`, { scenario: "unicode" });
    expect(answers.resetEnvironment.body).toMatchObject({ scenario: "unicode", stillOpen: 0 });
    if (role === "owner") {
      answers.signInTestOperator = await ask(token, "POST", "/test-operators", { role: "viewer", minutes: 5 });
      expect(answers.signInTestOperator.body).toMatchObject({ role: "viewer", cookie: { name: "session" } });
    }
    for (const call of CALLS) {
      const answer = answers[call.operationId];
      if (answer === undefined) continue;
      expect(answer.status, call.operationId).toBe(call.status ?? 200);
      expect(() => call.output.parse(answer.body), call.operationId).not.toThrow();
    }

    await context().db.pool.query("DELETE FROM jobs WHERE environment_id = $1", [environment.id]);
    expect((await ask(token, "DELETE", `/apps/${created.id}`)).status).toBe(200);
    expect((await ask(token, "GET", `${base}/users`)).status).toBe(404);
  });
});

async function createdRef(appId: string) {
  const found = await findEnvironment(context().db.prisma, appId, "development");
  if (found === null) throw new Error("the app has no Development environment");
  return found;
}

test("an app that stays is deleted by an owner’s token only, and while it has no users", async () => {
  const kept = await createApp(context(), systemOf(null), { name: "Kept" });
  const admin = await createTestOperator(context(), "admin");
  const byAdmin = await ask(await tokenOf(["apps"], { actor: admin }), "DELETE", `/apps/${kept.id}`);
  expect(byAdmin.body.error.code).toBe("forbidden");
  expect((await ask(await tokenOf(["apps"]), "DELETE", `/apps/${kept.id}`)).status).toBe(200);
  const { rows } = await listAuditEntries(context(), owner, {
    scope: "installation",
    targetKind: "app",
    target: kept.id,
  });
  expect(rows[0]).toMatchObject({ action: "app.deleted", source: "console_api" });
});
