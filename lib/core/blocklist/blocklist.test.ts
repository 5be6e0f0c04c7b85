import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, operatorOf, testContext } from "@/test/support/context";
import { environmentWith, eventsDuring } from "@/test/support/friend-world";
import { expectConsistent } from "@/test/support/stored-relations";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { addFriend } from "../friends/add-friend";
import { listFriends } from "../friends/list-friends";
import { blockUsers, unblockUsers } from "./block-users";
import { checkBlocked, getBlocklist } from "./get-blocklist";

const context = testContext();

const blocklistOf = async (ref: EnvironmentRef, userId: string) =>
  (await getBlocklist(context(), appServerOf(ref), { userId })).blockedUserIds;

describe("blocking", () => {
  test("puts on the list, skips unknown and soft-deleted ones, once only, and tells the owner's clients", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    await insertTestUsers(context(), ref, [{ userId: "gone", softDeletedAt: context().now() }]);
    const heard = await eventsDuring(context(), ref, 2, async () => {
      const input = { userId: "ann", targetUserIds: ["nobody", "bob", "gone"] };
      expect(await blockUsers(context(), appServerOf(ref), input)).toEqual({ blocked: ["bob"] });
      expect(await blockUsers(context(), appServerOf(ref), input)).toEqual({ blocked: [] });
      const later = { userId: "ann", targetUserIds: ["bob", "cat"] };
      expect(await blockUsers(context(), appServerOf(ref), later)).toEqual({ blocked: ["cat"] });
    });
    const told = (userIds: string[]) => ({
      type: "blocklist.changed",
      environmentId: ref.id,
      lists: [{ userId: "ann", userIds }],
      blocked: true,
    });
    expect(heard).toEqual([told(["bob"]), told(["cat"])]);
    expect(await blocklistOf(ref, "ann")).toEqual(["cat", "bob"]);
    expect(await blocklistOf(ref, "bob")).toEqual([]);
    await expectConsistent(context(), ref);
  });

  test("keeps friendship, and is one way", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const actor = appServerOf(ref);
    await addFriend(context(), actor, { userId: "ann", targetId: "bob", action: 2 });
    await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["bob"] });
    expect((await listFriends(context(), actor, { userId: "ann" })).totalCount).toBe(1);
    const check = (userId: string, targetId: string) => checkBlocked(context(), actor, { userId, targetId });
    expect([await check("ann", "bob"), await check("bob", "ann"), await check("ann", "nobody")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("refuses oneself and an unknown user, in any company", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const block = (userId: string, targetUserIds: string[]) =>
      blockUsers(context(), appServerOf(ref), { userId, targetUserIds });
    await expect(block("ann", ["bob", "ann"])).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "targetUserIds",
    });
    await expect(block("nobody", ["bob"])).rejects.toMatchObject({ code: "user_not_found", field: "userId" });
    expect(await blocklistOf(ref, "ann")).toEqual([]);
  });

  test("a call that would overfill the list changes nothing", async () => {
    const ref = await environmentWith(context(), "ann", "b", "c", "d", "e");
    const block = (targetUserIds: string[]) =>
      blockUsers(context(), appServerOf(ref), { userId: "ann", targetUserIds }, 3);
    await block(["b", "c"]);
    await expect(block(["d", "e"])).rejects.toMatchObject({ code: "blocklist_limit_reached" });
    expect(await blocklistOf(ref, "ann")).toHaveLength(2);
    // Who is there already takes no further place.
    await block(["b", "c", "d"]);
    await block(["b"]);
    await expectConsistent(context(), ref);
  });

  test("the limit holds under concurrency, on two pools", async () => {
    const others = Array.from({ length: 40 }, (_, n) => `u${n}`);
    const ref = await environmentWith(context(), "ann", ...others);
    const elsewhere = openDatabase({ url: context().url, poolSize: 4 });
    try {
      const results = await Promise.allSettled(
        others.map((target, n) => {
          const at = n % 2 === 0 ? context() : { ...context(), db: elsewhere };
          return blockUsers(at, appServerOf(ref), { userId: "ann", targetUserIds: [target] }, 7);
        }),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
    } finally {
      await elsewhere.close();
    }
    expect(await blocklistOf(ref, "ann")).toHaveLength(7);
    await expectConsistent(context(), ref);
  });
});

test("unblocking takes off the list, skips who is not on it, and tells the owner's clients", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat");
  const actor = appServerOf(ref);
  const heard = await eventsDuring(context(), ref, 2, async () => {
    await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["bob", "cat"] });
    const input = { userId: "ann", blockedUserIds: ["nobody", "cat", "ann"] };
    expect(await unblockUsers(context(), actor, input)).toEqual({ unblocked: ["cat"] });
    expect(await unblockUsers(context(), actor, input)).toEqual({ unblocked: [] });
  });
  expect(heard[1]).toMatchObject({ lists: [{ userId: "ann", userIds: ["cat"] }], blocked: false });
  expect(await blocklistOf(ref, "ann")).toEqual(["bob"]);
  await expectConsistent(context(), ref);
  await expect(unblockUsers(context(), actor, { userId: "nobody", blockedUserIds: ["bob"] })).rejects.toMatchObject({
    code: "user_not_found",
  });
});

describe("reading a blocklist", () => {
  test("the latest block first, each once, while blocks come and go between pages", async () => {
    const ids = Array.from({ length: 25 }, (_, n) => `u${String(n).padStart(2, "0")}`);
    const ref = await environmentWith(context(), "ann", "new", ...ids);
    const start = context().now() - 86_400_000;
    for (let n = 0; n < 25; n += 5) {
      const at = { ...context(), now: () => start + n };
      await blockUsers(at, appServerOf(ref), { userId: "ann", targetUserIds: ids.slice(n, n + 5) });
    }
    const seen: string[] = [];
    let pageToken: string | undefined;
    for (let page = 1; ; page += 1) {
      const found = await getBlocklist(context(), appServerOf(ref), { userId: "ann", pageToken, pageSize: 4 });
      seen.push(...found.blockedUserIds);
      if (found.pageToken === null) break;
      pageToken = found.pageToken;
      const last = found.blockedUserIds.at(-1) ?? "";
      // The very place of the cursor goes, and another block comes.
      await unblockUsers(context(), appServerOf(ref), { userId: "ann", blockedUserIds: [last] });
      if (page === 1) await blockUsers(context(), appServerOf(ref), { userId: "ann", targetUserIds: ["new"] });
    }
    expect(seen).toEqual([...ids].reverse());
  });

  test("a token of another user is refused with 1002, an unknown user with 400", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    const actor = appServerOf(ref);
    await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["bob", "cat"] });
    const { pageToken } = await getBlocklist(context(), actor, { userId: "ann", pageSize: 1 });
    for (const input of [
      { userId: "bob", pageToken: pageToken ?? "" },
      { userId: "ann", pageToken: "x" },
    ]) {
      await expect(getBlocklist(context(), actor, input)).rejects.toMatchObject({
        code: "invalid_parameter",
        field: "pageToken",
      });
    }
    await expect(getBlocklist(context(), actor, { userId: "nobody" })).rejects.toMatchObject({
      code: "user_not_found",
    });
  });
});

test("an app user has the own list only; an operator needs the role and leaves an audit entry", async () => {
  const ref = await environmentWith(context(), "ann", "bob");
  const ann = appUserOf(ref, "ann");
  await blockUsers(context(), ann, { userId: "ann", targetUserIds: ["bob"] });
  expect((await getBlocklist(context(), ann, { userId: "ann" })).blockedUserIds).toEqual(["bob"]);
  const bob = appUserOf(ref, "bob");
  const forbidden = { code: "forbidden" };
  await expect(blockUsers(context(), bob, { userId: "ann", targetUserIds: ["bob"] })).rejects.toMatchObject(forbidden);
  await expect(unblockUsers(context(), bob, { userId: "ann", blockedUserIds: ["bob"] })).rejects.toMatchObject(
    forbidden,
  );
  await expect(getBlocklist(context(), bob, { userId: "ann" })).rejects.toMatchObject(forbidden);
  await expect(checkBlocked(context(), bob, { userId: "ann", targetId: "bob" })).rejects.toMatchObject(forbidden);
  await expect(
    unblockUsers(context(), operatorOf("support", ref), { userId: "ann", blockedUserIds: ["bob"] }),
  ).rejects.toMatchObject(forbidden);
  const admin = operatorOf("admin", ref);
  await unblockUsers(context(), admin, { userId: "ann", blockedUserIds: ["bob"] });
  await blockUsers(context(), admin, { userId: "ann", targetUserIds: ["bob"] });
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: ref.id },
    orderBy: { id: "asc" },
  });
  expect(entries).toMatchObject([
    { action: "blocklist.removed", targetId: "ann", before: { blocked: ["bob"] } },
    { action: "blocklist.added", targetId: "ann", targetName: "Name of ann", after: { blocked: ["bob"] } },
  ]);
  await expectConsistent(context(), ref);
});
