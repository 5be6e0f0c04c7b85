import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectPostgresBus } from "@/lib/bus/postgres-bus";
import { sealAppSecret } from "@/lib/core/apps/app-secret";
import { changePlan } from "@/lib/core/apps/change-plan";
import { updateAppSecret } from "@/lib/core/apps/environment-store";
import type { Context } from "@/lib/core/context";
import { openDatabase } from "@/lib/db/database";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { createTestApp, systemOf, type TestEnvironment, testContext } from "@/test/support/context";
import { type SignedClient, signedClient, signedHeaders } from "@/test/support/signed-client";

/** Contract sections 1 to 4, over HTTP on every mount: who is let in, in which order it is checked, and the envelope. */

const context = testContext();
const GET = "/v4/user/get";
const UNBAN = "/v4/user/unban";
const okBody = { userIds: ["nobody"] };

const clientOf = (environment: TestEnvironment, baseUrl: string, now?: () => number) =>
  signedClient({ baseUrl, appKey: environment.ref.appKey, appSecret: environment.appSecret, now });

/** A second process on the same database: its own pool, bus and caches. */
async function secondProcess(first: Context & { url: string }): Promise<{ context: Context; close(): Promise<void> }> {
  const db = openDatabase({ url: first.url, poolSize: 6 });
  const bus = await connectPostgresBus({ url: first.url, pool: db.pool, log: pino({ level: "silent" }) });
  return {
    context: { ...first, db, bus },
    close: async () => {
      await bus.close();
      await db.close();
    },
  };
}

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let app: Awaited<ReturnType<typeof createTestApp>>;
  let client: SignedClient;

  beforeAll(async () => {
    api = await serveApi(context(), mount);
    app = await createTestApp(context());
    client = clientOf(app.production, api.baseUrl);
  });
  afterAll(() => api.close());

  const codeOf = async (path: string, headers: Record<string, string | null>, method = "POST") => {
    const answer = await client.send(path, okBody, { headers, method });
    return [answer.status, answer.body.code, answer.body.errorMessage] as const;
  };

  test.each(["App-Key", "Nonce", "Timestamp", "Signature"])(
    "%s is needed, and its RC- form does as well",
    async (name) => {
      const value = client.headers()[name] ?? "";
      expect(await codeOf(UNBAN, { [name]: null })).toEqual([401, 1004, `The header ${name} is missing.`]);
      expect((await codeOf(UNBAN, { [name]: "" }))[1]).toBe(1004);
      const headers: Record<string, string | null> = { ...client.headers() };
      headers[`RC-${name}`] = headers[name] ?? value;
      headers[name] = null;
      expect(await codeOf(UNBAN, headers)).toEqual([200, 0, undefined]);
    },
  );

  test("the plain header wins over its RC- form", async () => {
    expect((await codeOf(UNBAN, { "RC-Signature": "0".repeat(40) }))[1]).toBe(0);
    const { Signature } = client.headers();
    expect((await codeOf(UNBAN, { Signature: "0".repeat(40), "RC-Signature": Signature ?? "" }))[1]).toBe(1004);
  });

  test("an upper-case signature and a content type with a charset are accepted", async () => {
    const headers = client.headers();
    headers.Signature = headers.Signature?.toUpperCase() ?? "";
    headers["Content-Type"] = "Application/JSON; charset=UTF-8";
    expect((await codeOf(UNBAN, headers))[1]).toBe(0);
  });

  test("an unknown App Key is named as such", async () => {
    for (const key of ["unknownkey0001", "x".repeat(500), "'; DROP TABLE users"]) {
      expect(await codeOf(UNBAN, { "App-Key": key })).toEqual([401, 1002, "invalid App-Key."]);
    }
  });

  test.each([
    ["seconds instead of milliseconds", () => String(Math.floor(Date.now() / 1000))],
    ["six minutes ago", () => String(Date.now() - 360_000)],
    ["in six minutes", () => String(Date.now() + 360_000)],
    ["no number", () => "soon"],
    ["a leading zero", () => `0${Date.now()}`],
  ])("a timestamp that is %s is refused although signed", async (_what, timestamp) => {
    const { baseUrl } = api;
    const { appSecret, ref } = app.production;
    const text = timestamp();
    const headers = signedHeaders({ baseUrl, appKey: ref.appKey, appSecret, now: () => text as unknown as number });
    const [status, code] = await codeOf(UNBAN, headers);
    expect([status, code]).toEqual([401, 1004]);
  });

  test("a nonce of more than 18 characters is refused", async () => {
    expect((await codeOf(UNBAN, { Nonce: "1".repeat(19) }))[1]).toBe(1004);
  });

  test("a captured request cannot be split anew into another nonce and timestamp", async () => {
    const unchecked = await serveApi(context(), mount, { timestampToleranceSeconds: 0 });
    try {
      const free = clientOf(app.production, unchecked.baseUrl);
      const headers = free.headers();
      expect((await free.send(UNBAN, okBody, { headers })).body.code).toBe(0);
      const signed = `${headers.Nonce}${headers.Timestamp}`;
      const at = (headers.Nonce?.length ?? 0) - 1;
      const split = { ...headers, Nonce: signed.slice(0, at), Timestamp: signed.slice(at) };
      expect((await free.send(UNBAN, okBody, { headers: split })).body.code).toBe(1004);
    } finally {
      await unchecked.close();
    }
  });

  test("tolerance 0 accepts any timestamp, and still no replay, also after a sweep", async () => {
    const unchecked = await serveApi(context(), mount, { timestampToleranceSeconds: 0 });
    const fresh = await serveApi(context(), mount, { timestampToleranceSeconds: 0 });
    try {
      const old = clientOf(app.production, unchecked.baseUrl, () => 1_408_706_337_000);
      const headers = old.headers();
      expect((await old.send(UNBAN, okBody, { headers })).body.code).toBe(0);
      await unchecked.sweep();
      const elsewhere = clientOf(app.production, fresh.baseUrl);
      expect((await elsewhere.send(UNBAN, okBody, { headers })).body.code).toBe(1004);
    } finally {
      await unchecked.close();
      await fresh.close();
    }
  });

  test("replay protection off lets the same request through again", async () => {
    const off = await serveApi(context(), mount, { replayProtection: false });
    try {
      const free = clientOf(app.production, off.baseUrl);
      const headers = free.headers();
      expect((await free.send(UNBAN, okBody, { headers })).body.code).toBe(0);
      expect((await free.send(UNBAN, okBody, { headers })).body.code).toBe(0);
    } finally {
      await off.close();
    }
  });

  test("a replay at another process is refused, at once and after a restart; racing copies let one through", async () => {
    const other = await secondProcess(context());
    const there = await serveApi(other.context, mount);
    try {
      const clients = [client, clientOf(app.production, there.baseUrl)] as const;
      const headers = client.headers();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => clients[index % 2 === 0 ? 0 : 1].send(UNBAN, okBody, { headers })),
      );
      expect(answers.filter((answer) => answer.body.code === 0)).toHaveLength(1);
      expect(answers.filter((answer) => answer.body.code === 1004)).toHaveLength(19);
      const restarted = await serveApi(context(), mount);
      expect((await clientOf(app.production, restarted.baseUrl).send(UNBAN, okBody, { headers })).body.code).toBe(1004);
      await restarted.close();
    } finally {
      await there.close();
      await other.close();
    }
  });

  test("the sweeper forgets only nonces whose requests the clock refuses anyway", async () => {
    let now = Date.now();
    const moved = await serveApi({ ...context(), now: () => now }, mount);
    try {
      const { appKey, id: environmentId } = app.development.ref;
      const count = () => context().db.prisma.requestNonce.count({ where: { environmentId } });
      const mine = signedClient({
        baseUrl: moved.baseUrl,
        appKey,
        appSecret: app.development.appSecret,
        now: () => now,
      });
      const before = await count();
      await mine.send(UNBAN, okBody);
      now += 300_000;
      await moved.sweep();
      expect(await count()).toBe(before + 1);
      now += 70_000;
      await moved.sweep();
      expect(await count()).toBe(0);
    } finally {
      await moved.close();
    }
  });

  test("the order of checks: headers, App Key, app active, timestamp, signature, replay, path, method, body", async () => {
    const closed = await createTestApp(context());
    await changePlan(context(), systemOf(null), { appId: closed.appId, plan: "free" });
    const bad = { Signature: "0".repeat(40) };
    const stale = { Timestamp: "1408706337000" };
    const code = async (headers: Record<string, string | null>, path = "/v4/nothing", method = "GET") =>
      (await codeOf(path, headers, method)).slice(0, 2);
    expect(await code({ Nonce: null, "App-Key": "unknown" })).toEqual([401, 1004]);
    expect(await code({ ...stale, ...bad, "App-Key": "unknown" })).toEqual([401, 1002]);
    expect(await code({ ...stale, ...bad, "App-Key": closed.production.ref.appKey })).toEqual([401, 1006]);
    expect((await codeOf("/v4/nothing", { ...stale, ...bad }))[2]).toMatch(/^Timestamp/);
    expect((await codeOf("/v4/nothing", bad))[2]).toBe("The signature check failed.");
    expect(await code({})).toEqual([404, 404]);
    expect(await code({}, "/v4/user/get/")).toEqual([404, 404]);
    expect(await code({ "Content-Type": "text/plain" }, GET)).toEqual([405, 1002]);
    expect(await code({ "Content-Type": "text/plain" }, GET, "POST")).toEqual([400, 1002]);
    const used = client.headers();
    await client.send(UNBAN, okBody, { headers: used });
    expect((await codeOf("/v4/nothing", used))[2]).toMatch(/used before/);
    // the development half of the same app goes on
    expect((await clientOf(closed.development, api.baseUrl).send(UNBAN, okBody)).body.code).toBe(0);
  });

  test("X-Request-ID comes back when it is usable, and is made otherwise", async () => {
    const id = "5b0c5b6e-6f0a-4f0c-9d5e-2f7d0a3c1b11";
    const given = await client.send(UNBAN, okBody, { headers: { "X-Request-ID": id } });
    expect(given.headers.get("x-request-id")).toBe(id);
    for (const unusable of ["x".repeat(37), "with space", null]) {
      const answer = await client.send("/v4/nothing", okBody, { headers: { "X-Request-ID": unusable } });
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("a chunked body over the limit is cut off, one below it is read", async () => {
    const body = (bytes: number) => {
      let left = bytes;
      return new ReadableStream({
        pull(controller) {
          if (left <= 0) return controller.close();
          controller.enqueue(new TextEncoder().encode(" ".repeat(Math.min(left, 16_384))));
          left -= 16_384;
        },
      });
    };
    const large = await client.send(UNBAN, null, { raw: body(1_000_000) }).catch(() => null);
    if (large !== null)
      expect([large.status, large.body.errorMessage]).toEqual([400, "The request body is too large."]);
    const blank = await client.send(UNBAN, null, { raw: body(1_000) });
    expect(blank.body.code).toBe(1002);
  });

  test("a refreshed App Secret counts in another process as soon as the event arrives", async () => {
    const other = await secondProcess(context());
    const there = await serveApi(other.context, mount);
    try {
      const { development } = await createTestApp(context());
      const before = clientOf(development, there.baseUrl);
      expect((await before.send(UNBAN, okBody)).body.code).toBe(0);
      const heard = new Promise<void>((resolve) => {
        other.context.bus.subscribe((event) => {
          if (event.type === "environment.changed" && event.environmentId === development.ref.id) resolve();
        });
      });
      const sealed = sealAppSecret(context().secrets, development.ref.appKey, "another secret");
      await updateAppSecret(context().db.prisma, development.ref.id, sealed, new Date());
      await context().bus.publish({ type: "environment.changed", environmentId: development.ref.id });
      await heard;
      expect((await before.send(UNBAN, okBody)).body.code).toBe(1004);
      const after = clientOf({ ...development, appSecret: "another secret" }, there.baseUrl);
      expect((await after.send(UNBAN, okBody)).body.code).toBe(0);
    } finally {
      await there.close();
      await other.close();
    }
  });

  test("300 racing registrations in Development with 40 users end with exactly 100, at two processes", async () => {
    const other = await secondProcess(context());
    const there = await serveApi(other.context, mount);
    try {
      const { development } = await createTestApp(context());
      const clients = [clientOf(development, api.baseUrl), clientOf(development, there.baseUrl)] as const;
      const issue = (index: number, userId: string) =>
        clients[index % 2 === 0 ? 0 : 1].send("/v4/auth/access-token/issue", { userId, name: "Racer" });
      for (let index = 0; index < 40; index += 1) expect((await issue(index, `first-${index}`)).body.code).toBe(0);
      const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => issue(index, `racer-${index}`)));
      const outcomes = answers.map((answer) => `${answer.status} ${answer.body.code}`);
      expect(outcomes.filter((outcome) => outcome === "200 0")).toHaveLength(60);
      expect(outcomes.filter((outcome) => outcome === "403 2007")).toHaveLength(240);
      expect(await context().db.prisma.user.count({ where: { environmentId: development.ref.id } })).toBe(100);
      expect((await issue(0, "first-7")).body.code).toBe(0);
    } finally {
      await there.close();
      await other.close();
    }
  });

  test("a fault of ours is 500 with code 1000, says nothing about itself, and is logged with its stack", async () => {
    const lines: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
    const broken = {
      ...context(),
      log,
      secrets: {
        ...context().secrets,
        decrypt: () => {
          throw new Error("inner secret");
        },
      },
    };
    const db = openDatabase({ url: context().url, poolSize: 2 });
    const failing = await serveApi({ ...broken, db }, mount);
    try {
      const answer = await clientOf(app.production, failing.baseUrl).send(UNBAN, okBody);
      expect([answer.status, answer.body.code]).toEqual([500, 1000]);
      expect(JSON.stringify(answer.body)).not.toContain("inner");
      expect(lines.join("")).toContain("inner secret");
    } finally {
      await failing.close();
      await db.close();
    }
  });

  test("one log line for each request: request id, App Key, endpoint, code, time; no token, no signature", async () => {
    const lines: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
    const logged = await serveApi({ ...context(), log }, mount);
    try {
      const mine = clientOf(app.production, logged.baseUrl);
      const headers = mine.headers();
      const path = "/v4/auth/access-token/issue";
      const answer = await mine.send(path, { userId: "logged", name: "Private name" }, { headers });
      expect(lines).toHaveLength(1);
      const line = JSON.parse(lines[0] ?? "");
      expect(line).toMatchObject({
        appKey: app.production.ref.appKey,
        endpoint: path,
        code: 0,
        ms: expect.any(Number),
      });
      expect(line.requestId).toBe(answer.headers.get("x-request-id"));
      const { accessToken } = answer.body.result as { accessToken: string };
      for (const secret of [accessToken, headers.Signature ?? "", app.production.appSecret, "Private name"]) {
        expect(lines[0]).not.toContain(secret);
      }
    } finally {
      await logged.close();
    }
  });
});

describe("the service's HTTP server", () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await serveApi(context(), "service");
  });
  afterAll(() => api.close());

  test("whose call it was stands in the audit log by the rule of every door", async () => {
    const trusting = await serveApi(context(), "service", {}, { kind: "hops", hops: 1 });
    try {
      const { production } = await createTestApp(context());
      const ban = async (baseUrl: string, userId: string) => {
        const client = clientOf(production, baseUrl);
        const headers = { ...client.headers(), "X-Forwarded-For": "198.51.100.9, 198.51.100.1:4711" };
        const body = { userIds: [userId], durationMinutes: 5 };
        await client.send("/v4/auth/access-token/issue", { userId, name: "Someone" });
        expect((await client.send("/v4/user/ban", body, { headers })).body.code).toBe(0);
      };
      await ban(api.baseUrl, "claimed");
      await ban(trusting.baseUrl, "believed");
      const entries = await context().db.prisma.auditEntry.findMany({
        where: { environmentId: production.ref.id, action: "user.banned" },
        orderBy: { id: "asc" },
      });
      expect(entries.map(({ ip }) => ip)).toEqual(["127.0.0.1", "198.51.100.1"]);
    } finally {
      await trusting.close();
    }
  });

  test("every answer says that its type is what it says", async () => {
    for (const path of ["/healthz", "/readyz", "/", "/im", "/v4/user/get", "/v4/nothing", "/v4/openapi.json"]) {
      const answer = await fetch(`${api.baseUrl}${path}`);
      expect([path, answer.headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
      expect([path, answer.headers.get("content-type")]).toEqual([path, expect.stringMatching(/; charset=utf-8$/)]);
    }
  });

  test("health, readiness, and nothing else outside /v4/", async () => {
    expect((await fetch(`${api.baseUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${api.baseUrl}/readyz`)).status).toBe(200);
    expect((await fetch(`${api.baseUrl}/`)).status).toBe(404);
  });

  test("keeps a connection over several requests, and survives one that is no HTTP", async () => {
    const port = Number(new URL(api.baseUrl).port);
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end("nonsense\r\n\r\n"));
      socket.on("close", () => resolve()).resume();
    });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ port, path: "/healthz", headers: { connection: "keep-alive" } }, (response) => {
        response.resume();
        expect(response.headers.connection).toBe("keep-alive");
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });
});
