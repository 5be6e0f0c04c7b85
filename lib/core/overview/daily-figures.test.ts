import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { deleteFiguresBefore } from "./daily-figures-store";
import { getDailyFigures } from "./get-daily-figures";
import { keepDailyFigures } from "./keep-daily-figures";

const context = testContext();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An environment that is a year old, at noon UTC. */
async function setUp() {
  const { development, production } = await createTestApp(context());
  context().advance(DAY_MS - (context().now() % DAY_MS) + 12 * HOUR_MS);
  await context().db.prisma.environment.updateMany({
    data: { createdAt: new Date(context().now() - 365 * DAY_MS) },
  });
  const viewer = operatorOf("viewer", development.ref);
  const today = Math.floor(context().now() / DAY_MS) * DAY_MS;
  const figures = async (days: number) =>
    (await getDailyFigures(context(), viewer, { days })).days.map(({ registered, active, peakConnections }) => [
      registered?.count,
      active?.count,
      peakConnections?.count,
    ]);
  return { ref: development.ref, other: production.ref, viewer, today, figures };
}

const nothing = [0, undefined, undefined];

test("each UTC day counts from its first to its last millisecond, before and after the sweeper has been", async () => {
  const { ref, other, viewer, today, figures } = await setUp();
  const created = [0, -1, -DAY_MS, -6 * DAY_MS, -6 * DAY_MS - 1, -89 * DAY_MS];
  const users = created.map((at, n) => ({ userId: `user-${n}`, createdAt: today + at }));
  await insertTestUsers(context(), ref, users);
  await insertTestUsers(context(), other, users.slice(0, 2));
  const week = [[1, undefined, undefined], nothing, nothing, nothing, nothing, [2, undefined, undefined], [1, 0, 0]];
  expect(await figures(7)).toEqual(week);
  await keepDailyFigures(context());
  expect(await figures(7)).toEqual(week);
  const quarter = await figures(90);
  expect(quarter).toHaveLength(90);
  expect(quarter[0]?.[0]).toBe(1);
  const before = context().now();
  const { days, asOf } = await getDailyFigures(context(), viewer, { days: 2 });
  expect(days.map(({ day }) => day)).toEqual(
    [today - DAY_MS, today].map((at) => new Date(at).toISOString().slice(0, 10)),
  );
  expect(asOf.getTime()).toBeGreaterThanOrEqual(before);
});

test("a day that has ended stays as it was, whoever comes back or is deleted later", async () => {
  const { ref, today, figures } = await setUp();
  const connected = { connections: 2, lastSeenAt: today + HOUR_MS };
  await insertTestUsers(context(), ref, [
    { userId: "ann", createdAt: today, ...connected },
    { userId: "bob", createdAt: today, lastSeenAt: today },
    { userId: "eve", createdAt: today - DAY_MS, lastSeenAt: today - 1 },
  ]);
  await keepDailyFigures(context());
  expect(await figures(2)).toEqual([
    [1, undefined, undefined],
    [2, 2, 2],
  ]);

  // Late in the evening somebody comes whom nobody has counted by midnight.
  await insertTestUsers(context(), ref, [
    { userId: "late", createdAt: today + DAY_MS - 1, lastSeenAt: today + DAY_MS - 1 },
  ]);
  await context().db.prisma.connection.deleteMany({ where: { environmentId: ref.id } });
  context().advance(DAY_MS);
  await context().db.prisma.user.updateMany({
    where: { environmentId: ref.id, userId: { in: ["ann", "bob"] } },
    data: { lastSeenAt: new Date(context().now()) },
  });
  await keepDailyFigures(context());
  expect(await figures(2)).toEqual([
    [3, 2, 2],
    [0, 2, 0],
  ]);

  await context().db.prisma.user.deleteMany({ where: { environmentId: ref.id } });
  context().advance(HOUR_MS);
  await keepDailyFigures(context());
  expect(await figures(2)).toEqual([
    [3, 2, 2],
    [0, 2, 0],
  ]);
});

test("the peak is that of any look, of any process; today's counts are not repeated within five minutes", async () => {
  const { ref, today, figures } = await setUp();
  const { prisma } = context().db;
  await insertTestUsers(context(), ref, [{ userId: "ann", createdAt: today, connections: 3 }]);
  await Promise.all([keepDailyFigures(context()), keepDailyFigures(context()), keepDailyFigures(context())]);
  const kept = () =>
    prisma.dailyFigures.findUnique({ where: { environmentId_day: { environmentId: ref.id, day: new Date(today) } } });
  expect(await kept()).toMatchObject({ registered: 1, peakConnections: 3 });
  const { keptAt } = (await kept()) ?? {};
  await insertTestUsers(context(), ref, [{ userId: "bob", createdAt: today, connections: 2 }]);
  context().advance(MINUTE_MS);
  await keepDailyFigures(context());
  expect(await kept()).toMatchObject({ registered: 1, peakConnections: 5, keptAt });
  await prisma.connection.deleteMany({ where: { environmentId: ref.id } });
  context().advance(5 * MINUTE_MS);
  await keepDailyFigures(context());
  expect(await kept()).toMatchObject({ registered: 2, peakConnections: 5 });
  expect(await figures(1)).toEqual([[2, 0, 5]]);
});

test("what is older than asked for is forgotten by chunks", async () => {
  const { ref, today } = await setUp();
  const { prisma } = context().db;
  await prisma.dailyFigures.createMany({
    data: [401, 402, 403, 399].map((days) => ({
      environmentId: ref.id,
      day: new Date(today - days * DAY_MS),
      registered: 1,
      keptAt: new Date(),
    })),
  });
  const sweep = () => deleteFiguresBefore(prisma, new Date(today - 400 * DAY_MS), 2);
  expect([await sweep(), await sweep(), await sweep()]).toEqual([2, 1, 0]);
});
