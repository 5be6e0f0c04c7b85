import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentRef } from "../actor";
import { listLatestActs } from "./list-latest-acts";

const context = testContext();

async function insertEntries(
  environment: EnvironmentRef,
  requestId: string,
  action: string,
  count: number,
  at: number,
) {
  await context().db.prisma.auditEntry.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      environmentId: environment.id,
      at: new Date(at),
      actorKind: "operator" as const,
      actorId: "op-1",
      actorName: "Ana",
      action,
      targetKind: "user",
      targetId: `u${n}`,
      requestId,
      source: "job",
    })),
  });
}

test("entries of one act are one line with the number of the others, however many they are", async () => {
  const { development } = await createTestApp(context());
  const now = context().now();
  const viewer = operatorOf("viewer", development.ref);
  expect(await listLatestActs(context(), viewer)).toEqual([]);

  await insertEntries(development.ref, "early", "user.registered", 1, now - 9_000);
  await insertEntries(development.ref, "few", "user.unbanned", 3, now - 8_000);
  await insertEntries(development.ref, "few", "job.started", 1, now - 8_000);
  expect((await listLatestActs(context(), viewer)).map(({ entry, others }) => [entry.action, others.count])).toEqual([
    ["job.started", 0],
    ["user.unbanned", 2],
    ["user.registered", 0],
  ]);

  await insertEntries(development.ref, "job", "user.banned", 1_000, now);
  const [job] = await listLatestActs(context(), viewer);
  expect(job).toMatchObject({ entry: { action: "user.banned" }, others: { count: 999, capped: false } });
});
