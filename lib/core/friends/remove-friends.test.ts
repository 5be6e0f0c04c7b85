import { expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { retrying, StaleTransaction, transactionOn } from "@/lib/db/transaction";
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
import type { EnvironmentRef } from "../actor";
import { addFriend } from "./add-friend";
import { endFriendships, lockWithFriends } from "./end-friendship-store";
import { removeAllFriends, removeFriends } from "./remove-friends";

const context = testContext();

const befriend = (ref: EnvironmentRef, userId: string, ...targetIds: string[]) =>
  Promise.all(targetIds.map((targetId) => addFriend(context(), appServerOf(ref), { userId, targetId, action: 2 })));

const friendsOf = async (ref: EnvironmentRef, userId: string) =>
  (await storedRelations(context(), ref)).friendships.filter((row) => row.userId === userId).map((row) => row.friendId);

test("removes from both sides, skips who is no friend, and tells clients and webhook", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat", "dan");
  await selectFriendshipEvents(context(), ref);
  await befriend(ref, "ann", "bob", "cat", "dan");
  const removed = await removeFriends(context(), appServerOf(ref), {
    userId: "ann",
    targetIds: ["nobody", "dan", "bob", "ann"],
  });
  expect(removed).toEqual({ removed: ["dan", "bob"] });
  expect(await friendsOf(ref, "ann")).toEqual(["cat"]);
  await expectConsistent(context(), ref);
  expect((await recordedEvents(context(), ref)).slice(3)).toEqual([
    friendship({ operationType: 4, userId: "ann", toUserId: "dan", os: "Server" }),
    friendship({ operationType: 4, userId: "ann", toUserId: "bob", os: "Server" }),
  ]);
  const again = { userId: "ann", targetIds: ["bob"] };
  expect(await removeFriends(context(), appServerOf(ref), again)).toEqual({ removed: [] });
  await expect(removeFriends(context(), appServerOf(ref), { ...again, userId: "nobody" })).rejects.toMatchObject({
    code: "user_not_found",
    field: "userId",
  });
});

test("an app user removes own friends only, and the event says from where", async () => {
  const ref = await environmentWith(context(), "ann", "bob");
  await selectFriendshipEvents(context(), ref);
  await befriend(ref, "ann", "bob");
  const input = { userId: "ann", targetIds: ["bob"] };
  await expect(removeFriends(context(), appUserOf(ref, "bob"), input)).rejects.toMatchObject({ code: "forbidden" });
  await removeFriends(context(), appUserOn("PC", ref, "ann"), input);
  expect((await recordedEvents(context(), ref)).at(-1)).toMatchObject({ operationType: 4, os: "PC" });
});

test("an operator's removals are audited, with the names", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat", "dan");
  await befriend(ref, "ann", "bob", "cat", "dan");
  const admin = operatorOf("admin", ref);
  const support = operatorOf("support", ref);
  await expect(removeAllFriends(context(), support, { userId: "ann" })).rejects.toMatchObject({ code: "forbidden" });
  await removeFriends(context(), admin, { userId: "ann", targetIds: ["bob"] });
  await removeAllFriends(context(), admin, { userId: "ann" });
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: ref.id },
    orderBy: { id: "asc" },
  });
  expect(entries).toMatchObject([
    { action: "friend.removed", targetId: "ann", targetName: "Name of ann", before: { friends: ["bob"] } },
    { action: "friend.all_removed", targetId: "ann", before: { friends: 2 } },
  ]);
});

test("removing all ends 3,000 friendships with all 3,001 counts, and tells everybody", async () => {
  const others = Array.from({ length: 3_000 }, (_, n) => `user-${n}`);
  const ref = await environmentWith(context(), "ann", "bystander", ...others);
  await context().db.pool.query(
    `WITH pairs AS (SELECT 'ann' AS a, 'user-' || n AS b FROM generate_series(0, 2999) n)
    INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
    SELECT $1::int, a, b, now() FROM pairs UNION ALL SELECT $1::int, b, a, now() FROM pairs`,
    [ref.id],
  );
  await context().db.pool.query(
    `UPDATE users SET friend_count = CASE user_id WHEN 'ann' THEN 3000 ELSE 1 END
    WHERE environment_id = $1 AND user_id <> 'bystander'`,
    [ref.id],
  );
  await befriend(ref, "bystander", "user-7");
  await expectConsistent(context(), ref);
  const told = new Set<string>();
  let cleared = 0;
  const stop = context().bus.subscribe((event) => {
    if (event.environmentId !== ref.id) return;
    if (event.type === "friends.cleared" && event.userIds.includes("ann")) cleared += 1;
    if (event.type !== "friends.removed" || event.userId !== "ann" || !event.cleared) return;
    for (const id of event.userIds) told.add(id);
  });
  expect(await removeAllFriends(context(), appServerOf(ref), { userId: "ann" })).toEqual({ removed: 3_000 });
  await expect.poll(() => told.size, { timeout: 5_000 }).toBe(3_000);
  stop();
  expect(cleared).toBe(1);
  expect(await friendsOf(ref, "user-7")).toEqual(["bystander"]);
  await expectConsistent(context(), ref);
});

test("a user without friends is cleared all the same; an unknown one is not", async () => {
  const ref = await environmentWith(context(), "ann");
  const heard = await eventsDuring(context(), ref, 1, () =>
    removeAllFriends(context(), appServerOf(ref), { userId: "ann" }),
  );
  expect(heard).toMatchObject([{ type: "friends.cleared", userIds: ["ann"] }]);
  await expect(removeAllFriends(context(), appServerOf(ref), { userId: "nobody" })).rejects.toMatchObject({
    code: "user_not_found",
  });
});

test("removing all while others add, from two pools, leaves counts equal to the rows", async () => {
  const others = Array.from({ length: 40 }, (_, n) => `u${n}`);
  const ref = await environmentWith(context(), "m", ...others);
  const elsewhere = openDatabase({ url: context().url, poolSize: 5 });
  try {
    const add = (userId: string, targetId: string, n: number) =>
      addFriend(n % 2 === 0 ? context() : { ...context(), db: elsewhere }, appServerOf(ref), {
        userId,
        targetId,
        action: 2,
      });
    const work = others.flatMap((other, n): Promise<unknown>[] => [
      add("m", other, n),
      add(other, others[(n + 1) % 40] ?? "", n),
      ...(n % 5 === 0
        ? [removeAllFriends({ ...context(), db: elsewhere }, appServerOf(ref), { userId: n % 10 === 0 ? "m" : other })]
        : []),
    ]);
    const results = await Promise.allSettled(work);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
  } finally {
    await elsewhere.close();
  }
  await expectConsistent(context(), ref);
});

test("a friend who came between looking and locking is locked as well, or the transaction begins anew", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat");
  await befriend(ref, "ann", "bob");
  const { pool } = context().db;
  const holder = await pool.connect();
  let tries = 0;
  try {
    // Holds bob, so that locking waits until cat has become a friend too; then holds cat for the first try.
    await holder.query("BEGIN");
    const hold = (userId: string) =>
      holder.query("SELECT 1 FROM users WHERE environment_id = $1 AND user_id = $2 FOR NO KEY UPDATE", [
        ref.id,
        userId,
      ]);
    await hold("bob");
    const ending = retrying(() =>
      transactionOn(pool, async (run) => {
        tries += 1;
        try {
          const { friendships } = await lockWithFriends(run, ref.id, ["ann"]);
          return await endFriendships(run, ref.id, friendships);
        } catch (error) {
          if (error instanceof StaleTransaction) await holder.query("COMMIT");
          throw error;
        }
      }),
    );
    const waiting = async () =>
      (await pool.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"))
        .rowCount;
    await expect.poll(waiting, { timeout: 5_000 }).toBe(1);
    // ann is held by the one who waits, so the friendship is written as it would have been a moment before.
    await holder.query(
      `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
      VALUES ($1, 'ann', 'cat', now()), ($1, 'cat', 'ann', now())`,
      [ref.id],
    );
    await holder.query("COMMIT");
    await holder.query("BEGIN");
    await hold("cat");
    expect((await ending).map(({ friendId }) => friendId)).toEqual(["bob", "cat"]);
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
  expect(tries).toBeLessThanOrEqual(2);
  expect(await friendsOf(ref, "cat")).toEqual([]);
});

test("of two friends who end all their friendships at once, one ends theirs", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat", "dan");
  await befriend(ref, "ann", "bob", "cat");
  await befriend(ref, "bob", "dan");
  const server = appServerOf(ref);
  const [ann, bob] = await Promise.all([
    removeAllFriends(context(), server, { userId: "ann" }),
    removeAllFriends(context(), server, { userId: "bob" }),
  ]);
  expect([ann.removed, bob.removed]).toEqual([2, 1]);
  expect((await storedRelations(context(), ref)).friendships).toEqual([]);
  await expectConsistent(context(), ref);
});
