import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import type { ClientSocket } from "@/test/support/client-socket";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { connectOnce, type ServiceProcess, serviceProcesses } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";

/** The gateway in several processes on one database. The long form is test/faults. */

const context = testContext();
const start = serviceProcesses();
const open: ClientSocket[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});

async function setUp() {
  const { production } = await createTestApp(context());
  const { appKey } = production.ref;
  const tokenOf = async (userId: string) =>
    (await registerUser(context(), appServerOf(production.ref), { userId, name: userId })).accessToken;
  const connect = async (at: ServiceProcess, userId: string) => {
    const { client, code } = await connectOnce(at.socketUrl, { appKey, token: await tokenOf(userId) });
    expect(code).toBe(0);
    open.push(client);
    return client;
  };
  const api = (at: ServiceProcess) => signedClient({ baseUrl: at.apiUrl, appKey, appSecret: production.appSecret });
  const status = async (at: ServiceProcess, userId: string) =>
    (await api(at).send("/v4/user/connection-status/get", { userId })).body.result;
  return { appKey, tokenOf, connect, api, status };
}

test("a ban at one process cuts at the other, and a killed process's users are offline within 15 seconds", {
  timeout: 120_000,
}, async () => {
  const environment = { DATABASE_URL: context().url };
  const [one, two] = await Promise.all([start(environment), start(environment)]);
  const { appKey, tokenOf, connect, api, status } = await setUp();

  const alice = await connect(two, "alice");
  expect(await status(one, "alice")).toEqual({ status: "1" });
  const banned = await api(one).send("/v4/user/ban", { userIds: ["alice"], durationMinutes: 5 });
  expect(banned.body.code).toBe(0);
  expect((await alice.closed).reason).toBe("31011");
  expect((await connectOnce(one.socketUrl, { appKey, token: await tokenOf("alice") })).code).toBe(31009);

  const bob = await connect(one, "bob");
  await connect(two, "carol");
  // It has beaten long enough to judge; the database says since when a process is silent.
  const killedAt = Date.now();
  one.child.kill("SIGKILL");
  await once(one.child, "exit");
  await bob.closed;
  expect(await status(two, "bob")).toEqual({ status: "1" });
  await expect.poll(() => status(two, "bob"), { timeout: 20_000, interval: 200 }).toEqual({ status: "0" });
  expect(Date.now() - killedAt).toBeLessThan(15_000);
  expect(await status(two, "carol")).toEqual({ status: "1" });
  await connect(two, "bob");
  expect(await status(two, "bob")).toEqual({ status: "1" });

  two.child.kill("SIGTERM");
  expect((await once(two.child, "exit"))[0]).toBe(0);
  expect(await context().db.prisma.connection.count()).toBe(0);
});
