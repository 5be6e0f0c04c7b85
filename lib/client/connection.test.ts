import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { banUsers } from "@/lib/core/bans/ban-users";
import { unbanUsers } from "@/lib/core/bans/unban-users";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { ConnectionStatus, ConnectionStatusHandler, DirectChannel, LogLevel, NCEngine, SendTextMessageParams } from ".";

/** The client library against a real gateway, over real sockets. */

const context = testContext();
let running: RunningGateway;
let production: TestEnvironment;
let development: TestEnvironment;
const engines: { disconnect(): Promise<unknown> }[] = [];

beforeAll(async () => {
  running = await serveGateway(context());
  ({ production, development } = await createTestApp(context()));
});
afterAll(async () => {
  for (const engine of engines) await engine.disconnect();
  await running?.close();
});

const serverUrl = () => running.url.replace("ws://", "http://").replace("/im", "");

let users = 0;
async function newUser(environment = production) {
  users += 1;
  const userId = `user-${users}`;
  const { accessToken } = await registerUser(context(), appServerOf(environment.ref), { userId, name: userId });
  return { userId, token: accessToken };
}

function newEngine(environment = production, url = serverUrl()) {
  const engine = NCEngine.create({ appKey: environment.ref.appKey, serverUrl: url });
  const changes: { status: ConnectionStatus; code: number }[] = [];
  const handler = new ConnectionStatusHandler({ onConnectionStatusChanged: (change) => changes.push(change) });
  engine.addConnectionStatusHandler("test", handler);
  engines.push(engine);
  return { engine, changes };
}

const { CONNECTED, CONNECTING, DISCONNECTED, SUSPENDED } = ConnectionStatus;

describe("connecting", () => {
  test("gives the user's id and tells the status; a second call says that it is connected", async () => {
    const { userId, token } = await newUser();
    const { engine, changes } = newEngine();
    expect(engine.getConnectionStatus()).toBe(DISCONNECTED);
    expect(await engine.connect({ token })).toEqual({ isOk: true, code: 0, data: { userId } });
    expect(changes).toEqual([
      { status: CONNECTING, code: 0 },
      { status: CONNECTED, code: 0 },
    ]);
    expect(engine.userId).toBe(userId);
    expect((await engine.connect({ token })).code).toBe(34001);
    expect(engine.getCurrentUserId()).toBe(userId);
    expect(Math.abs(engine.getServerTimeDelta())).toBeLessThan(5_000);
    expect(await engine.disconnect()).toBeUndefined();
    expect(changes.at(-1)).toEqual({ status: DISCONNECTED, code: 2 });
    expect(await engine.connect({ token })).toMatchObject({ isOk: true });
  });

  test.each([
    ["a token that is none", 31004, async () => ({ environment: production, token: "nonsense" })],
    ["an unknown App Key", 31002, async () => ({ environment: null, token: (await newUser()).token })],
    [
      "a token of the other environment",
      31025,
      async () => ({ environment: production, token: (await newUser(development)).token }),
    ],
    [
      "a banned user",
      31009,
      async () => {
        const { userId, token } = await newUser();
        await banUsers(context(), appServerOf(production.ref), { userIds: [userId], durationMinutes: 5 });
        return { environment: production, token };
      },
    ],
  ] as const)("%s is refused with %i, and not tried again", async (_what, code, prepare) => {
    const { environment, token } = await prepare();
    const { engine, changes } = newEngine(
      environment ?? { ...production, ref: { ...production.ref, appKey: "nobody-has-it" } },
    );
    expect(await engine.connect({ token })).toMatchObject({ isOk: false, code });
    expect(changes.at(-1)).toEqual({ status: DISCONNECTED, code });
    expect(await engine.userModule.getBlocklist()).toMatchObject({ isOk: false, code: 30001 });
  });

  test("without a usable address it fails at once, as a value", async () => {
    const { engine } = newEngine(production, "not an address");
    expect(await engine.connect({ token: "x" })).toMatchObject({ isOk: false, code: 31002 });
  });
});

describe("a connection that ends", () => {
  test("by a ban says so and stays ended; after the unban the app connects again", async () => {
    const { userId, token } = await newUser();
    const { engine, changes } = newEngine();
    await engine.connect({ token });
    await banUsers(context(), appServerOf(production.ref), { userIds: [userId], durationMinutes: 5 });
    await expect.poll(() => changes.at(-1)).toEqual({ status: DISCONNECTED, code: 31011 });
    expect(await engine.connect({ token })).toMatchObject({ isOk: false, code: 31009 });
    await unbanUsers(context(), appServerOf(production.ref), { userIds: [userId] });
    expect(await engine.connect({ token })).toMatchObject({ isOk: true });
  });

  test("by a network that breaks is made anew, without the app's doing", async () => {
    const { token } = await newUser();
    const { engine, changes } = newEngine();
    await engine.connect({ token });
    for (const connection of running.gateway.hub.all()) connection.socket.ws.terminate();
    await expect.poll(() => changes.map(({ status }) => status)).toContain(SUSPENDED);
    await expect.poll(() => engine.getConnectionStatus(), { timeout: 5_000 }).toBe(CONNECTED);
  });
});

describe("the usual client", () => {
  test("needs to be initialized; calls before that fail as values, mistakes of the program throw", async () => {
    expect(await NCEngine.connect({ token: "x" })).toMatchObject({ isOk: false, code: 30001 });
    expect(await NCEngine.userModule.getBlocklist()).toMatchObject({ isOk: false, code: 30001 });
    expect(() => new DirectChannel("bob")).toThrow("NCEngine.initialize");
  });

  test("is used as in the samples", async () => {
    const { userId, token } = await newUser();
    const seen: number[] = [];
    NCEngine.initialize({ appKey: production.ref.appKey, serverUrl: serverUrl() });
    NCEngine.addConnectionStatusHandler(
      "sample",
      new ConnectionStatusHandler({ onConnectionStatusChanged: ({ status }) => seen.push(status) }),
    );
    const { isOk, data } = await NCEngine.connect({ token });
    expect([isOk, data?.userId]).toEqual([true, userId]);
    expect(seen).toEqual([CONNECTING, CONNECTED]);
    // Initializing again is allowed: it ends the connection.
    NCEngine.initialize({ appKey: production.ref.appKey, logLevel: LogLevel.ERROR });
    await expect.poll(() => seen.at(-1)).toBe(DISCONNECTED);
    expect(NCEngine.getConnectionStatus()).toBe(DISCONNECTED);
    const channel = new DirectChannel("bob");
    expect(await channel.sendMessage(new SendTextMessageParams({ text: "hi" }))).toMatchObject({ code: 30001 });
  });
});

describe("an observer of frames", () => {
  function observed(onFrame: (direction: "in" | "out", text: string) => void) {
    const engine = NCEngine.create({ appKey: production.ref.appKey, serverUrl: serverUrl(), onFrame });
    engines.push(engine);
    return engine;
  }

  test("sees both directions in their order, and never a token", async () => {
    const frames: { direction: string; text: string }[] = [];
    const engine = observed((direction, text) => frames.push({ direction, text }));
    const { userId, token } = await newUser();
    expect((await engine.connect({ token })).isOk).toBe(true);
    await engine.userModule.getMyUserProfile();
    const calls = frames.map(({ direction, text }) => ({ direction, frame: JSON.parse(text) }));
    expect(calls[0]).toMatchObject({ direction: "out", frame: { method: "connect", params: { token: "***" } } });
    expect(calls[1]).toMatchObject({ direction: "in", frame: { id: calls[0]?.frame.id, result: { userId } } });
    const asked = calls.find(({ frame }) => frame.method === "profile/getOwn");
    expect(calls).toContainEqual({ direction: "in", frame: expect.objectContaining({ id: asked?.frame.id }) });
    expect(JSON.stringify(frames)).not.toContain(token);
  });

  test("a refused token is masked as well", async () => {
    const frames: string[] = [];
    const engine = observed((_direction, text) => frames.push(text));
    expect((await engine.connect({ token: "not-a-token" })).isOk).toBe(false);
    expect(frames.join("\n")).toContain('"error"');
    expect(frames.join("\n")).not.toContain("not-a-token");
  });
});
