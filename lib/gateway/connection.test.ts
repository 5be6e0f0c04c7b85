import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import type { ClientSocket, SocketOptions } from "@/test/support/client-socket";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { notification } from "./frames";
import { MAX_FRAME_BYTES } from "./protocol";

const context = testContext();
let running: RunningGateway;
let production: TestEnvironment;
let development: TestEnvironment;
let clockOffset = 0;
/** While set, the gateway's clock stands still. */
let frozenAt: number | null = null;
const clock = () => frozenAt ?? performance.now() + clockOffset;

beforeAll(async () => {
  running = await serveGateway(context(), {}, clock);
  ({ production, development } = await createTestApp(context()));
});
afterAll(() => running?.close());

let users = 0;
const nextUser = () => {
  users += 1;
  return `user-${users}`;
};

async function connected(options: SocketOptions = {}, userId = nextUser()): Promise<ClientSocket & { userId: string }> {
  const { accessToken } = await registerUser(context(), appServerOf(production.ref), { userId, name: userId });
  const client = await running.open(options);
  expect((await client.connect({ appKey: production.ref.appKey, token: accessToken })).error).toBeUndefined();
  return { ...client, userId };
}

describe("calls", () => {
  test("are answered by id, in whatever order they end, and wrong ones say what is wrong", async () => {
    const client = await connected();
    expect((await client.call("no/such")).error).toEqual({ code: -32601, message: "There is no such method." });
    expect((await client.call("connect")).error?.code).toBe(-32601);
    expect((await client.call("toString")).error?.code).toBe(-32601);
    expect((await client.call("ping", [1, 2])).error?.code).toBe(-32600);
    const replies: unknown[] = [];
    client.ws.on("message", (data) => replies.push(JSON.parse(data.toString())));
    client.ws.send("{");
    client.ws.send('{"jsonrpc":"2.0","id":"seven","method":"ping"}');
    await expect.poll(() => replies.length).toBe(2);
    expect(replies).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: "seven", result: {} },
    ]);
  });

  test("beyond 100 in a second are refused with 20604, and work again in the next", async () => {
    const client = await connected();
    clockOffset += 1_000;
    frozenAt = clock();
    try {
      const replies = await Promise.all(Array.from({ length: 120 }, () => client.call("ping")));
      expect(replies.map((reply) => reply.error?.code ?? 0)).toEqual([...Array(100).fill(0), ...Array(20).fill(20604)]);
      frozenAt += 1_000;
      expect((await client.call("ping")).error).toBeUndefined();
    } finally {
      frozenAt = null;
    }
  });

  test("of a client that never stops end its connection with 30015", async () => {
    const client = await connected();
    const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: {} });
    for (let sent = 0; sent < 5_000; sent += 1) client.ws.send(call);
    expect(await client.closed).toEqual({ code: 4115, reason: "30015" });
  });

  test("a frame over the limit closes with 1009, and one at the limit of a message's content does not", async () => {
    const client = await connected();
    expect((await client.call("ping", { filler: "x".repeat(128 * 1024) })).error).toBeUndefined();
    client.ws.send("x".repeat(MAX_FRAME_BYTES + 1));
    expect((await client.closed).code).toBe(1009);
  });
});

describe("the hub", () => {
  test("sends to all devices of a user but the one that knows already, and to no other environment's namesake", async () => {
    const phone = await connected({}, "alice");
    const laptop = await connected({}, "alice");
    const { accessToken } = await registerUser(context(), appServerOf(development.ref), { userId: "alice", name: "A" });
    const namesake = await running.open();
    await namesake.connect({ appKey: development.ref.appKey, token: accessToken });
    const { hub } = running.gateway;
    const [first] = hub.of(production.ref.id, "alice");
    expect(hub.sendToUser(production.ref.id, "alice", notification("event/test", { n: 1 }))).toBe(2);
    expect(
      hub.sendToUser(production.ref.id, "alice", notification("event/test", { n: 2 }), {
        exceptConnection: first?.id ?? "",
      }),
    ).toBe(1);
    expect(hub.sendToUser(production.ref.id, "nobody", notification("event/test", { n: 3 }))).toBe(0);
    await expect.poll(() => phone.told.length + laptop.told.length).toBe(3);
    expect([phone, laptop].map((client) => client.told.map(({ params }) => params.n))).toContainEqual([1]);
    expect(namesake.told).toEqual([]);
  });

  test("forgets a connection as soon as its socket is gone", async () => {
    const client = await connected();
    expect(running.gateway.hub.of(production.ref.id, client.userId)).toHaveLength(1);
    client.close();
    await expect.poll(() => running.gateway.hub.of(production.ref.id, client.userId)).toEqual([]);
  });
});

describe("silence", () => {
  test("is asked about after 25 seconds, and an answer keeps the connection", async () => {
    const client = await connected();
    for (let beat = 0; beat < 5; beat += 1) {
      const asked = new Promise((resolve) => client.ws.once("ping", resolve));
      clockOffset += 25_000;
      running.gateway.sweep();
      await asked;
      // The pong is on its way before this call, so it has been heard when the call is answered.
      await client.call("ping");
    }
    expect(client.ws.readyState).toBe(client.ws.OPEN);
  });

  test("of a half-open connection ends it after a minute", async () => {
    const client = await connected({ autoPong: false });
    clockOffset += 59_000;
    running.gateway.sweep();
    expect(running.gateway.hub.of(production.ref.id, client.userId)).toHaveLength(1);
    clockOffset += 1_000;
    running.gateway.sweep();
    expect(running.gateway.hub.of(production.ref.id, client.userId)).toEqual([]);
    await client.closed;
  });
});

describe("a slow reader", () => {
  test("is cut when more than a megabyte waits for it, and takes nobody with it", async () => {
    const slow = await connected();
    const quick = await connected();
    slow.ws.pause();
    const big = notification("event/test", { filler: "x".repeat(100_000) });
    const [connection] = running.gateway.hub.of(production.ref.id, slow.userId);
    for (let sent = 0; sent < 2_000 && connection?.open; sent += 1) {
      running.gateway.hub.sendToUser(production.ref.id, slow.userId, big);
      if (sent % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connection?.open).toBe(false);
    expect(running.gateway.hub.of(production.ref.id, slow.userId)).toEqual([]);
    expect((await quick.call("ping")).error).toBeUndefined();
  });
});

describe("stopping", () => {
  test("tells everybody to connect elsewhere, takes nobody any more, and ends", async () => {
    const stopping = await serveGateway(context());
    const { accessToken } = await registerUser(context(), appServerOf(production.ref), { userId: "carol", name: "C" });
    const clients = await Promise.all(Array.from({ length: 30 }, () => stopping.open()));
    await clients[0]?.connect({ appKey: production.ref.appKey, token: accessToken });
    const drained = stopping.gateway.drain(20);
    await expect(stopping.open()).rejects.toThrow("503");
    await drained;
    for (const client of clients) expect(await client.closed).toEqual({ code: 4102, reason: "30002" });
    await stopping.close();
  });

  test("does not wait for a client that does not answer the closing", async () => {
    const stopping = await serveGateway(context());
    const client = await stopping.open();
    client.ws.pause();
    await stopping.gateway.drain(0);
    await stopping.close();
    expect(client.ws.readyState).not.toBe(client.ws.CONNECTING);
  });
});
