import { createConnection } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changePlan } from "@/lib/core/apps/change-plan";
import { entryOf } from "@/lib/core/apps/environment-directory";
import { refreshAppSecret } from "@/lib/core/apps/refresh-app-secret";
import { banUsers } from "@/lib/core/bans/ban-users";
import { unbanUsers } from "@/lib/core/bans/unban-users";
import { publish } from "@/lib/core/publish";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { settingsOf } from "@/lib/core/settings/settings-of";
import { makeAccessToken } from "@/lib/core/tokens/access-token";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { registerUser } from "@/lib/core/users/register-user";
import { webhookSelects } from "@/lib/core/webhooks/selected-events";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { insertTestWebhook, storedEvents } from "@/test/support/webhooks";

const context = testContext();
let running: RunningGateway;
let clockOffset = 0;
/** While set, the gateway's clock stands still. */
let frozenAt: number | null = null;

beforeAll(async () => {
  running = await serveGateway(context(), {}, () => (frozenAt ?? performance.now()) + clockOffset);
});
afterAll(() => running?.close());

async function registered(userId = "alice") {
  const app = await createTestApp(context());
  const { production } = app;
  const { accessToken } = await registerUser(context(), appServerOf(production.ref), { userId, name: "Alice" });
  return { ...app, token: accessToken, appKey: production.ref.appKey, actor: appServerOf(production.ref) };
}

/** Tries to connect; gives the refusal's code and how the socket was closed. */
async function refusal(params: { appKey: string; token: string } & Record<string, unknown>, origin?: string) {
  const client = await running.open(origin === undefined ? {} : { origin });
  const reply = await client.connect(params);
  if (reply.error === undefined) client.close();
  return { code: reply.error?.code ?? 0, error: reply.error, ...(await client.closed.then((close) => ({ close }))) };
}

describe("connecting", () => {
  test("answers who the user is, and the connection's calls work", async () => {
    const { appKey, token } = await registered();
    const client = await running.open();
    const reply = await client.connect({ appKey, token, device: "Pixel 9" });
    expect(reply).toEqual({
      jsonrpc: "2.0",
      id: 1,
      result: {
        protocol: 1,
        userId: "alice",
        connectionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        serverTime: expect.any(Number),
        heartbeatMs: 25_000,
        maxContentBytes: 131_072,
      },
    });
    expect((await client.call("user/getOwn")).result).toEqual({
      userId: "alice",
      name: "Alice",
      avatarUrl: "",
      createdAt: expect.any(Number),
    });
    expect((await client.call("ping")).result).toEqual({ serverTime: expect.any(Number) });
    expect((await client.call("disconnect")).result).toEqual({});
    expect(await client.closed).toEqual({ code: 1000, reason: "2" });
  });

  test("a webhook is told with address and port who comes online, and whether the user went offline or signed out", async () => {
    const { appKey, token, actor } = await registered();
    await insertTestWebhook(context(), actor.environment, "https://example.com/hook");
    await publish(context(), { type: "webhooks.changed", environmentId: actor.environment.id });
    await expect.poll(() => webhookSelects(context(), actor.environment.id, "user:connection_status")).toBe(true);
    const events = async () => (await storedEvents(context(), actor.environment)).map(({ data }) => data);
    for (const [index, params] of [{}, { signOut: true }].entries()) {
      const client = await running.open();
      await client.connect({ appKey, token });
      expect((await client.call("disconnect", params)).result).toEqual({});
      await expect.poll(async () => (await events()).length).toBe(2 * index + 2);
    }
    const clientIp = expect.stringMatching(/^127\.0\.0\.1:\d{4,5}$/);
    expect(await events()).toMatchObject([
      { userId: "alice", status: "0", os: "Websocket", clientIp, sessionId: expect.any(String) },
      { userId: "alice", status: "1", clientIp },
      { userId: "alice", status: "0" },
      { userId: "alice", status: "2" },
    ]);
  });

  test("several tokens and several devices of one user work together", async () => {
    const { appKey, token, actor } = await registered();
    const second = await registerUser(context(), actor, { userId: "alice", name: "Alice" });
    const phone = await running.open();
    const laptop = await running.open();
    expect((await phone.connect({ appKey, token, platform: "iOS" })).result).toMatchObject({ userId: "alice" });
    expect((await laptop.connect({ appKey, token: second.accessToken, platform: "PC" })).error).toBeUndefined();
    expect((await phone.call("ping")).error).toBeUndefined();
  });
});

describe("the check on connect", () => {
  test("31002 for an unknown App Key", async () => {
    const { token } = await registered();
    expect(await refusal({ appKey: "nobodys-key", token })).toMatchObject({
      code: 31002,
      close: { code: 4002, reason: "31002" },
    });
  });

  test("31004 for text that is no token, a forged one and a user who never was", async () => {
    const { appKey, token, production } = await registered();
    const other = await registered();
    const { tokenKey } = await entryOf(context(), production.ref);
    const forged = token.slice(0, -4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");
    const claims = { environmentId: production.ref.id, issuedAt: context().now(), expiresAt: null };
    const strangers = makeAccessToken(tokenKey, { ...claims, userId: "nobody" });
    for (const wrong of ["", "no token", forged, strangers, other.token]) {
      expect(await refusal({ appKey, token: wrong })).toMatchObject({ code: 31004, close: { code: 4004 } });
    }
  });

  test("31025 for a good token of the app's other environment, which a forged one does not learn", async () => {
    const { token, development, production } = await registered();
    expect(await refusal({ appKey: development.ref.appKey, token })).toMatchObject({ code: 31025 });
    const forged = makeAccessToken(Buffer.alloc(32), {
      environmentId: production.ref.id,
      userId: "alice",
      issuedAt: context().now(),
      expiresAt: null,
    });
    expect(await refusal({ appKey: development.ref.appKey, token: forged })).toMatchObject({ code: 31004 });
  });

  test("31020 for an expired token and for one issued before the cut-off", async () => {
    const { appKey, token, actor, production } = await registered();
    const { tokenKey } = await entryOf(context(), production.ref);
    const now = context().now();
    const claims = { environmentId: production.ref.id, userId: "alice", issuedAt: now - 10_000 };
    expect(await refusal({ appKey, token: makeAccessToken(tokenKey, { ...claims, expiresAt: now }) })).toMatchObject({
      code: 31020,
    });
    await expireTokens(context(), actor, { userIds: ["alice"], expiresAt: context().now() + 1 });
    expect(await refusal({ appKey, token })).toMatchObject({ code: 31020, close: { code: 4020, reason: "31020" } });
  });

  test("31009 while a ban runs, naming its end, and not after it", async () => {
    const { appKey, token, actor } = await registered();
    // A connect that the event overtakes is refused without naming the end; here the ban is an old one.
    const heard = new Promise<void>((resolve) => {
      const stop = context().bus.subscribe((event) => {
        if (event.type !== "users.banned" || event.environmentId !== actor.environment.id) return;
        stop();
        resolve();
      });
    });
    const { until } = await banUsers(context(), actor, { userIds: ["alice"], durationMinutes: 5 });
    await heard;
    const refused = await refusal({ appKey, token });
    expect(refused).toMatchObject({ code: 31009, close: { code: 4009, reason: "31009" } });
    expect(refused.error?.message).toContain(until.toISOString());
    await unbanUsers(context(), actor, { userIds: ["alice"] });
    const client = await running.open();
    expect((await client.connect({ appKey, token })).result).toMatchObject({ userId: "alice" });
  });

  test("31029 for a soft-deleted user", async () => {
    const { appKey, token, production } = await registered();
    await context().db.prisma.user.updateMany({
      where: { environmentId: production.ref.id },
      data: { softDeletedAt: new Date() },
    });
    expect(await refusal({ appKey, token })).toMatchObject({ code: 31029 });
  });

  test("31008 for production on the free plan", async () => {
    const { appKey, token, appId } = await registered();
    await changePlan(context(), systemOf(null), { appId, plan: "free" });
    await expect.poll(async () => (await refusal({ appKey, token })).code).toBe(31008);
  });

  test("31004 after the App Secret was refreshed", async () => {
    const { appKey, token, production } = await registered();
    await refreshAppSecret(context(), operatorOf("admin", production.ref), { disconnect: false });
    await expect.poll(async () => (await refusal({ appKey, token })).code).toBe(31004);
  });

  test("31022 for pages of origins that are not allowed; clients that are no browsers are not asked", async () => {
    const { appKey, token, development, production } = await registered();
    await changeSettings(context(), operatorOf("admin", production.ref), {
      version: 1,
      changes: { allowedOrigins: "https://chat.example.com\nhttps://beta.example.com" },
      note: "Only ours",
    });
    await expect.poll(async () => (await settingsOf(context(), production.ref.id)).allowedOrigins).toContain("beta");
    expect(await refusal({ appKey, token }, "https://evil.example.com")).toMatchObject({ code: 31022 });
    expect(await refusal({ appKey, token }, "null")).toMatchObject({ code: 31022 });
    for (const origin of ["https://chat.example.com", "https://BETA.example.com", undefined]) {
      const client = await running.open(origin === undefined ? {} : { origin });
      expect((await client.connect({ appKey, token })).error).toBeUndefined();
    }
    expect(await refusal({ appKey: development.ref.appKey, token }, "https://evil.example.com")).toMatchObject({
      code: 31025,
    });
  });

  test("31001 for another protocol version, and a named field for what cannot be read", async () => {
    const { appKey, token } = await registered();
    expect(await refusal({ appKey, token, protocol: 3 })).toMatchObject({ code: 31001 });
    expect((await refusal({ appKey, token, platform: "Fridge" })).error).toMatchObject({
      code: 1002,
      data: { field: "platform" },
    });
    expect((await refusal({ appKey, token, sdk: "s".repeat(65) })).error).toMatchObject({
      code: 1005,
      data: { field: "sdk" },
    });
    expect((await refusal({ appKey, token: 7 as unknown as string })).code).toBe(1002);
  });

  test("30015 for a user who connects over and over, and nobody else", async () => {
    const { appKey, token, actor } = await registered();
    const codes = [];
    frozenAt = performance.now();
    for (let attempt = 0; attempt < 21; attempt += 1) {
      const client = await running.open();
      codes.push((await client.connect({ appKey, token })).error?.code ?? 0);
      client.close();
    }
    expect(codes.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(codes[20]).toBe(30015);
    const bob = await registerUser(context(), actor, { userId: "bob", name: "Bob" });
    const client = await running.open();
    expect((await client.connect({ appKey, token: bob.accessToken })).error).toBeUndefined();
    frozenAt = null;
    clockOffset += 10_000;
    const later = await running.open();
    expect((await later.connect({ appKey, token })).error).toBeUndefined();
  });
});

describe("a socket that has not connected", () => {
  test("may only call connect", async () => {
    const client = await running.open();
    expect((await client.call("ping")).error?.code).toBe(30001);
    expect(await client.closed).toEqual({ code: 4101, reason: "30001" });
  });

  test.each(["not json", "[]", '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"1.0","id":1,"method":"connect","params":{}}'])(
    "is closed after %s",
    async (text) => {
      const client = await running.open();
      client.ws.send(text);
      expect((await client.closed).code).toBe(4101);
    },
  );

  test("is closed when it sends a binary frame, or text that is not UTF-8", async () => {
    const binary = await running.open();
    binary.ws.send(Buffer.from("{}"), { binary: true });
    expect((await binary.closed).code).toBe(4101);
    const broken = await running.open();
    broken.ws.send(Buffer.from([0x7b, 0xff, 0xfe]), { binary: false });
    expect((await broken.closed).code).toBe(1007);
  });

  test("is cut when it sends more than a first frame needs, without its being collected", async () => {
    const client = await running.open();
    client.ws.send(
      JSON.stringify({ jsonrpc: "2.0", id: 1, method: "connect", params: { token: "t".repeat(100_000) } }),
    );
    await client.closed;
    expect(client.told.filter(({ method }) => method !== "disconnect")).toEqual([]);
  });

  test("is closed when it has not connected within ten seconds", async () => {
    const client = await running.open();
    clockOffset += 9_000;
    running.gateway.sweep();
    expect(client.ws.readyState).toBe(client.ws.OPEN);
    clockOffset += 1_000;
    running.gateway.sweep();
    expect(await client.closed).toEqual({ code: 4103, reason: "30003" });
  });

  test("is turned away on another path, and an address that comes too often as well", async () => {
    await expect(openRaw(running.url.replace("/im", "/other"))).resolves.toContain("404 Not Found");
    const limited = await serveGateway(context(), { connectsPerAddress: 1 });
    try {
      for (let count = 0; count < 10; count += 1) await limited.open();
      const answer = await openRaw(limited.url);
      expect(answer).toContain("429 Too Many Requests");
      expect(answer).toContain("Retry-After: 10\r\n");
    } finally {
      await limited.close();
    }
  });

  test("an address has its share of the sockets that have not connected, an IPv6 host with all that are its own", async () => {
    const trustProxy = { kind: "hops", hops: 1 } as const;
    const shared = await serveGateway(context(), { connectsPerAddress: 5, trustProxy });
    try {
      const from = (address: string) => ({ headers: { "X-Forwarded-For": address } });
      const first = await shared.open(from("2001:db8:1:2::1"));
      for (let count = 1; count < 20; count += 1) await shared.open(from(`2001:db8:1:2:${count}::7`));
      const again = () => shared.open(from("[2001:DB8:1:2:ffff::]:443"));
      await expect(again()).rejects.toThrow("429");
      await shared.open(from("2001:db8:1:3::1"));
      first.close();
      await expect.poll(() => shared.gateway.waiting()).toBe(20);
      await again();
    } finally {
      await shared.close();
    }
  });

  test("who connects is known by the rule of every door, whatever a header claims", async () => {
    const { appKey, token, production } = await registered();
    const where = { environmentId: production.ref.id };
    const believing = await serveGateway(context(), { trustProxy: { kind: "hops", hops: 1 } });
    try {
      const headers = { "X-Forwarded-For": "198.51.100.9, [2001:DB8::7]:443" };
      const told = await running.open({ headers });
      expect((await told.connect({ appKey, token })).error).toBeUndefined();
      const believed = await believing.open({ headers });
      expect((await believed.connect({ appKey, token })).error).toBeUndefined();
      const stored = await context().db.prisma.connection.findMany({ where });
      expect(stored.map(({ ip }) => ip).sort()).toEqual(["127.0.0.1", "2001:db8::7"]);
    } finally {
      await believing.close();
    }
  });
});

/** The first line that a WebSocket request is answered with. */
function openRaw(url: string): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname, () => {
      socket.write(
        `GET ${pathname} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
    });
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
