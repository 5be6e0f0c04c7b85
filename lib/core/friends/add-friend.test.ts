import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, operatorOf, testContext } from "@/test/support/context";
import {
  appUserOn,
  environmentWith,
  eventsDuring,
  friendship,
  recordedEvents,
  selectFriendshipEvents,
} from "@/test/support/friend-world";
import { expectConsistent, storedRelations } from "@/test/support/stored-relations";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { blockUsers } from "../blocklist/block-users";
import { changeSettings } from "../settings/change-settings";
import { acceptFriendRequest, addFriend } from "./add-friend";
import { setFriendPermission } from "./friend-permission";
import { refuseFriendRequest } from "./refuse-friend-request";

const context = testContext();
const DAY_MS = 86_400_000;

const friendsOf = async (ref: EnvironmentRef, userId: string) =>
  (await storedRelations(context(), ref)).friendships.filter((row) => row.userId === userId).map((row) => row.friendId);

const requestsIn = async (ref: EnvironmentRef) =>
  (await storedRelations(context(), ref)).requests.map((row) => [row.requesterId, row.targetId, row.status, row.extra]);

const rejects = (promise: Promise<unknown>, code: string, field?: string) =>
  expect(promise).rejects.toMatchObject(field === undefined ? { code } : { code, field });

describe("adding as the app server", () => {
  test("at once makes both friends, counts both, closes open requests, and tells clients and webhook", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    await selectFriendshipEvents(context(), ref);
    const heard = await eventsDuring(context(), ref, 3, async () => {
      await addFriend(context(), appServerOf(ref), { userId: "bob", targetId: "ann", extra: "It is me" });
      const added = await addFriend(context(), appServerOf(ref), { userId: "ann", targetId: "bob", action: 2 });
      expect(added).toEqual({ outcome: "friends" });
    });
    expect(heard).toMatchObject([
      {
        type: "friend_requests.changed",
        requests: [{ requesterId: "bob", targetId: "ann", status: 0, extra: "It is me" }],
      },
      { type: "friends.added", pairs: [{ userId: "ann", friendId: "bob" }] },
      {
        type: "friend_requests.changed",
        requests: [{ requesterId: "bob", targetId: "ann", status: 1, extra: "It is me" }],
      },
    ]);
    expect(await friendsOf(ref, "ann")).toEqual(["bob"]);
    await expectConsistent(context(), ref);
    expect(await requestsIn(ref)).toEqual([["bob", "ann", 1, "It is me"]]);
    expect(await recordedEvents(context(), ref)).toEqual([
      friendship({ operationType: 1, userId: "bob", toUserId: "ann", os: "Server", extra: "It is me" }),
      friendship({ operationType: 5, userId: "ann", toUserId: "bob", os: "Server" }),
    ]);
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: ref.id } });
    expect(entries).toEqual([]);
  });

  test("without a webhook that wants them, no events are stored", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    await addFriend(context(), appServerOf(ref), { userId: "ann", targetId: "bob", action: 2 });
    expect(await recordedEvents(context(), ref)).toEqual([]);
  });

  test("follows the target's level, and the setting where the target has chosen none", async () => {
    const ref = await environmentWith(context(), "ann", "default", "open", "closed");
    const actor = appServerOf(ref);
    await setFriendPermission(context(), actor, { userIds: ["open"], permissionType: 1 });
    await setFriendPermission(context(), actor, { userIds: ["closed"], permissionType: 3 });
    const add = (targetId: string) => addFriend(context(), actor, { userId: "ann", targetId });
    expect(await add("open")).toEqual({ outcome: "friends" });
    expect(await add("default")).toEqual({ outcome: "requested" });
    await rejects(add("closed"), "friend_requests_refused");
    const changes = { friendRequestPreference: "everyone" } as const;
    await changeSettings(context(), operatorOf("admin", ref), { version: 1, changes, note: "test" });
    await expect.poll(() => add("default").then(({ outcome }) => outcome), { timeout: 2_000 }).toBe("friends");
  });

  test("refuses oneself, unknown and soft-deleted users, friends, blocks of either side", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat", "dan");
    await insertTestUsers(context(), ref, [{ userId: "gone", softDeletedAt: context().now() }]);
    const actor = appServerOf(ref);
    const add = (userId: string, targetId: string) => addFriend(context(), actor, { userId, targetId, action: 2 });
    await rejects(add("ann", "ann"), "friend_is_self");
    await rejects(add("nobody", "nobody"), "friend_is_self");
    await rejects(add("nobody", "ann"), "user_not_found", "userId");
    await rejects(add("gone", "ann"), "user_not_found", "userId");
    await rejects(add("ann", "gone"), "user_not_found", "targetId");
    await add("ann", "bob");
    await rejects(add("bob", "ann"), "already_friends");
    await blockUsers(context(), actor, { userId: "cat", targetUserIds: ["ann"] });
    await rejects(add("ann", "cat"), "blocked_by_target");
    await rejects(add("cat", "ann"), "target_blocked");
    await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["cat", "bob"] });
    await rejects(add("ann", "cat"), "blocked_by_target");
    expect(await friendsOf(ref, "ann")).toEqual(["bob"]);
  });

  test("a repeated request refreshes text and time, and the opposite one makes both friends", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const actor = appServerOf(ref);
    await addFriend(context(), actor, { userId: "ann", targetId: "bob", extra: "first" });
    const [first] = (await storedRelations(context(), ref)).requests;
    context().advance(6 * DAY_MS);
    await addFriend(context(), actor, { userId: "ann", targetId: "bob", extra: "second" });
    const [second] = (await storedRelations(context(), ref)).requests;
    expect(second?.extra).toBe("second");
    expect(second?.requestedAt.getTime()).toBeGreaterThanOrEqual((first?.requestedAt.getTime() ?? 0) + 6 * DAY_MS);
    context().advance(6 * DAY_MS);
    expect(await addFriend(context(), actor, { userId: "bob", targetId: "ann" })).toEqual({ outcome: "friends" });
    expect(await requestsIn(ref)).toEqual([["ann", "bob", 1, "second"]]);
  });

  test("never touches another environment", async () => {
    const mine = await environmentWith(context(), "ann", "bob");
    const others = await environmentWith(context(), "ann", "bob");
    await addFriend(context(), appServerOf(mine), { userId: "ann", targetId: "bob", action: 2 });
    expect(await friendsOf(others, "ann")).toEqual([]);
    await expectConsistent(context(), others);
  });
});

describe("as an app user", () => {
  test("asks, is accepted or refused, and the webhook hears it with the client's platform", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    await selectFriendshipEvents(context(), ref);
    const ask = (userId: string, targetId: string) =>
      addFriend(context(), appUserOn("iOS", ref, userId), { userId, targetId, extra: "hi" });
    const bob = appUserOn("Android", ref, "bob");
    const heard = await eventsDuring(context(), ref, 5, async () => {
      expect(await ask("ann", "bob")).toEqual({ outcome: "requested" });
      await ask("cat", "bob");
      await acceptFriendRequest(context(), bob, { userId: "bob", requesterId: "ann" });
      await refuseFriendRequest(context(), bob, { userId: "bob", requesterId: "cat" });
    });
    const told = (requesterId: string, status: number) => ({
      type: "friend_requests.changed",
      requests: [{ requesterId, targetId: "bob", status, extra: "hi" }],
    });
    expect(heard).toMatchObject([
      told("ann", 0),
      told("cat", 0),
      { type: "friends.added", pairs: [{ userId: "bob", friendId: "ann" }] },
      told("ann", 1),
      told("cat", 2),
    ]);
    expect(await friendsOf(ref, "bob")).toEqual(["ann"]);
    expect(await requestsIn(ref)).toEqual([
      ["ann", "bob", 1, "hi"],
      ["cat", "bob", 2, "hi"],
    ]);
    expect(await recordedEvents(context(), ref)).toEqual([
      friendship({ operationType: 1, userId: "ann", toUserId: "bob", os: "iOS", extra: "hi" }),
      friendship({ operationType: 1, userId: "cat", toUserId: "bob", os: "iOS", extra: "hi" }),
      friendship({ operationType: 2, userId: "ann", toUserId: "bob", os: "Android" }),
      friendship({ operationType: 3, userId: "cat", toUserId: "bob", os: "Android" }),
    ]);
    for (const requesterId of ["ann", "cat", "bob"]) {
      await rejects(acceptFriendRequest(context(), bob, { userId: "bob", requesterId }), expect.any(String));
    }
    // Refused is not for ever.
    expect(await ask("cat", "bob")).toEqual({ outcome: "requested" });
  });

  test("a friendship that needs no answer is told as request and acceptance, one that meets a request as acceptance", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    await selectFriendshipEvents(context(), ref);
    await setFriendPermission(context(), appServerOf(ref), { userIds: ["bob"], permissionType: 1 });
    const ask = (userId: string, targetId: string) =>
      addFriend(context(), appUserOf(ref, userId), { userId, targetId });
    expect(await ask("ann", "bob")).toEqual({ outcome: "friends" });
    await ask("ann", "cat");
    expect(await ask("cat", "ann")).toEqual({ outcome: "friends" });
    const source = "Websocket";
    expect(await recordedEvents(context(), ref)).toEqual([
      friendship({ operationType: 1, userId: "ann", toUserId: "bob", os: source }),
      friendship({ operationType: 2, userId: "ann", toUserId: "bob", os: source }),
      friendship({ operationType: 1, userId: "ann", toUserId: "cat", os: source }),
      friendship({ operationType: 2, userId: "ann", toUserId: "cat", os: source }),
    ]);
  });

  test("a request lives seven days", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    await addFriend(context(), appUserOf(ref, "ann"), { userId: "ann", targetId: "bob" });
    context().advance(7 * DAY_MS);
    const answer = { userId: "bob", requesterId: "ann" };
    await rejects(acceptFriendRequest(context(), appUserOf(ref, "bob"), answer), "friend_request_not_found");
    await rejects(refuseFriendRequest(context(), appUserOf(ref, "bob"), answer), "friend_request_not_found");
    // An expired request is none that could be met.
    const met = await addFriend(context(), appUserOf(ref, "bob"), { userId: "bob", targetId: "ann" });
    expect(met).toEqual({ outcome: "requested" });
  });

  test("a block or a limit that came since stands in the way of accepting", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat", "dan");
    const server = appServerOf(ref);
    const accept = (requesterId: string, limit?: number) =>
      acceptFriendRequest(context(), appUserOf(ref, "bob"), { userId: "bob", requesterId }, limit);
    for (const userId of ["ann", "cat", "dan"]) await addFriend(context(), server, { userId, targetId: "bob" });
    await blockUsers(context(), server, { userId: "ann", targetUserIds: ["bob"] });
    await rejects(accept("ann"), "blocked_by_target");
    await blockUsers(context(), server, { userId: "bob", targetUserIds: ["cat"] });
    await rejects(accept("cat"), "target_blocked");
    await rejects(accept("dan", 0), "friend_limit_reached");
    await accept("dan");
    expect(await friendsOf(ref, "bob")).toEqual(["dan"]);
  });

  test("acts for nobody else, and adds nobody without asking", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const eve = appUserOf(ref, "eve");
    await rejects(addFriend(context(), eve, { userId: "ann", targetId: "bob" }), "forbidden");
    await rejects(acceptFriendRequest(context(), eve, { userId: "ann", requesterId: "bob" }), "forbidden");
    await rejects(refuseFriendRequest(context(), eve, { userId: "ann", requesterId: "bob" }), "forbidden");
    const ann = appUserOf(ref, "ann");
    await rejects(addFriend(context(), ann, { userId: "ann", targetId: "bob", action: 2 }), "forbidden");
    expect((await storedRelations(context(), ref)).friendships).toEqual([]);
  });
});

describe("as an operator", () => {
  test("needs the role, and leaves an audit entry in the same transaction", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const input = { userId: "ann", targetId: "bob", action: 2 } as const;
    await rejects(addFriend(context(), operatorOf("support", ref), input), "forbidden");
    expect(await addFriend(context(), operatorOf("admin", ref), input)).toEqual({ outcome: "friends" });
    await rejects(addFriend(context(), operatorOf("admin", ref), input), "already_friends");
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: ref.id } });
    expect(entries).toMatchObject([
      {
        action: "friend.added",
        targetId: "ann",
        targetName: "Name of ann",
        after: { friend: "bob" },
        source: "console",
      },
    ]);
    await expectConsistent(context(), ref);
  });
});

describe("the limit of friends holds under concurrency, on two pools", () => {
  test.each([1, 5])("%i of 30 users who befriend one at once", async (limit) => {
    const others = Array.from({ length: 30 }, (_, n) => `u${n}`);
    const ref = await environmentWith(context(), "star", ...others);
    const elsewhere = openDatabase({ url: context().url, poolSize: 4 });
    try {
      const results = await Promise.allSettled(
        others.map((other, n) => {
          const [userId, targetId] = n % 3 === 0 ? (["star", other] as const) : ([other, "star"] as const);
          const at = n % 2 === 0 ? context() : { ...context(), db: elsewhere };
          return addFriend(at, appServerOf(ref), { userId, targetId, action: 2 }, limit);
        }),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(limit);
      const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
      expect(new Set(refusals)).toEqual(new Set(["friend_limit_reached", "target_friend_limit_reached"]));
    } finally {
      await elsewhere.close();
    }
    expect(await friendsOf(ref, "star")).toHaveLength(limit);
    await expectConsistent(context(), ref);
  });

  test("two users who add each other at once, a hundred times, are friends once", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const elsewhere = openDatabase({ url: context().url, poolSize: 4 });
    try {
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, (_, n) => {
          const at = n % 3 === 0 ? context() : { ...context(), db: elsewhere };
          const [userId, targetId] = n % 2 === 0 ? (["ann", "bob"] as const) : (["bob", "ann"] as const);
          return addFriend(at, appServerOf(ref), { userId, targetId, action: 2 });
        }),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    } finally {
      await elsewhere.close();
    }
    await expectConsistent(context(), ref);
  });

  test("adding against soft delete leaves no friend of a soft-deleted user", async () => {
    const others = Array.from({ length: 12 }, (_, n) => `u${n}`);
    const ref = await environmentWith(context(), "ann", ...others);
    const softDelete = context().db.pool.query(
      "UPDATE users SET soft_deleted_at = now() WHERE environment_id = $1 AND user_id = 'ann'",
      [ref.id],
    );
    const results = await Promise.allSettled([
      ...others.map((userId) => addFriend(context(), appServerOf(ref), { userId, targetId: "ann", action: 2 })),
      softDelete,
    ]);
    for (const result of results) if (result.status === "rejected") expect(result.reason.code).toBe("user_not_found");
    await rejects(
      addFriend(context(), appServerOf(ref), { userId: "u0", targetId: "ann", action: 2 }),
      "user_not_found",
      "targetId",
    );
    await expectConsistent(context(), ref);
  });
});
