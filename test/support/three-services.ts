import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import type { ClientSocket } from "./client-socket";
import { appServerOf, type TestContext, type TestEnvironment } from "./context";
import { type CuttableProxy, cuttableProxy } from "./cuttable-proxy";
import { hasRedis, type RedisServer, startRedis } from "./redis";
import { connectOnce, type ServiceProcess, serviceProcesses } from "./service-process";
import { signedClient } from "./signed-client";

export type Bus = "PostgreSQL" | "Redis";

/** What the bus can go over. */
export const BUSES: readonly Bus[] = ["PostgreSQL", "Redis"];

/** Whether this machine cannot run it. */
export const isMissing = (bus: Bus): boolean => bus === "Redis" && !hasRedis;

export interface ThreeServices {
  /** The ways to the database and to the bus, which are one where the bus goes over PostgreSQL. */
  readonly database: CuttableProxy;
  readonly bus: CuttableProxy;
  /** The database's address by that way, and further settings, for further processes of the installation. */
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly one: ServiceProcess;
  readonly two: ServiceProcess;
  readonly three: ServiceProcess;
}

/**
 * Three service processes on the database of a test file, whose ways to it and to Redis a test can cut. They end with the
 * test that has started them. `settings` are those that differ from the defaults.
 */
export function threeServices(
  context: () => TestContext,
): (over: Bus, settings?: Readonly<Record<string, string>>) => Promise<ThreeServices> {
  const start = serviceProcesses();
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    if (hasRedis) redis = await startRedis();
  });
  afterAll(() => redis?.close());

  const proxies: CuttableProxy[] = [];
  const services: ServiceProcess[] = [];
  afterEach(async () => {
    for (const { child } of services.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    }
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });
  const proxyTo = async (host: string, port: number): Promise<CuttableProxy> => {
    const proxy = await cuttableProxy(host, port);
    proxies.push(proxy);
    return proxy;
  };

  return async (over, settings = {}) => {
    const url = new URL(context().url);
    const database = await proxyTo(url.hostname, Number(url.port));
    url.hostname = "127.0.0.1";
    url.port = String(database.port);
    const environment: Record<string, string> = { ...settings };
    let bus = database;
    if (over === "Redis") {
      if (redis === undefined) throw new Error("there is no Redis on this machine");
      bus = await proxyTo("127.0.0.1", redis.port);
      environment.REDIS_URL = `redis://127.0.0.1:${bus.port}`;
    }
    const own = { ...environment, DATABASE_URL: url.href };
    const [one, two, three] = await Promise.all([start(own), start(own), start(own)]);
    services.push(one, two, three);
    return { database, bus, databaseUrl: url.href, environment, one, two, three };
  };
}

/** Users of one environment and its app server, at whichever service. */
export interface ServiceUsers {
  /** The code that connecting is answered with, 0 for success. */
  codeOf(at: ServiceProcess, userId: string): Promise<number>;
  connect(at: ServiceProcess, userId: string): Promise<ClientSocket>;
  /** Sends a signed request; `code` of the envelope is 0 for success. */
  send(at: { readonly apiUrl: string }, path: string, body: object): Promise<{ code: number; result?: unknown }>;
  /** Bans by the Server API; gives the code. */
  ban(at: { readonly apiUrl: string }, userId: string): Promise<number>;
  /** Whether the user is online, as `{status}`. */
  status(at: { readonly apiUrl: string }, userId: string): Promise<unknown>;
}

/**
 * Makes users of an environment with the names given, through the test's own way to the database: while nothing is lost.
 * Their connections are closed after the test.
 */
export function serviceUsers(
  context: () => TestContext,
): (environment: TestEnvironment, userIds: readonly string[]) => Promise<ServiceUsers> {
  const open: ClientSocket[] = [];
  afterEach(() => {
    for (const client of open.splice(0)) client.close();
  });
  return async ({ ref, appSecret }, userIds) => {
    const { appKey } = ref;
    const tokens = new Map<string, string>();
    for (const userId of userIds) {
      const { accessToken } = await registerUser(context(), appServerOf(ref), { userId, name: userId });
      tokens.set(userId, accessToken);
    }
    const tryConnecting = async (at: ServiceProcess, userId: string) => {
      const { client, code } = await connectOnce(at.socketUrl, { appKey, token: tokens.get(userId) ?? "" });
      if (code === 0) open.push(client);
      return { client, code };
    };
    const send: ServiceUsers["send"] = async (at, path, body) =>
      (await signedClient({ baseUrl: at.apiUrl, appKey, appSecret }).send(path, body)).body;
    return {
      codeOf: async (at, userId) => (await tryConnecting(at, userId)).code,
      async connect(at, userId) {
        const { client, code } = await tryConnecting(at, userId);
        expect(code).toBe(0);
        return client;
      },
      send,
      ban: async (at, userId) => (await send(at, "/v4/user/ban", { userIds: [userId], durationMinutes: 5 })).code,
      status: async (at, userId) => (await send(at, "/v4/user/connection-status/get", { userId })).result,
    };
  };
}
