import { expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { readFigures } from "./read-figures";

const context = testContext();

test("environments count by how many seats are taken; production and soft-deleted users do not", async () => {
  const users = (count: number, softDeletedAt: number | null = null) =>
    Array.from({ length: count }, (_, index) => ({ userId: `u-${softDeletedAt}-${index}`, softDeletedAt }));
  for (const seats of [79, 80, 95, 100]) {
    const app = await createTestApp(context());
    await insertTestUsers(context(), app.development.ref, [...users(seats), ...users(30, context().now())]);
    await insertTestUsers(context(), app.production.ref, users(100));
  }
  expect((await readFigures(context())).quota).toEqual({ from80: 3, from95: 2, full: 1 });
});

test("pending webhook events are counted, with the age of the oldest", async () => {
  const { development } = await createTestApp(context());
  const giveUpAt = new Date(context().now() + 86_400_000);
  const event = { environmentId: development.ref.id, type: "webhook:test", orderKey: "a", data: {}, giveUpAt };
  const at = (secondsAgo: number) => new Date(context().now() - secondsAgo * 1000);
  await context().db.prisma.webhookEvent.createMany({
    data: [
      { ...event, createdAt: at(90) },
      { ...event, createdAt: at(30) },
      { ...event, createdAt: at(500), deliveredAt: at(499) },
      { ...event, createdAt: at(900), deadAt: at(1) },
    ],
  });
  const figures = await readFigures(context());
  expect(figures.webhookEventsPending).toBe(2);
  expect(figures.webhookOldestPendingSeconds).toBeGreaterThan(89);
  expect(figures.webhookOldestPendingSeconds).toBeLessThan(120);
});
