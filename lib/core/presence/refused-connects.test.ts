import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLOSINGS } from "@/lib/gateway/protocol";
import { appServerOf, createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { banUsers } from "../bans/ban-users";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { registerUser } from "../users/register-user";
import { listRefusedConnects } from "./list-refused-connects";
import { deleteOldRefusedConnects, REFUSED_KEPT_DAYS, writeRefusedConnects } from "./refused-connect-store";

const context = testContext();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await serveGateway(context());
});
afterAll(() => gateway?.close());

const refusedOf = (environment: TestEnvironment, userId: string) =>
  listRefusedConnects(context(), operatorOf("viewer", environment.ref), { userId });

async function tryToConnect(environment: TestEnvironment, token: string, platform: string) {
  const client = await gateway.open();
  const reply = await client.connect({ appKey: environment.ref.appKey, token, platform, device: "Pixel 9" });
  expect(reply.error).toBeDefined();
  await client.closed;
}

describe("refused connects", () => {
  test("are counted by day, code and platform for the user whom the token proves", async () => {
    const { development } = await createTestApp(context());
    const server = appServerOf(development.ref);
    const { accessToken } = await registerUser(context(), server, { userId: "alice", name: "Alice" });
    await banUsers(context(), server, { userIds: ["alice"], durationMinutes: 60 });
    await tryToConnect(development, accessToken, "Android");
    await tryToConnect(development, accessToken, "Android");
    await tryToConnect(development, accessToken, "Web");
    await expect
      .poll(async () => {
        await gateway.gateway.presence.beat();
        return (await refusedOf(development, "alice")).map(({ platform, count }) => `${platform} ${count}`).sort();
      })
      .toEqual(["Android 2", "Web 1"]);
    const [row] = await refusedOf(development, "alice");
    expect(row).toMatchObject({ code: "user_banned", clientCode: 31009, device: "Pixel 9", ip: "127.0.0.1" });
  });

  test("are answered and counted also where a ban's event is faster than the check, which still saw none", async () => {
    const { development } = await createTestApp(context());
    const { accessToken } = await registerUser(context(), appServerOf(development.ref), {
      userId: "alice",
      name: "Alice",
    });
    const client = await gateway.open();
    const answered = client.connect({ appKey: development.ref.appKey, token: accessToken, platform: "iOS" });
    const { hub } = gateway.gateway;
    while (!hub.has(development.ref.id, "alice")) await new Promise(setImmediate);
    for (const connection of hub.of(development.ref.id, "alice")) connection.cut(CLOSINGS.banned);
    expect((await answered).error).toMatchObject({ code: 31009 });
    expect(await client.closed).toEqual({ code: 4009, reason: "31009" });
    expect(client.told).toEqual([]);
    await expect
      .poll(async () => {
        await gateway.gateway.presence.beat();
        return refusedOf(development, "alice");
      })
      .toMatchObject([{ code: "user_banned", clientCode: 31009, platform: "iOS", count: 1 }]);
  });

  test("a token that was made up notes nothing, whomever it names", async () => {
    const { development } = await createTestApp(context());
    const stranger = await createTestApp(context());
    await registerUser(context(), appServerOf(development.ref), { userId: "alice", name: "Alice" });
    const forged = await registerUser(context(), appServerOf(stranger.development.ref), {
      userId: "alice",
      name: "Mallory",
    });
    await tryToConnect(development, forged.accessToken, "Android");
    await tryToConnect(development, "nonsense", "Android");
    await gateway.gateway.presence.beat();
    expect(await refusedOf(development, "alice")).toEqual([]);
  });

  test("of a soft-deleted user say nothing but code and time, and go with the user", async () => {
    const { development } = await createTestApp(context());
    const server = appServerOf(development.ref);
    await registerUser(context(), server, { userId: "alice", name: "Alice" });
    const at = new Date(context().now());
    const refusal = {
      environmentId: development.ref.id,
      userId: "alice",
      code: "user_banned",
      platform: "iOS",
      count: 1,
      firstAt: at,
      lastAt: at,
      sdk: "sdk",
      device: "iPhone",
      ip: "192.0.2.1",
    };
    await writeRefusedConnects(context().db, [refusal, { ...refusal, userId: "nobody" }]);
    await softDeleteUsers(context(), server, { userIds: ["alice"] });
    expect(await refusedOf(development, "alice")).toEqual([]);
    await writeRefusedConnects(context().db, [{ ...refusal, code: "user_soft_deleted" }]);
    expect(await refusedOf(development, "alice")).toMatchObject([
      { code: "user_soft_deleted", count: 1, device: "", ip: "", sdk: "" },
    ]);
    expect(await refusedOf(development, "nobody")).toEqual([]);
  });

  test("are forgotten after 30 days", async () => {
    const { development } = await createTestApp(context());
    await registerUser(context(), appServerOf(development.ref), { userId: "alice", name: "Alice" });
    const days = [0, REFUSED_KEPT_DAYS - 1, REFUSED_KEPT_DAYS + 1];
    for (const day of days) {
      const at = new Date(context().now() - day * 86_400_000);
      await writeRefusedConnects(context().db, [
        {
          environmentId: development.ref.id,
          userId: "alice",
          code: "token_expired",
          platform: "Web",
          count: 1,
          firstAt: at,
          lastAt: at,
          sdk: "",
          device: "",
          ip: "",
        },
      ]);
    }
    await deleteOldRefusedConnects(context().db.prisma, new Date(context().now()), 1_000);
    expect(await refusedOf(development, "alice")).toHaveLength(2);
  });
});
