import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bus, BusEvent, BusListener } from "@/lib/bus/bus";
import { changePlan } from "@/lib/core/apps/change-plan";
import { refreshAppSecret } from "@/lib/core/apps/refresh-app-secret";
import { banUsers } from "@/lib/core/bans/ban-users";
import { deleteTestUser } from "@/lib/core/deletion/delete-test-user";
import { publish } from "@/lib/core/publish";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { settingsOf } from "@/lib/core/settings/settings-of";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { invalidateTokens } from "@/lib/core/tokens/invalidate-tokens";
import { registerUser } from "@/lib/core/users/register-user";
import type { ClientSocket } from "@/test/support/client-socket";
import {
  appServerOf,
  createTestApp,
  operatorOf,
  systemOf,
  type TestEnvironment,
  testContext,
} from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";

const context = testContext();
/** Two gateways on one database and bus, as two processes are. */
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

async function tokenOf(environment: TestEnvironment, userId: string): Promise<string> {
  return (await registerUser(context(), appServerOf(environment.ref), { userId, name: userId })).accessToken;
}

async function connected(
  environment: TestEnvironment,
  token: string,
  at: RunningGateway = one,
  platform = "Web",
): Promise<ClientSocket> {
  const client = await at.open();
  const reply = await client.connect({ appKey: environment.ref.appKey, token, platform });
  expect(reply.error).toBeUndefined();
  return client;
}

const told = (client: ClientSocket) => client.told.map(({ method, params }) => [method, params.code]);

describe("cut at once", () => {
  test("a ban closes every connection of the user on every process with 31011, and nobody else's", async () => {
    const { production, development } = await createTestApp(context());
    const token = await tokenOf(production, "alice");
    const hers = [await connected(production, token, one, "iOS"), await connected(production, token, two, "PC")];
    const bob = await connected(production, await tokenOf(production, "bob"));
    const namesake = await connected(development, await tokenOf(development, "alice"));
    await banUsers(context(), appServerOf(production.ref), { userIds: ["alice"], durationMinutes: 5 });
    for (const client of hers) {
      expect(await client.closed).toEqual({ code: 4011, reason: "31011" });
      expect(told(client)).toEqual([["disconnect", 31011]]);
    }
    expect((await bob.call("ping")).error).toBeUndefined();
    expect((await namesake.call("ping")).error).toBeUndefined();
  });

  test("soft delete closes with 31029, deletion of a test user with 31004", async () => {
    const { development } = await createTestApp(context());
    const gone = await connected(development, await tokenOf(development, "gone"));
    const deleted = await connected(development, await tokenOf(development, "deleted"));
    await publish(context(), {
      type: "users.soft_deleted",
      environmentId: development.ref.id,
      userIds: ["gone"],
    });
    expect(await gone.closed).toEqual({ code: 4029, reason: "31029" });
    const admin = operatorOf("admin", development.ref);
    await deleteTestUser(context(), admin, { userId: "deleted", confirmation: "deleted" });
    expect(await deleted.closed).toEqual({ code: 4004, reason: "31004" });
  });

  test("the change to the free plan closes production with 31008, and development stays", async () => {
    const { appId, production, development } = await createTestApp(context());
    const cut = [
      await connected(production, await tokenOf(production, "alice"), one),
      await connected(production, await tokenOf(production, "bob"), two),
    ];
    const stays = await connected(development, await tokenOf(development, "alice"));
    await changePlan(context(), systemOf(null), { appId, plan: "free" });
    for (const client of cut) expect(await client.closed).toEqual({ code: 4008, reason: "31008" });
    expect((await stays.call("ping")).error).toBeUndefined();
  });

  test("what is sent after the closing is neither carried out nor answered", async () => {
    const { production } = await createTestApp(context());
    const client = await connected(production, await tokenOf(production, "alice"));
    const [connection] = one.gateway.hub.of(production.ref.id, "alice");
    await banUsers(context(), appServerOf(production.ref), { userIds: ["alice"], durationMinutes: 5 });
    client.call("ping").catch(() => {});
    await client.closed;
    expect(connection?.open).toBe(false);
    expect(client.told.map(({ method }) => method)).toEqual(["disconnect"]);
  });

  test("expired tokens and a new App Secret cut nobody", async () => {
    const { production } = await createTestApp(context());
    const client = await connected(production, await tokenOf(production, "alice"));
    await expireTokens(context(), appServerOf(production.ref), { userIds: ["alice"], expiresAt: context().now() });
    const heard = nextEvent("environment.changed", production.ref.id);
    await refreshAppSecret(context(), operatorOf("admin", production.ref), { disconnect: false });
    await heard;
    expect((await client.call("user/getOwn")).result).toMatchObject({ userId: "alice" });
  });

  test("an operator who asks for it also disconnects whose tokens are invalidated, across processes, and nobody else", async () => {
    const { production } = await createTestApp(context());
    const support = operatorOf("support", production.ref);
    const hers = [
      await connected(production, await tokenOf(production, "alice"), one, "iOS"),
      await connected(production, await tokenOf(production, "alice"), two, "PC"),
    ];
    const bob = await connected(production, await tokenOf(production, "bob"));
    const asked = { userIds: ["alice", "nobody"], disconnect: true };
    expect(await invalidateTokens(context(), support, asked)).toMatchObject({ userIds: ["alice"], disconnected: 2 });
    for (const client of hers) expect(await client.closed).toEqual({ code: 4010, reason: "31010" });
    expect(await invalidateTokens(context(), support, { userIds: ["bob"] })).toMatchObject({ disconnected: 0 });
    expect((await bob.call("ping")).error).toBeUndefined();
    const where = { environmentId: production.ref.id, action: "user.connections_closed" };
    expect(await context().db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { targetId: "alice", after: { connections: 2 } },
    ]);
  });

  test("a new App Secret disconnects everybody of the environment where that is asked for, and says how many", async () => {
    const { production, development } = await createTestApp(context());
    const cut = [
      await connected(production, await tokenOf(production, "alice"), one),
      await connected(production, await tokenOf(production, "bob"), two),
    ];
    const stays = await connected(development, await tokenOf(development, "alice"));
    const admin = operatorOf("admin", production.ref);
    expect(await refreshAppSecret(context(), admin, { disconnect: true })).toMatchObject({ disconnected: 2 });
    for (const client of cut) expect(await client.closed).toEqual({ code: 4010, reason: "31010" });
    expect((await stays.call("ping")).error).toBeUndefined();
    const where = { environmentId: production.ref.id, action: "keys.secret_refreshed" };
    const entry = await context().db.prisma.auditEntry.findFirst({ where });
    expect(entry?.after).toEqual({ disconnected: 2 });
  });

  test("of two devices of one platform the older is replaced with 31010 where the setting says so, across processes", async () => {
    const { production } = await createTestApp(context());
    const token = await tokenOf(production, "alice");
    const both = [await connected(production, token, one, "iOS"), await connected(production, token, two, "iOS")];
    for (const client of both) expect((await client.call("ping")).error).toBeUndefined();
    await changeSettings(context(), operatorOf("admin", production.ref), {
      version: 1,
      changes: { samePlatformConnections: "replace" },
      note: "One phone each",
    });
    await expect
      .poll(async () => (await settingsOf(context(), production.ref.id)).samePlatformConnections)
      .toBe("replace");
    const laptop = await connected(production, token, two, "PC");
    const newest = await connected(production, token, two, "iOS");
    for (const client of both) expect(await client.closed).toEqual({ code: 4010, reason: "31010" });
    for (const client of [laptop, newest]) expect((await client.call("ping")).error).toBeUndefined();
  });

  test("of many devices that connect at the same moment on two processes exactly one stays", async () => {
    const { production } = await createTestApp(context());
    const token = await tokenOf(production, "alice");
    await changeSettings(context(), operatorOf("admin", production.ref), {
      version: 1,
      changes: { samePlatformConnections: "replace" },
      note: "One phone each",
    });
    await expect
      .poll(async () => (await settingsOf(context(), production.ref.id)).samePlatformConnections)
      .toBe("replace");
    const clients = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : two).open()));
    await Promise.allSettled(
      clients.map((client) => client.connect({ appKey: production.ref.appKey, token, platform: "iOS" })),
    );
    const here = () => [one, two].flatMap(({ gateway }) => gateway.hub.of(production.ref.id, "alice"));
    await expect.poll(() => here().length).toBe(1);
    await pause(50);
    expect(here()).toHaveLength(1);
  });
});

describe("no ban slips through", () => {
  test("of users who connect while they are banned none stays connected", async () => {
    const { production } = await createTestApp(context());
    const actor = appServerOf(production.ref);
    const userIds = Array.from({ length: 150 }, (_, n) => `user-${n}`);
    const tokens = await Promise.all(userIds.map((userId) => tokenOf(production, userId)));
    const clients = await Promise.all(userIds.map((_, n) => (n % 2 === 0 ? one : two).open()));
    await Promise.all(
      userIds.map(async (userId, n) => {
        const client = clients[n] as ClientSocket;
        const connecting = pause((n * 7) % 20)
          .then(() => client.connect({ appKey: production.ref.appKey, token: tokens[n] as string }))
          // Answered also where the event cuts it in the middle of its handshake.
          .then(({ result, error }) => expect(result ? 0 : error?.code).toBeOneOf([0, 31009]));
        const banning = pause((n * 11) % 20).then(() =>
          banUsers(context(), actor, { userIds: [userId], durationMinutes: 5 }),
        );
        await Promise.all([connecting, banning]);
        expect(["31009", "31011"]).toContain((await client.closed).reason);
      }),
    );
    expect([
      ...one.gateway.hub.inEnvironment(production.ref.id),
      ...two.gateway.hub.inEnvironment(production.ref.id),
    ]).toEqual([]);
    // Who was cut in the middle of a handshake does not count as waiting for ever.
    await expect.poll(() => one.gateway.waiting() + two.gateway.waiting()).toBe(0);
  });

  test("a ban whose event was never sent is noticed when everybody is looked at, as happens each minute", async () => {
    const { production } = await createTestApp(context());
    const alice = await connected(production, await tokenOf(production, "alice"));
    const bob = await connected(production, await tokenOf(production, "bob"));
    await context().db.prisma.user.updateMany({
      where: { environmentId: production.ref.id, userId: "alice" },
      data: { bannedUntil: new Date(context().now() + 60_000) },
    });
    await one.gateway.recheck();
    expect((await alice.closed).reason).toBe("31011");
    expect((await bob.call("ping")).error).toBeUndefined();
  });

  test("who was banned, soft-deleted, deleted or closed out while the bus was away is cut when it is back", async () => {
    const bus = brokenBus(context().bus);
    const away = await serveGateway({ ...context(), bus });
    try {
      const { appId, production, development } = await createTestApp(context());
      const at = async (environment: TestEnvironment, userId: string) =>
        connected(environment, await tokenOf(environment, userId), away);
      const banned = await at(development, "banned");
      const softDeleted = await at(development, "soft-deleted");
      const deleted = await at(development, "deleted");
      const stays = await at(development, "stays");
      const closedOut = await at(production, "alice");
      bus.lose();
      await banUsers(context(), appServerOf(development.ref), { userIds: ["banned"], durationMinutes: 5 });
      await context().db.prisma.user.updateMany({
        where: { environmentId: development.ref.id, userId: "soft-deleted" },
        data: { softDeletedAt: new Date() },
      });
      const admin = operatorOf("admin", development.ref);
      await deleteTestUser(context(), admin, { userId: "deleted", confirmation: "deleted" });
      await changePlan(context(), systemOf(null), { appId, plan: "free" });
      expect((await banned.call("ping")).error).toBeUndefined();
      bus.comeBack();
      expect((await banned.closed).reason).toBe("31011");
      expect((await softDeleted.closed).reason).toBe("31029");
      expect((await deleted.closed).reason).toBe("31004");
      expect((await closedOut.closed).reason).toBe("31008");
      expect((await stays.call("ping")).error).toBeUndefined();
    } finally {
      await away.close();
    }
  });
});

function nextEvent(type: BusEvent["type"], environmentId: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = context().bus.subscribe((event) => {
      if (event.type !== type || event.environmentId !== environmentId) return;
      stop();
      resolve();
    });
  });
}

/** A bus whose connection can be lost: then nothing arrives, and what came meanwhile is never told. */
function brokenBus(real: Bus): Bus & { lose(): void; comeBack(): void } {
  const gaps = new Set<() => void>();
  let connected = true;
  const gap = () => {
    for (const listener of gaps) listener();
  };
  return {
    ...real,
    subscribe: (listener: BusListener) => real.subscribe((event) => connected && listener(event)),
    onGap(listener) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
    connected: () => connected,
    lose() {
      connected = false;
      gap();
    },
    comeBack() {
      connected = true;
      gap();
    },
  };
}
