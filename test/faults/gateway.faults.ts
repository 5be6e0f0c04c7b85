import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import type { ClientSocket } from "@/test/support/client-socket";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { hasRedis, type RedisServer, startRedis } from "@/test/support/redis";
import { connectOnce, type ServiceProcess, serviceProcesses } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";

/**
 * `npm run test:faults`: three service processes on one database lose a process, the database for 30 seconds and the
 * bus for 30 seconds. Nothing is restarted by hand. Takes some minutes.
 */

const LOSS_MS = 30_000;
const BACK_WITHIN = { timeout: 20_000, interval: 200 };

const context = testContext();
const start = serviceProcesses();
let redis: RedisServer | undefined;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterAll(() => redis?.close());

const open: ClientSocket[] = [];
const proxies: CuttableProxy[] = [];
const services: ServiceProcess[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) client.close();
  for (const { child } of services.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

async function proxyTo(host: string, port: number): Promise<CuttableProxy> {
  const proxy = await cuttableProxy(host, port);
  proxies.push(proxy);
  return proxy;
}

/** Three processes whose ways to the database and to Redis the test can cut. */
async function threeServices(over: "PostgreSQL" | "Redis") {
  const url = new URL(context().url);
  const database = await proxyTo(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(database.port);
  const environment: Record<string, string> = { DATABASE_URL: url.href };
  let bus = database;
  if (over === "Redis") {
    bus = await proxyTo("127.0.0.1", redis?.port ?? 0);
    environment.REDIS_URL = `redis://127.0.0.1:${bus.port}`;
  }
  const started = await Promise.all([start(environment), start(environment), start(environment)]);
  services.push(...started);
  const [one, two, three] = started as [ServiceProcess, ServiceProcess, ServiceProcess];
  return { database, bus, one, two, three };
}

async function users(production: TestEnvironment) {
  const { appKey } = production.ref;
  // Made before anything is lost, through the test's own way to the database.
  const tokenOf = async (userId: string) =>
    (await registerUser(context(), appServerOf(production.ref), { userId, name: userId })).accessToken;
  const tokens = new Map<string, string>();
  for (const userId of ["alice", "bob", "carol", "dave", "erin"]) tokens.set(userId, await tokenOf(userId));
  const codeOf = async (at: ServiceProcess, userId: string) => {
    const { client, code } = await connectOnce(at.socketUrl, { appKey, token: tokens.get(userId) ?? "" });
    if (code === 0) open.push(client);
    return { client, code };
  };
  const connect = async (at: ServiceProcess, userId: string) => {
    const { client, code } = await codeOf(at, userId);
    expect(code).toBe(0);
    return client;
  };
  const api = (at: ServiceProcess) => signedClient({ baseUrl: at.apiUrl, appKey, appSecret: production.appSecret });
  const ban = async (at: ServiceProcess, userId: string) =>
    (await api(at).send("/v4/user/ban", { userIds: [userId], durationMinutes: 5 })).body.code;
  const status = async (at: ServiceProcess, userId: string) =>
    (await api(at).send("/v4/user/connection-status/get", { userId })).body;
  return { codeOf, connect, ban, status };
}

describe.each(["PostgreSQL", "Redis"] as const)("three services, the bus over %s", (over) => {
  const runs = over === "PostgreSQL" || hasRedis;

  test.skipIf(!runs)("a process that is killed: its users connect elsewhere, and are offline until then", async () => {
    const { one, two, three } = await threeServices(over);
    const { connect, status, ban } = await users((await createTestApp(context())).production);
    const alice = await connect(one, "alice");
    await connect(one, "bob");
    await connect(two, "carol");
    const killedAt = Date.now();
    one.child.kill("SIGKILL");
    await once(one.child, "exit");
    await alice.closed;
    const again = await connect(three, "alice");
    await expect.poll(async () => (await status(two, "bob")).result, BACK_WITHIN).toEqual({ status: "0" });
    expect(Date.now() - killedAt).toBeLessThan(15_000);
    expect((await status(two, "alice")).result).toEqual({ status: "1" });
    expect((await status(three, "carol")).result).toEqual({ status: "1" });
    expect(await ban(two, "alice")).toBe(0);
    expect((await again.closed).reason).toBe("31011");
  });

  test.skipIf(!runs)(
    "the database away for 30 seconds: clear codes meanwhile, and everything as before afterwards",
    async () => {
      const { database, one, two, three } = await threeServices(over);
      const { connect, codeOf, status, ban } = await users((await createTestApp(context())).production);
      const alice = await connect(one, "alice");
      const bob = await connect(two, "bob");
      database.cut();
      const until = Date.now() + LOSS_MS;
      while (Date.now() < until) {
        expect((await codeOf(three, "carol")).code).toBe(31000);
        expect([1000, 1050]).toContain(await ban(one, "alice"));
        expect((await alice.call("ping")).error).toBeUndefined();
        await pause(1_000);
      }
      database.mend();
      await expect.poll(async () => (await codeOf(three, "carol")).code, BACK_WITHIN).toBe(0);
      for (const [at, userId] of [
        [two, "alice"],
        [three, "bob"],
        [one, "carol"],
      ] as const) {
        await expect.poll(async () => (await status(at, userId)).result, BACK_WITHIN).toEqual({ status: "1" });
      }
      // Nobody was taken for dead, or who was has written everything anew.
      await pause(15_000);
      for (const userId of ["alice", "bob", "carol"])
        expect((await status(two, userId)).result).toEqual({ status: "1" });
      expect(await ban(three, "alice")).toBe(0);
      expect((await alice.closed).reason).toBe("31011");
      expect((await bob.call("ping")).error).toBeUndefined();
      for (const { child } of services) expect(child.exitCode).toBeNull();
    },
  );
});

test.skipIf(!hasRedis)(
  "Redis away for 30 seconds: bans hold at once for connecting, and cut when it is back",
  async () => {
    const { bus, one, two, three } = await threeServices("Redis");
    const { connect, codeOf, ban } = await users((await createTestApp(context())).production);
    const clients = [await connect(one, "alice"), await connect(two, "alice"), await connect(three, "alice")];
    const bob = await connect(two, "bob");
    bus.cut();
    await pause(1_000);
    expect(await ban(one, "alice")).toBe(0);
    for (const at of [one, two, three]) expect((await codeOf(at, "alice")).code).toBe(31009);
    await connect(three, "carol");
    await pause(LOSS_MS);
    bus.mend();
    for (const client of clients) expect((await client.closed).reason).toBe("31011");
    expect((await bob.call("ping")).error).toBeUndefined();
    await expect
      .poll(async () => {
        const dave = await connect(one, "dave");
        await ban(two, "dave");
        return Promise.race([dave.closed.then(({ reason }) => reason), pause(2_000)]);
      }, BACK_WITHIN)
      .toBe("31011");
  },
);
