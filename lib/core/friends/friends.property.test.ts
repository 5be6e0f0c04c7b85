import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { apply, type Model, type Op, orders } from "@/test/support/relation-rules";
import { expectConsistent, storedRelations } from "@/test/support/stored-relations";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { blockUsers, unblockUsers } from "../blocklist/block-users";
import { AppError } from "../errors";
import { acceptFriendRequest, addFriend } from "./add-friend";
import { setFriendPermission } from "./friend-permission";
import { refuseFriendRequest } from "./refuse-friend-request";
import { removeAllFriends, removeFriends } from "./remove-friends";

const context = testContext();
/** A second process, as it were: with a pool and batches of its own. */
let elsewhere: Database;

beforeAll(() => {
  elsewhere = openDatabase({ url: context().url, poolSize: 5 });
});
afterAll(() => elsewhere.close());

const DAY_MS = 86_400_000;
const USERS = ["ann", "bob", "cat", "dan"];
const FRIEND_LIMIT = 2;
const BLOCK_LIMIT = 2;

const user = fc.constantFrom(...USERS, ...USERS, "nobody");
const targets = fc.uniqueArray(user, { minLength: 1, maxLength: 3 });
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant("add"), user, target: user, action: fc.constantFrom(1, 1, 2) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom("accept", "accept", "refuse"), user, target: user }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("remove"), user, targets }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("removeAll"), user }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom("block", "unblock"), user, targets }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("permission"),
      user: fc.constantFrom(...USERS),
      level: fc.constantFrom(1, 2, 3),
    }),
  },
) as fc.Arbitrary<Op>;

/** Operations at the same time, after some days have passed. */
const moment = (most: number) =>
  fc.record({ days: fc.constantFrom(0, 0, 0, 3), ops: fc.array(op, { minLength: 1, maxLength: most }) });

async function carryOut(ref: EnvironmentRef, op: Op, index: number): Promise<string> {
  const actor = appServerOf(ref);
  const at = index % 2 === 0 ? context() : { ...context(), db: elsewhere };
  const run = async () => {
    switch (op.op) {
      case "add":
        return addFriend(at, actor, { userId: op.user, targetId: op.target, action: op.action }, FRIEND_LIMIT);
      case "accept":
        return acceptFriendRequest(at, actor, { userId: op.user, requesterId: op.target }, FRIEND_LIMIT);
      case "refuse":
        return refuseFriendRequest(at, actor, { userId: op.user, requesterId: op.target });
      case "remove":
        return removeFriends(at, actor, { userId: op.user, targetIds: [...op.targets] });
      case "removeAll":
        return removeAllFriends(at, actor, { userId: op.user });
      case "block":
        return blockUsers(at, actor, { userId: op.user, targetUserIds: [...op.targets] }, BLOCK_LIMIT);
      case "unblock":
        return unblockUsers(at, actor, { userId: op.user, blockedUserIds: [...op.targets] });
      case "permission":
        return setFriendPermission(at, actor, { userIds: [op.user], permissionType: op.level });
    }
  };
  try {
    await run();
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** What is stored, in the model's words. Requests are compared without their times. */
async function observed(ref: EnvironmentRef) {
  const { friendships, requests, blocks, users } = await storedRelations(context(), ref);
  return {
    friends: friendships.map((row) => `${row.userId} ${row.friendId}`).sort(),
    requests: requests.map((row) => `${row.requesterId} ${row.targetId} ${row.status}`).sort(),
    blocks: blocks.map((row) => `${row.userId} ${row.blockedId}`).sort(),
    levels: users.flatMap((row) => (row.friendPermission === null ? [] : [`${row.userId} ${row.friendPermission}`])),
  };
}

const told = (model: Model) => ({
  friends: [...model.friends].sort(),
  requests: [...model.requests].map(([key, { status }]) => `${key} ${status}`).sort(),
  blocks: [...model.blocks].sort(),
  levels: [...model.levels].map(([user, level]) => `${user} ${level}`).sort(),
});

async function walk(moments: ReadonlyArray<{ days: number; ops: readonly Op[] }>): Promise<void> {
  const { ref } = (await createTestApp(context())).production;
  await insertTestUsers(
    context(),
    ref,
    USERS.map((userId) => ({ userId })),
  );
  let models: Model[] = [
    {
      day: 0,
      users: USERS,
      friendLimit: FRIEND_LIMIT,
      blockLimit: BLOCK_LIMIT,
      friends: new Set(),
      requests: new Map(),
      blocks: new Set(),
      levels: new Map(),
    },
  ];
  for (const { days, ops } of moments) {
    context().advance(days * DAY_MS);
    const answers = await Promise.all(ops.map((op, index) => carryOut(ref, op, index)));
    const state = await observed(ref);
    // At least one order of these operations, one after the other, gives exactly these answers and this state.
    const possible = models.flatMap((before) =>
      orders(ops.map((op, index) => ({ op, index }))).flatMap((order) => {
        let model: Model = { ...before, day: before.day + days };
        for (const { op, index } of order) {
          const [after, answer] = apply(model, op);
          if (answer !== answers[index]) return [];
          model = after;
        }
        return [model];
      }),
    );
    const alike = possible.filter((model) => JSON.stringify(told(model)) === JSON.stringify(state));
    expect({ answers, state, explained: alike.length > 0 }).toEqual({ answers, state, explained: true });
    // Requests' days may differ between explanations; all of them stay possible.
    models = [...new Map(alike.map((model) => [JSON.stringify([...model.requests].sort()), model])).values()];
    await expectConsistent(context(), ref);
  }
}

test("property: one after the other, every operation answers and changes what the rules say", async () => {
  await fc.assert(fc.asyncProperty(fc.array(moment(1), { minLength: 1, maxLength: 25 }), walk), {
    numRuns: 40,
  });
}, 120_000);

test("property: at the same time, operations answer and change as if they had come in some order", async () => {
  await fc.assert(fc.asyncProperty(fc.array(moment(4), { minLength: 1, maxLength: 10 }), walk), {
    numRuns: 40,
  });
}, 120_000);
