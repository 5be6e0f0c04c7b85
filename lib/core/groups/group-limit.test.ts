import { beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { membersOf } from "@/test/support/groups";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { GROUP_MEMBER_LIMIT } from "./facts";
import { joinGroup } from "./join-group";
import { leaveAllGroups } from "./leave-all-groups";
import { leaveGroup } from "./leave-group";

/** Races on one group: the count on its row is the number of its members, and the limit holds. */

const context = testContext();
let environment: EnvironmentRef;

const RACERS = Array.from({ length: 60 }, (_, n) => `racer-${String(n).padStart(2, "0")}`);

beforeAll(async () => {
  environment = (await createTestApp(context())).production.ref;
  const users = ["ann", ...RACERS].map((userId) => ({ userId }));
  await insertTestUsers(context(), environment, users);
});

const server = () => appServerOf(environment);

/** Runs the calls at once, over two pools as two processes would; gives what came of each. */
async function race(calls: readonly ((contextOf: ReturnType<typeof context>) => Promise<unknown>)[]) {
  const other: Database = openDatabase({ url: context().url, poolSize: 10 });
  try {
    return await Promise.allSettled(
      calls.map((call, n) => call(n % 2 === 0 ? context() : { ...context(), db: other })),
    );
  } finally {
    await other.close();
  }
}

/** Members past the rules, so that the group stands shortly before its limit. */
async function plantMembers(groupId: string, count: number): Promise<void> {
  await context().db.pool.query(
    `WITH planted AS (
       INSERT INTO group_members (environment_id, group_id, user_id, joined_at)
       SELECT $1, $2, 'planted-' || n, now() FROM generate_series(1, $3::int) AS n RETURNING 1
     )
     UPDATE groups SET member_count = member_count + (SELECT count(*) FROM planted)
     WHERE environment_id = $1 AND group_id = $2`,
    [environment.id, groupId, count],
  );
}

describe("the limit of 3,000 members", () => {
  test("of sixty who join a group with ten places at once, ten do", async () => {
    await createGroup(context(), server(), { groupId: "full", name: "Full", ownerId: "ann" });
    await plantMembers("full", GROUP_MEMBER_LIMIT - 11);
    const outcomes = await race(
      RACERS.map((userId) => (with_) => joinGroup(with_, server(), { groupId: "full", userIds: [userId] })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(10);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "group_full" });
    }
    const members = await membersOf(context(), environment, "full");
    expect(members.count).toBe(GROUP_MEMBER_LIMIT);
    expect(members.userIds).toHaveLength(GROUP_MEMBER_LIMIT);
  });

  test("a call that names more than there is room for lets nobody in, and members count no second time", async () => {
    await createGroup(context(), server(), { groupId: "tight", name: "Tight", ownerId: "ann" });
    await plantMembers("tight", GROUP_MEMBER_LIMIT - 4);
    const join = (...userIds: string[]) => joinGroup(context(), server(), { groupId: "tight", userIds });
    await expect(join(...RACERS.slice(0, 4))).rejects.toMatchObject({ code: "group_full" });
    expect((await membersOf(context(), environment, "tight")).count).toBe(GROUP_MEMBER_LIMIT - 3);
    await join(...RACERS.slice(0, 3));
    await join("ann", ...RACERS.slice(0, 3));
    await expect(join("ann", RACERS[3] ?? "")).rejects.toMatchObject({ code: "group_full" });
    await leaveGroup(context(), server(), { groupId: "tight", userIds: [RACERS[0] ?? ""] });
    await join(RACERS[3] ?? "");
    expect((await membersOf(context(), environment, "tight")).count).toBe(GROUP_MEMBER_LIMIT);
  });
});

test("joining, leaving, leaving all and dismissing at once, in any order of names, leaves counts that are those of the rows", async () => {
  const groupIds = ["r1", "r2", "r3"];
  for (const groupId of groupIds) {
    await createGroup(context(), server(), { groupId, name: groupId, ownerId: "ann", userIds: RACERS.slice(0, 10) });
  }
  const some = (from: number) => [...RACERS.slice(from % 40, (from % 40) + 20)];
  const outcomes = await race(
    Array.from({ length: 90 }, (_, n) => (with_: ReturnType<typeof context>) => {
      const groupId = groupIds[n % 3] ?? "r1";
      const userIds = n % 2 === 0 ? some(n) : some(n).reverse();
      if (n === 70) return dismissGroup(with_, server(), { groupId: "r3" });
      if (n % 5 === 0) return leaveAllGroups(with_, server(), { userId: userIds[0] ?? "" });
      if (n % 5 < 3) return joinGroup(with_, server(), { groupId, userIds });
      return leaveGroup(with_, server(), { groupId, userIds });
    }),
  );
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "group_not_found" });
  }
  for (const groupId of ["r1", "r2"]) {
    const { userIds, count } = await membersOf(context(), environment, groupId);
    expect([groupId, count]).toEqual([groupId, userIds.length]);
    expect(userIds).toContain("ann");
  }
  expect(await membersOf(context(), environment, "r3")).toEqual({ userIds: [], count: null });
});
