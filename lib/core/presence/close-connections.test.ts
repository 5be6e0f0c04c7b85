import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClientSocket } from "@/test/support/client-socket";
import { appServerOf, createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { insertTestUsers } from "@/test/support/users";
import { banConnectedUsers } from "../bans/ban-connected-users";
import { countOnlineNow } from "../overview/get-overview";
import { registerUser } from "../users/register-user";
import { awaitOffline } from "./await-offline";
import { closeConnections } from "./close-connections";
import { listConnections } from "./list-connections";
import type { Platform } from "./schema";

const context = testContext();
let one: RunningGateway;
let two: RunningGateway;

beforeAll(async () => {
  one = await serveGateway(context());
  two = await serveGateway(context());
});
afterAll(async () => {
  await one?.close();
  await two?.close();
});

async function connected(
  environment: TestEnvironment,
  userId: string,
  at: RunningGateway,
  platform: Platform = "Android",
): Promise<ClientSocket> {
  const { accessToken } = await registerUser(context(), appServerOf(environment.ref), { userId, name: userId });
  const client = await at.open();
  const reply = await client.connect({
    appKey: environment.ref.appKey,
    token: accessToken,
    platform,
    device: "Pixel 9",
  });
  expect(reply.error).toBeUndefined();
  return client;
}

const support = (environment: TestEnvironment) => operatorOf("support", environment.ref);
const list = (environment: TestEnvironment, userId: string) =>
  listConnections(context(), support(environment), { userId });

describe("an operator", () => {
  test("sees a user's connections on every process, newest first, and nobody else's", async () => {
    const { production, development } = await createTestApp(context());
    await connected(production, "alice", one);
    await connected(production, "alice", two);
    await connected(production, "bob", one);
    await connected(development, "alice", one);
    const { connections, capped } = await list(production, "alice");
    expect(capped).toBe(false);
    expect(connections).toHaveLength(2);
    expect(connections[0]).toMatchObject({ platform: "Android", sdk: "test/1", device: "Pixel 9", ip: "127.0.0.1" });
    const [newer = 0, older = 0] = connections.map((row) => row.connectedAt.getTime());
    expect(newer).toBeGreaterThanOrEqual(older);
    expect(await countOnlineNow(context(), support(production))).toEqual({
      users: { count: 2, capped: false },
      connections: { count: 3, capped: false },
    });
  });

  test("closes all but one, and those of one platform, on whatever process", async () => {
    const { production } = await createTestApp(context());
    const web = await connected(production, "alice", one, "Web");
    const phones = [await connected(production, "alice", one, "iOS"), await connected(production, "alice", two, "iOS")];
    const pc = await connected(production, "alice", two, "PC");
    const other = await connected(production, "bob", two, "iOS");
    const close = (narrowed: object) =>
      closeConnections(context(), support(production), { userId: "alice", connectionId: null, ...narrowed });
    expect(await close({ platform: "iOS" })).toEqual({ found: 2, closed: 2 });
    for (const phone of phones) expect((await phone.closed).reason).toBe("31010");
    const { connections } = await list(production, "alice");
    const exceptId = connections.find(({ platform }) => platform === "Web")?.id;
    expect(await close({ exceptId })).toEqual({ found: 1, closed: 1 });
    expect((await pc.closed).reason).toBe("31010");
    expect((await web.call("ping")).error).toBeUndefined();
    expect((await other.call("ping")).error).toBeUndefined();
    expect(await close({ platform: "HarmonyOS" })).toEqual({ found: 0, closed: 0 });
  });

  test("closes one, then all, on whatever process, and is told how many are gone", async () => {
    const { production } = await createTestApp(context());
    const clients = [await connected(production, "alice", one), await connected(production, "alice", two)];
    const stays = await connected(production, "bob", two);
    const { connections } = await list(production, "alice");
    const connectionId = connections[0]?.id ?? "";
    const closed = await closeConnections(context(), support(production), { userId: "alice", connectionId });
    expect(closed).toEqual({ found: 1, closed: 1 });
    expect((await list(production, "alice")).connections.map(({ id }) => id)).toEqual([connections[1]?.id]);
    const all = { userId: "alice", connectionId: null };
    expect(await closeConnections(context(), support(production), all)).toEqual({ found: 1, closed: 1 });
    for (const client of clients) expect((await client.closed).reason).toBe("31010");
    expect((await stays.call("ping")).error).toBeUndefined();
    expect(await closeConnections(context(), support(production), all)).toEqual({ found: 0, closed: 0 });
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: production.ref.id, action: "user.connections_closed" },
    });
    expect(entries).toMatchObject([
      { targetId: "alice", after: { connections: 1 } },
      { targetId: "alice", after: { connections: 1 } },
    ]);
  });

  test("who only looks on, a user who never was and a connection that has ended are refused", async () => {
    const { production } = await createTestApp(context());
    await connected(production, "alice", one);
    const close = (role: "viewer" | "support", userId: string, connectionId: string | null) =>
      closeConnections(context(), operatorOf(role, production.ref), { userId, connectionId });
    await expect(close("viewer", "alice", null)).rejects.toMatchObject({ code: "forbidden" });
    await expect(close("support", "nobody", null)).rejects.toMatchObject({ code: "user_not_found" });
    const ended = "7b0c5b6e-6f0a-4f0c-9d5e-2f7d0a3c1b11";
    await expect(close("support", "alice", ended)).rejects.toMatchObject({ code: "not_found" });
    expect((await list(production, "alice")).connections).toHaveLength(1);
  });

  test("is told of a ban how many connections it closed, and claims nothing of those it did not see go", async () => {
    const { production } = await createTestApp(context());
    await connected(production, "alice", one);
    await connected(production, "alice", two);
    await connected(production, "bob", two);
    // Held by a process that has died: nobody removes its row within two seconds.
    await insertTestUsers(context(), production.ref, [{ userId: "ghost", connections: 1 }, { userId: "offline" }]);
    const ban = (userIds: string[]) =>
      banConnectedUsers(context(), support(production), { userIds, durationMinutes: 5, reason: "spam" });
    expect(await ban(["alice", "nobody", "offline"])).toMatchObject({
      banned: ["alice", "offline"],
      unknown: ["nobody"],
      connections: 2,
    });
    const open = (userIds: string[]) => awaitOffline(context(), support(production), { userIds });
    expect(await open(["alice", "offline"])).toEqual({ open: 0 });
    expect((await ban(["bob"])).connections).toBe(1);
    expect((await ban(["ghost"])).connections).toBe(1);
    expect(await open(["alice", "bob", "ghost", "nobody"])).toEqual({ open: 1 });
    expect((await ban(["offline"])).connections).toBe(0);
  });
});
