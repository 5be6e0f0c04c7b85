import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import { banUsers } from "@/lib/core/bans/ban-users";
import { backToRealTime } from "@/lib/core/clock/end-clock";
import { advanceClock } from "@/lib/core/clock/move-clock";
import { registerUser } from "@/lib/core/users/register-user";
import { atTheDoor } from "@/test/support/clock";
import { createTestApp, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";

const context = testContext();
const DAY_MS = 86_400_000;
let running: RunningGateway;

beforeAll(async () => {
  running = await serveGateway(context());
});
afterAll(() => running?.close());

async function registered(environment: EnvironmentRef, userId: string) {
  const door = await atTheDoor(context(), environment);
  return (await registerUser(door.context, door.server, { userId, name: userId })).accessToken;
}

async function connect({ appKey }: EnvironmentRef, token: string) {
  const client = await running.open();
  const { error, result } = await client.connect({ appKey, token });
  return { client, code: error?.code ?? 0, message: error?.message, serverTime: Number(result?.serverTime) };
}

test("a ban that the clock ends lets its user connect at once, and connections go on by the new time", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  const [token, others] = [await registered(ref, "alice"), await registered(ref, "bob")];
  const { client: bob } = await connect(ref, others);
  const door = await atTheDoor(context(), ref);
  await banUsers(door.context, door.server, { userIds: ["alice"], durationMinutes: 24 * 60 });
  expect((await connect(ref, token)).code).toBe(31009);

  await advanceClock(door.context, door.admin, { by: "7d" });
  await vi.waitFor(async () => expect((await connect(ref, token)).code).toBe(0));
  const { serverTime } = await connect(ref, token);
  expect(serverTime - context().now()).toBeGreaterThan(7 * DAY_MS - 60_000);
  // Whoever was connected before as well.
  await vi.waitFor(async () => {
    const { result } = await bob.call("ping");
    expect(Number(result?.serverTime) - context().now()).toBeGreaterThan(7 * DAY_MS - 60_000);
  });

  const under = await registered(ref, "alice");
  expect((await connect(ref, under)).code).toBe(0);
  const now = await atTheDoor(context(), ref);
  await backToRealTime(now.context, now.admin, {});
  await vi.waitFor(async () => {
    expect(await connect(ref, under)).toMatchObject({
      code: 31020,
      message: expect.stringContaining("back to real time"),
    });
  });
  expect((await connect(ref, token)).code).toBe(0);
  expect((await bob.call("user/getOwn")).error).toBeUndefined();
  await vi.waitFor(async () => {
    const { result } = await bob.call("ping");
    expect(Number(result?.serverTime) - context().now()).toBeLessThan(60_000);
  });
});

test("a token that the clock lets expire is refused at connect, and a connection with it stays", async () => {
  const { development } = await createTestApp(context());
  const { ref } = development;
  await context().db.prisma.setting.create({
    data: {
      environmentId: ref.id,
      key: "accessTokenValidityHours",
      value: 24,
      updatedAt: new Date(),
      updatedByName: "Test",
    },
  });
  const token = await registered(ref, "alice");
  const { client } = await connect(ref, token);
  const door = await atTheDoor(context(), ref);
  await advanceClock(door.context, door.admin, { by: "25h" });
  await vi.waitFor(async () => expect((await connect(ref, token)).code).toBe(31020));
  await running.gateway.recheck();
  expect((await client.call("ping")).error).toBeUndefined();
});
