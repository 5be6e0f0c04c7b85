import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { planDeletion } from "../deletion/plan-deletion";
import { getQuota, getQuotaUse, quotaLevel, quotaOf } from "./get-quota";
import { groupByPrefix } from "./group-by-prefix";

const context = testContext();
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 4, 20, 12);

const user = (userId: string, createdDaysAgo = 1, seenDaysAgo: number | null = null) => ({
  userId,
  createdAt: new Date(NOW - createdDaysAgo * DAY_MS),
  lastSeenAt: seenDaysAgo === null ? null : new Date(NOW - seenDaysAgo * DAY_MS),
});

describe("groups by prefix", () => {
  test("a test suite is one group, its runs are inside, and loners are in none", () => {
    const users = [
      "e2e-run1-1",
      "e2e-run1-2",
      "e2e-run2-1",
      "e2e-run2-2",
      "e2e-run2-3",
      "e2e-solo",
      "qa_a",
      "qa_b",
      "bob",
      "x-1",
      "end-",
    ].map((id) => user(id));
    expect(
      groupByPrefix(users).map(({ prefix, count, runs }) => [
        prefix,
        count,
        runs.map((run) => [run.prefix, run.count]),
      ]),
    ).toEqual([
      [
        "e2e-",
        6,
        [
          ["e2e-run2-", 3],
          ["e2e-run1-", 2],
        ],
      ],
      ["qa_", 2, []],
    ]);
  });

  test("each group is exactly what deleting by its prefix would delete", async () => {
    const { development } = await createTestApp(context());
    const ids = ["e2e-1", "e2e-2", "e2e", "E2E-3", "e2e-run-1", "e2e-run-2", "qa.x", "qa.y", "qb.z"];
    await insertTestUsers(
      context(),
      development.ref,
      ids.map((userId) => ({ userId })),
    );
    const admin = operatorOf("admin", development.ref);
    const quota = await getQuota(context(), admin);
    for (const group of [...quota.byPrefix, ...quota.byPrefix.flatMap((one) => one.runs)]) {
      expect((await planDeletion(context(), admin, { by: "prefix", prefix: group.prefix })).count).toBe(group.count);
    }
    expect(quota.byPrefix.reduce((sum, group) => sum + group.count, 0) + quota.withoutPrefix).toBe(ids.length);
  });
});

describe("the quota", () => {
  test("counts by age, who was not seen, the growth and when it will be full", () => {
    const users = [
      ...[40, 20, 10].map((days) => user(`old${days}`, days, days - 1)),
      user("never", 8),
      user("seen", 30, 1),
    ];
    const young = Array.from({ length: 14 }, (_, n) => user(`new${n}`, n % 2 === 0 ? 0.5 : 3));
    const all = [...users, ...young].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    expect(quotaOf(all, NOW)).toMatchObject({
      used: 19,
      limit: 100,
      level: "fine",
      byAge: { today: 7, thisWeek: 7, thisMonth: 3, older: 2 },
      notSeenFor7Days: 4,
      growthPerDay: 2,
      daysUntilFull: 41,
    });
  });

  test("a first day counts as one day, nothing grows without users, and full is 0 days away", () => {
    expect(quotaOf([user("a", 0.1), user("b", 0.05)], NOW)).toMatchObject({ growthPerDay: 2, daysUntilFull: 49 });
    expect(quotaOf([], NOW)).toMatchObject({ used: 0, growthPerDay: 0, daysUntilFull: null, byPrefix: [] });
    expect(
      quotaOf(
        Array.from({ length: 100 }, (_, n) => user(`u${n}`)),
        NOW,
      ),
    ).toMatchObject({ level: "full", daysUntilFull: 0 });
  });

  test.each([
    [79, "fine"],
    [80, "warn"],
    [94, "warn"],
    [95, "alarm"],
    [99, "alarm"],
    [100, "full"],
    [120, "full"],
  ])("%i of 100 is %s", (used, level) => {
    expect(quotaLevel(used)).toBe(level);
  });

  test("soft-deleted users hold no seat, other environments do not count, production has no quota", async () => {
    const { development, production } = await createTestApp(context());
    await insertTestUsers(context(), development.ref, [{ userId: "a" }, { userId: "b", softDeletedAt: Date.now() }]);
    await insertTestUsers(context(), production.ref, [{ userId: "c" }, { userId: "d" }]);
    expect(await getQuotaUse(context(), operatorOf("viewer", development.ref))).toEqual({
      used: 1,
      limit: 100,
      level: "fine",
    });
    expect((await getQuota(context(), operatorOf("viewer", development.ref))).used).toBe(1);
    expect(await getQuotaUse(context(), operatorOf("viewer", production.ref))).toBeNull();
    await expect(getQuota(context(), operatorOf("viewer", production.ref))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
