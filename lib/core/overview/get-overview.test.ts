import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { countBanned, countNewUsers, countRegistered, getBansEndingSoon } from "./get-overview";

const context = testContext();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function setUp() {
  const app = await createTestApp(context());
  // Not in a day's last minute, which might end while the test runs.
  if (context().now() % DAY_MS > DAY_MS - 60_000) context().advance(60_000);
  const now = context().now();
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const users = [
    { userId: "today", createdAt: today },
    { userId: "yesterday-late", createdAt: today - 1 },
    { userId: "yesterday-early", createdAt: today - DAY_MS },
    { userId: "six-days", createdAt: today - 6 * DAY_MS },
    { userId: "seven-days", createdAt: today - 6 * DAY_MS - 1 },
    { userId: "banned", createdAt: today - 30 * DAY_MS, bannedUntil: now + HOUR_MS },
    { userId: "was-banned", createdAt: today - 30 * DAY_MS, bannedUntil: now - 1 },
    { userId: "gone", createdAt: today - 30 * DAY_MS, softDeletedAt: now - DAY_MS, bannedUntil: now + DAY_MS },
  ];
  await insertTestUsers(context(), app.development.ref, users);
  await insertTestUsers(context(), app.production.ref, users.slice(0, 2));
  return { ...app, now, viewer: operatorOf("viewer", app.development.ref) };
}

test("registered counts seats, with the limit in development and none in production", async () => {
  const { viewer, production } = await setUp();
  expect(await countRegistered(context(), viewer)).toEqual({ registered: { count: 7, capped: false }, limit: 100 });
  expect(await countRegistered(context(), operatorOf("viewer", production.ref))).toEqual({
    registered: { count: 2, capped: false },
    limit: null,
  });
});

test("new in 24 hours and banned now count what holds at this moment", async () => {
  const { viewer, now } = await setUp();
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const expected = [today, today - 1, today - DAY_MS].filter(
    (createdAt) => createdAt >= context().now() - DAY_MS,
  ).length;
  expect(await countNewUsers(context(), viewer)).toEqual({ count: expected, capped: false });
  expect(await countBanned(context(), viewer)).toEqual({ count: 1, capped: false });
});

test("bans that end within 24 hours come soonest first, five of them with the whole count", async () => {
  const { viewer, development, now } = await setUp();
  await context().db.prisma.ban.createMany({
    data: Array.from({ length: 8 }, (_, n) => ({
      environmentId: development.ref.id,
      userId: "banned",
      startsAt: new Date(now - DAY_MS),
      endsAt: new Date(now + (n < 7 ? (7 - n) * HOUR_MS : 25 * HOUR_MS)),
      minutes: 60,
      bannedByKind: "operator",
      bannedById: "op",
      bannedByName: "Ana",
    })),
  });
  const soon = await getBansEndingSoon(context(), viewer);
  expect(soon.count).toBe(7);
  expect(soon.bans.map((ban) => ban.endsAt.getTime() - now)).toEqual([1, 2, 3, 4, 5].map((hours) => hours * HOUR_MS));
});
