import { expect, test, vi } from "vitest";
import { insertSession } from "@/lib/core/operators/session-store";
import { deleteOldFailures, reserveTry, strangersAt } from "@/lib/core/operators/sign-in-throttle-store";
import { createTestApp, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { startSweepers } from "./sweepers";

const context = testContext();
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(context().now() - days * DAY_MS);

test("failed sign-ins of days ago and sessions that ended long ago are forgotten, without anybody signing in", async () => {
  const { prisma } = context().db;
  for (let n = 0; n < 3; n++) await reserveTry(prisma, strangersAt(`old-${n}@example.com`), "try", daysAgo(2));
  await reserveTry(prisma, strangersAt("young@example.com"), "try", daysAgo(0.5));
  const { operatorId } = await createTestOperator(context(), "viewer");
  for (const [id, days] of [["long over", 91] as const, ["kept", 89] as const]) {
    await insertSession(prisma, {
      id,
      operatorId,
      createdAt: daysAgo(days + 30),
      expiresAt: daysAgo(days),
      ip: "",
      userAgent: "",
    });
  }

  const stop = startSweepers(context(), { sweep: async () => 0 });
  await vi.waitFor(async () => {
    expect(await prisma.session.findMany({ select: { id: true } })).toEqual([{ id: "kept" }]);
  });
  await stop();
  expect(await prisma.signInThrottle.count()).toBe(1);
});

test("forgetting goes by chunks, the rest stays for the next one", async () => {
  const { prisma } = context().db;
  for (let n = 0; n < 3; n++) await reserveTry(prisma, strangersAt(`older-${n}@example.com`), "try", daysAgo(3));
  const sweep = () => deleteOldFailures(prisma, new Date(context().now()), 2);
  expect([await sweep(), await sweep(), await sweep()]).toEqual([2, 1, 0]);
});

test("test runs whose time is over are ended, and forgotten a month later once they have no users", async () => {
  const { prisma } = context().db;
  const { development } = await createTestApp(context());
  const environmentId = development.ref.id;
  const run = (id: string, days: number, ended: boolean) => ({
    environmentId,
    id,
    label: "",
    reserved: 0,
    startedByKind: "system" as const,
    startedById: "cli",
    startedByName: "Command line",
    startedAt: daysAgo(days),
    expiresAt: daysAgo(days - 0.5),
    endedAt: ended ? daysAgo(days - 0.5) : null,
  });
  await prisma.testRun.createMany({
    data: [run("over", 1, false), run("kept", 29, true), run("with users", 40, true), run("forgotten", 40, true)],
  });
  await prisma.testRunUser.create({ data: { environmentId, userId: "alice", runId: "with users" } });
  const stop = startSweepers(context(), { sweep: async () => 0 });
  await vi.waitFor(
    async () => {
      const runs = await prisma.testRun.findMany({ where: { environmentId }, orderBy: { id: "asc" } });
      expect(runs.map(({ id, endedAt }) => [id, endedAt !== null])).toEqual([
        ["kept", true],
        ["over", true],
        ["with users", true],
      ]);
    },
    { timeout: 5_000 },
  );
  await stop();
});
