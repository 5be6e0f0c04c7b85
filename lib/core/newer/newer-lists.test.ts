import { expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { countUsersAndDeleted, countUsersByStatus } from "../users/count-users";
import { countNewer, markNewest } from "./newer-lists";
import { NEWER_LISTS, type NewerList } from "./schema";

const context = testContext();
let ref: EnvironmentRef;

/** How many rows come on a list between a look at it and another one. */
async function newer(list: NewerList, query: Record<string, string>, happens: () => Promise<unknown>) {
  const actor = operatorOf("admin", ref);
  const after = await markNewest(context(), actor, list, query);
  expect(await countNewer(context(), actor, { ...query, list, after })).toEqual({ count: 0, capped: false });
  await happens();
  return countNewer(context(), actor, { ...query, list, after });
}

const users = (prefix: string, count: number) => async () => {
  context().advance(1_000);
  await insertTestUsers(
    context(),
    ref,
    Array.from({ length: count }, (_, n) => ({ userId: `${prefix}-${n}` })),
  );
};

test("a list knows how many rows have come under its filters, from none to more than it counts", async () => {
  ref = (await createTestApp(context())).production.ref;
  const other = (await createTestApp(context())).production.ref;
  const server = appServerOf(ref);

  expect(await newer("users", {}, users("first", 3))).toEqual({ count: 3, capped: false });
  expect(await newer("users", { q: "second" }, users("second", 2))).toEqual({ count: 2, capped: false });
  expect(await newer("users", { q: "second" }, users("third", 2))).toEqual({ count: 0, capped: false });
  expect(await newer("users", { status: "banned" }, users("fourth", 1))).toMatchObject({ count: 0 });
  expect(await newer("users", { from: "2999-01-01" }, users("fifth", 1))).toMatchObject({ count: 0 });
  expect(await newer("users", {}, users("many", 120))).toEqual({ count: 100, capped: true });
  expect(await newer("users", {}, () => insertTestUsers(context(), other, [{ userId: "elsewhere" }]))).toMatchObject({
    count: 0,
  });

  const ban = (...userIds: string[]) => banUsers(context(), server, { userIds, durationMinutes: 60 });
  expect(await newer("bans", {}, () => ban("first-0", "first-1"))).toMatchObject({ count: 2 });
  expect(await newer("bans", { by: "operator" }, () => ban("first-2"))).toMatchObject({ count: 0 });
  const unban = async () => {
    context().advance(1_000);
    await unbanUsers(context(), server, { userIds: ["first-0"] });
  };
  expect(await newer("bans", { tab: "ended" }, unban)).toMatchObject({ count: 1 });

  const remove =
    (...userIds: string[]) =>
    async () => {
      context().advance(1_000);
      await softDeleteUsers(context(), server, { userIds });
    };
  expect(await newer("deleted-users", {}, remove("second-0"))).toMatchObject({ count: 1 });
  expect(await newer("deleted-users", { q: "first" }, remove("second-1"))).toMatchObject({ count: 0 });
  expect(await newer("audit-log", { action: "user.banned" }, () => ban("third-0", "third-1"))).toMatchObject({
    count: 2,
  });
  expect(await newer("deliveries", {}, async () => {})).toMatchObject({ count: 0 });
});

test("the numbers of the list add up: those of each status, and those without a seat", async () => {
  const viewer = operatorOf("viewer", ref);
  const { all, active, banned, deleted } = await countUsersByStatus(context(), viewer, { status: "banned" });
  expect(active.count + banned.count + deleted.count).toBe(all.count);
  expect(banned.count).toBeGreaterThan(0);
  expect(await countUsersAndDeleted(context(), viewer, {})).toEqual({ ...all, deleted: deleted.count });
  expect(await countUsersAndDeleted(context(), viewer, { status: "active" })).toEqual({ ...active, deleted: 0 });
});

test("who may not see the list is told nothing, and a mark that is none is refused", async () => {
  const user = { ...appServerOf(ref), kind: "app_user" as const, source: "client" as const, userId: "first-1" };
  for (const list of NEWER_LISTS) {
    await expect(markNewest(context(), user, list, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(countNewer(context(), user, { list, after: "1" })).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const after of ["", "x", "-1", "1e3", "9".repeat(30)]) {
    await expect(countNewer(context(), operatorOf("owner", ref), { list: "users", after })).rejects.toThrow();
  }
});
