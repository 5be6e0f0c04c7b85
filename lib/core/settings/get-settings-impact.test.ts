import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { MESSAGE_RETENTION_MS } from "../messages/schema";
import { countedChange, IMPACT_FIGURES } from "./facts";
import { getSettingsImpact } from "./get-settings-impact";

const context = testContext();

async function insertMessages(
  { id: environmentId }: EnvironmentRef,
  messages: ReadonlyArray<{ from: string; to: string; kind?: number; byServer?: boolean; age?: number }>,
) {
  await context().db.prisma.message.createMany({
    data: messages.map(({ from, to, kind = 1, byServer = false, age = 0 }, index) => ({
      environmentId,
      sequence: BigInt(index + 1),
      slot: 0,
      kind,
      sentAt: BigInt(context().now() - age),
      senderId: from,
      targetId: to,
      type: "t",
      content: "",
      clientKey: byServer ? null : crypto.randomUUID(),
    })),
  });
}

test("each figure counts what the change would act on, in this environment alone", async () => {
  const { development, production } = await createTestApp(context());
  const { prisma } = context().db;
  const environmentId = production.ref.id;
  await insertTestUsers(context(), production.ref, [
    { userId: "ann", connections: 2 },
    { userId: "bob", connections: 1 },
    { userId: "cat" },
    { userId: "gone", softDeletedAt: context().now() },
  ]);
  await insertTestUsers(context(), development.ref, [{ userId: "dev", connections: 2 }]);
  await prisma.user.updateMany({ where: { environmentId, userId: "bob" }, data: { profileVisibility: 2 } });
  await prisma.user.updateMany({
    where: { environmentId, userId: { in: ["bob", "cat"] } },
    data: { friendPermission: 1 },
  });
  await prisma.friendship.createMany({
    data: [
      { environmentId, userId: "ann", friendId: "bob", addedAt: new Date() },
      { environmentId, userId: "bob", friendId: "ann", addedAt: new Date() },
    ],
  });
  await insertMessages(production.ref, [
    { from: "ann", to: "bob" },
    { from: "ann", to: "cat" },
    { from: "cat", to: "ann" },
    { from: "bob", to: "group", kind: 3 },
    { from: "bob", to: "cat", byServer: true },
    { from: "bob", to: "cat", age: MESSAGE_RETENTION_MS + 1 },
  ]);
  await prisma.userProfile.createMany({
    data: [
      {
        environmentId,
        userId: "ann",
        extended: { ext_team: "a", ext_rank: "b" },
        version: 1n,
        registeredAt: new Date(),
      },
      { environmentId, userId: "bob", extended: { ext_other: "a" }, version: 1n, registeredAt: new Date() },
    ],
  });

  const impact = await getSettingsImpact(context(), operatorOf("viewer", production.ref), {
    figures: IMPACT_FIGURES.join(","),
    keys: "ext_team,ext_rank",
  });
  const exactly = (count: number) => ({ count, capped: false, whole: true });
  expect(impact).toEqual({
    strangers: exactly(1),
    connectedTwice: exactly(1),
    withoutVisibility: exactly(2),
    withoutLevel: exactly(1),
    profiles: exactly(1),
  });
});

test("only what is asked for is counted, and what nobody knows is left out", async () => {
  const { development } = await createTestApp(context());
  const viewer = operatorOf("viewer", development.ref);
  expect(await getSettingsImpact(context(), viewer, { figures: "withoutLevel,nonsense" })).toEqual({
    withoutLevel: { count: 0, capped: false, whole: true },
  });
  expect(await getSettingsImpact(context(), viewer, {})).toEqual({});
});

test("a change asks for a figure only in the direction in which it acts on something", () => {
  expect(countedChange("restrictDirectMessagingToFriends", false, true)?.figure).toBe("strangers");
  expect(countedChange("restrictDirectMessagingToFriends", true, false)).toBeNull();
  expect(countedChange("profileKeys", [{ key: "ext_a" }, { key: "ext_b" }], [{ key: "ext_b" }])?.keys).toEqual([
    "ext_a",
  ]);
  expect(countedChange("profileKeys", [{ key: "ext_a", label: "A" }], [{ key: "ext_a" }])).toBeNull();
  expect(countedChange("accessTokenValidityHours", null, 5)).toBeNull();
});
