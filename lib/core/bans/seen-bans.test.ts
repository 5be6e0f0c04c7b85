import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { Operator } from "../actor";
import { banUsers } from "./ban-users";
import type { SeenBan } from "./seen-ban-schema";
import { unbanSeenUsers, unbanUsers } from "./unban-users";
import { undoBans } from "./undo-bans";

const context = testContext();
const DAY_MS = 86_400_000;

interface World {
  readonly environment: TestEnvironment;
  readonly ana: Operator;
  readonly ben: Operator;
}

async function world(...userIds: string[]): Promise<World> {
  const { development } = await createTestApp(context());
  await insertTestUsers(
    context(),
    development.ref,
    userIds.map((userId) => ({ userId })),
  );
  const support = operatorOf("support", development.ref);
  return { environment: development, ana: { ...support, name: "Ana" }, ben: { ...support, name: "Ben" } };
}

const none = (userId: string): SeenBan => ({ userId, bannedUntil: null });

async function stored({ environment: { ref } }: World, userId: string) {
  const user = await context().db.prisma.user.findUniqueOrThrow({
    where: { environmentId_userId: { environmentId: ref.id, userId } },
  });
  const running = await context().db.prisma.ban.findMany({
    where: { environmentId: ref.id, userId, endsAt: { gt: new Date(context().now()) } },
  });
  expect(running).toHaveLength(user.bannedUntil === null ? 0 : 1);
  const [ban] = running;
  return { until: user.bannedUntil, reason: ban?.reason, by: ban?.bannedByName, id: ban?.id };
}

const ban = (operator: Operator, userId: string, minutes: number, seen: SeenBan = none(userId), reason = "spam") =>
  banUsers(context(), operator, { userIds: [userId], durationMinutes: minutes, reason, seen: [seen] });

describe("a ban carries what its page showed", () => {
  test("somebody banned meanwhile: nothing is done, and the answer says who, what and until when", async () => {
    const at = await world("isla");
    const { until } = await ban(at.ana, "isla", 600);
    const refused = await ban(at.ben, "isla", 5).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "version_conflict",
      conflict: { by: "Ana", did: "banned isla", until, current: { userId: "isla", bannedUntil: until } },
    });
    expect(await stored(at, "isla")).toMatchObject({ until, reason: "spam", by: "Ana" });
  });

  test("whoever replaces it all the same carries what the answer said, and meets only a further change", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 600);
    const refused = await ban(at.ben, "isla", 5).catch((error: unknown) => error);
    const { current } = (refused as { conflict: { current: SeenBan } }).conflict;
    const { until } = await ban(at.ben, "isla", 5, current);
    expect(await stored(at, "isla")).toMatchObject({ until, by: "Ben" });
    await expect(ban(at.ana, "isla", 7, current)).rejects.toMatchObject({ conflict: { by: "Ben" } });
  });

  test("somebody lifted it meanwhile", async () => {
    const at = await world("isla");
    const { until } = await ban(at.ana, "isla", 600);
    await unbanUsers(context(), at.ben, { userIds: ["isla"] });
    await expect(ban(at.ana, "isla", 700, { userId: "isla", bannedUntil: until })).rejects.toMatchObject({
      conflict: { by: "Ben", did: "unbanned isla", current: none("isla") },
    });
  });

  test("another ban to the same end is another ban", async () => {
    const at = await world("isla");
    const until = new Date(context().now() + DAY_MS);
    const set = (reason: string) => banUsers(context(), at.ana, { userIds: ["isla"], until, reason });
    const first = await set("one");
    await set("two");
    const seen = { userId: "isla", bannedUntil: until, banId: first.steps[0]?.banId ?? "" };
    await expect(ban(at.ben, "isla", 5, seen)).rejects.toMatchObject({ code: "version_conflict" });
    expect(await stored(at, "isla")).toMatchObject({ until, reason: "two" });
  });

  test("one that has run out by itself is no change", async () => {
    const at = await world("isla");
    const { until } = await ban(at.ana, "isla", 1);
    context().advance(61_000);
    const { banned } = await ban(at.ben, "isla", 5, { userId: "isla", bannedUntil: until });
    expect(banned).toEqual(["isla"]);
  });

  test("of several, those changed meanwhile are left out and named", async () => {
    const at = await world("isla", "emma", "noah");
    const { until } = await ban(at.ana, "emma", 600);
    const result = await banUsers(context(), at.ben, {
      userIds: ["isla", "emma", "noah", "nobody"],
      durationMinutes: 5,
      seen: ["isla", "emma", "noah"].map(none),
    });
    expect(result).toMatchObject({ banned: ["isla", "noah"], unknown: ["nobody"], changed: [{ userId: "emma" }] });
    expect(await stored(at, "emma")).toMatchObject({ until, by: "Ana" });
  });

  test("of two operators who ban at once on the same page exactly one does", async () => {
    const at = await world("isla");
    const results = await Promise.allSettled([at.ana, at.ben, at.ana, at.ben].map((who, n) => ban(who, "isla", 5 + n)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(
      await context().db.prisma.ban.count({ where: { environmentId: at.environment.ref.id, userId: "isla" } }),
    ).toBe(1);
  });

  test("an app server's last write wins, as the contract says", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 600);
    await banUsers(context(), appServerOf(at.environment.ref), { userIds: ["isla"], durationMinutes: 5 });
    expect(await stored(at, "isla")).toMatchObject({ by: "App server" });
  });

  test("an end of one's own is kept to the millisecond, and is at most 30 days away", async () => {
    const at = await world("isla");
    const until = new Date(context().now() + 3 * DAY_MS + 123);
    await banUsers(context(), at.ana, { userIds: ["isla"], until });
    expect((await stored(at, "isla")).until).toEqual(until);
    for (const days of [-1, 0, 31]) {
      const end = new Date(context().now() + days * DAY_MS);
      const set = banUsers(context(), at.ana, { userIds: ["isla"], until: end });
      await expect(set).rejects.toMatchObject({ code: "invalid_parameter", field: "until" });
    }
  });
});

describe("an unban carries what its page showed", () => {
  test("another ban than was seen stays", async () => {
    const at = await world("isla", "emma");
    const { until } = await ban(at.ana, "isla", 600);
    await ban(at.ana, "emma", 600);
    const seen = [{ userId: "isla", bannedUntil: until }];
    const { until: longer } = await banUsers(context(), at.ben, { userIds: ["isla"], durationMinutes: 900 });
    const refused = unbanSeenUsers(context(), at.ana, { userIds: ["isla"], seen });
    await expect(refused).rejects.toMatchObject({ conflict: { by: "Ben", until: longer } });
    const both = await unbanSeenUsers(context(), at.ana, { userIds: ["isla", "emma"], seen });
    expect(both).toMatchObject({ unbanned: ["emma"], changed: [{ userId: "isla" }] });
    expect((await stored(at, "isla")).until).toEqual(longer);
  });

  test("of two operators, one who lifts and one who changes, one is told of the other", async () => {
    const at = await world("isla");
    const { until, steps } = await ban(at.ana, "isla", 600);
    const seen = { userId: "isla", bannedUntil: until, banId: steps[0]?.banId ?? "" };
    const [lifted, changed] = await Promise.allSettled([
      unbanSeenUsers(context(), at.ana, { userIds: ["isla"], seen: [seen] }),
      ban(at.ben, "isla", 900, seen),
    ]);
    expect([lifted, changed].filter(({ status }) => status === "rejected")).toHaveLength(1);
    const { until: now } = await stored(at, "isla");
    expect(now === null).toBe(lifted?.status === "fulfilled");
  });
});

describe("undo", () => {
  test("of a ban puts back the former one: its end to the millisecond, its reason, and who ordered it", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 43_200, undefined, "fraud");
    const before = await stored(at, "isla");
    context().advance(1_234);
    const seen = { userId: "isla", bannedUntil: before.until };
    const { steps } = await ban(at.ben, "isla", 60, seen, "typed too quickly");
    const { undone } = await undoBans(context(), at.ben, { steps });
    expect(undone).toEqual([{ userId: "isla", bannedUntil: before.until }]);
    expect(await stored(at, "isla")).toEqual(before);
    expect(before).toMatchObject({ reason: "fraud", by: "Ana" });
    const entry = await context().db.prisma.auditEntry.findFirst({ orderBy: { id: "desc" } });
    expect(entry).toMatchObject({
      action: "user.ban_restored",
      actorName: "Ben",
      after: { bannedUntil: before.until?.toISOString() },
    });
  });

  test("of a ban where none ran unbans", async () => {
    const at = await world("isla", "emma");
    const { steps } = await banUsers(context(), at.ana, { userIds: ["isla", "emma"], durationMinutes: 60 });
    expect(await undoBans(context(), at.ana, { steps })).toMatchObject({
      undone: [{ bannedUntil: null }, { bannedUntil: null }],
      changed: [],
    });
    expect((await stored(at, "isla")).until).toBeNull();
  });

  test("of an unban puts the ban back to its former end", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 600);
    const before = await stored(at, "isla");
    const { steps } = await unbanSeenUsers(context(), at.ben, { userIds: ["isla"] });
    expect((await stored(at, "isla")).until).toBeNull();
    context().advance(5_000);
    await undoBans(context(), at.ben, { steps });
    expect(await stored(at, "isla")).toEqual(before);
  });

  test("of an unban whose ban would be over by now does nothing, and says so", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 1);
    const { steps } = await unbanSeenUsers(context(), at.ana, { userIds: ["isla"] });
    context().advance(61_000);
    expect(await undoBans(context(), at.ana, { steps })).toEqual({ undone: [], over: ["isla"], changed: [] });
  });

  test("never overrides what a colleague did since: changed, lifted, or banned and lifted again", async () => {
    const at = await world("isla");
    const { steps } = await ban(at.ana, "isla", 60);
    const { until } = await banUsers(context(), at.ben, { userIds: ["isla"], durationMinutes: 43_200 });
    const refused = { code: "version_conflict", conflict: { by: "Ben" } };
    await expect(undoBans(context(), at.ana, { steps })).rejects.toMatchObject(refused);
    expect((await stored(at, "isla")).until).toEqual(until);

    const unban = await unbanSeenUsers(context(), at.ana, { userIds: ["isla"] });
    await expect(undoBans(context(), at.ana, { steps })).rejects.toMatchObject({ conflict: { by: "Ana" } });
    context().advance(10);
    await ban(at.ben, "isla", 60);
    await unbanUsers(context(), at.ben, { userIds: ["isla"] });
    await expect(undoBans(context(), at.ana, unban)).rejects.toMatchObject(refused);
    expect((await stored(at, "isla")).until).toBeNull();
  });

  test("twice at once takes back once", async () => {
    const at = await world("isla");
    await ban(at.ana, "isla", 600);
    const before = await stored(at, "isla");
    const { steps } = await ban(at.ben, "isla", 60, { userId: "isla", bannedUntil: before.until });
    const results = await Promise.allSettled([1, 2].map(() => undoBans(context(), at.ben, { steps })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await stored(at, "isla")).toEqual(before);
  });

  test("reaches nobody in another environment, and asks for the permission", async () => {
    const mine = await world("isla");
    const others = await world("isla");
    const { steps, until } = await ban(mine.ana, "isla", 60);
    await expect(undoBans(context(), others.ana, { steps })).rejects.toMatchObject({ code: "version_conflict" });
    const viewer = operatorOf("viewer", mine.environment.ref);
    await expect(undoBans(context(), viewer, { steps })).rejects.toMatchObject({ code: "forbidden" });
    expect((await stored(mine, "isla")).until).toEqual(until);
  });
});
