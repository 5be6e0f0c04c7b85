import { describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, testContext } from "@/test/support/context";
import { environmentWith } from "@/test/support/friend-world";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { blockUsers } from "../blocklist/block-users";
import { acceptFriendRequest, addFriend } from "./add-friend";
import { getFriendRelationships } from "./get-friend-relationships";
import { listFriendRequests } from "./list-friend-requests";
import { getFriends, listFriends } from "./list-friends";
import { refuseFriendRequest } from "./refuse-friend-request";
import { removeFriends } from "./remove-friends";
import type { FriendPageInput } from "./schema";

const context = testContext();
const DAY_MS = 86_400_000;

const add = (ref: EnvironmentRef, userId: string, targetId: string) =>
  addFriend(context(), appServerOf(ref), { userId, targetId, action: 2 });

/** Friends that share their time of addition by fives, so that pages break inside ties. */
async function manyFriends(count: number): Promise<{ ref: EnvironmentRef; ids: string[] }> {
  const ids = Array.from({ length: count }, (_, n) => `u${String(n).padStart(3, "0")}`);
  const ref = await environmentWith(context(), "ann", ...ids);
  const start = context().now() - DAY_MS;
  for (let n = 0; n < count; n += 5) {
    const at = { ...context(), now: () => start + n };
    for (const targetId of ids.slice(n, n + 5)) {
      await addFriend(at, appServerOf(ref), { userId: "ann", targetId, action: 2 });
    }
  }
  return { ref, ids };
}

async function walk(
  ref: EnvironmentRef,
  input: Omit<FriendPageInput, "userId" | "pageToken">,
  between?: (page: number) => Promise<unknown>,
): Promise<string[]> {
  const seen: string[] = [];
  let pageToken: string | undefined;
  for (let page = 1; ; page += 1) {
    const found = await listFriends(context(), appServerOf(ref), { ...input, userId: "ann", pageToken });
    seen.push(...found.friends.map((friend) => friend.userId));
    if (found.pageToken === null) return seen;
    pageToken = found.pageToken;
    await between?.(page);
  }
}

describe("listing friends", () => {
  test("every friend once, oldest or newest first, whatever the page size, with the number of all", async () => {
    const { ref, ids } = await manyFriends(23);
    for (const pageSize of [1, 4, 5, 22, 23, 24]) {
      expect(await walk(ref, { pageSize })).toEqual(ids);
      expect(await walk(ref, { pageSize, order: 1 })).toEqual([...ids].reverse());
    }
    const page = await listFriends(context(), appServerOf(ref), { userId: "ann", pageSize: 3 });
    expect(page.totalCount).toBe(23);
  });

  test("friends who come and go between pages: who stays is neither repeated nor skipped", async () => {
    for (const order of [0, 1] as const) {
      const { ref, ids } = await manyFriends(30);
      await insertTestUsers(
        context(),
        ref,
        Array.from({ length: 10 }, (_, n) => ({ userId: `new${n}` })),
      );
      // The place of the cursor itself goes, one before and one after it, and somebody new comes.
      const gone = ["u004", "u025", "u001", "u014", "u020"];
      const seen = await walk(ref, { pageSize: 5, order }, async (page) => {
        const target = gone[page - 1];
        if (target !== undefined)
          await removeFriends(context(), appServerOf(ref), { userId: "ann", targetIds: [target] });
        await add(ref, "ann", `new${page}`);
      });
      expect(new Set(seen).size).toBe(seen.length);
      const stayed = ids.filter((id) => !gone.includes(id));
      expect(seen.filter((id) => stayed.includes(id))).toEqual(order === 0 ? stayed : [...stayed].reverse());
    }
  });

  test("shows the hosted name and avatar before the registered ones, and whether the owner blocks the friend", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    await context().db.prisma.userProfile.create({
      data: {
        environmentId: ref.id,
        userId: "bob",
        basic: { name: "Bobby", portraitUri: "https://example.com/b.png" },
        version: 1n,
        registeredAt: new Date(),
      },
    });
    await add(ref, "ann", "bob");
    await add(ref, "ann", "cat");
    await blockUsers(context(), appServerOf(ref), { userId: "ann", targetUserIds: ["cat"] });
    const { friends } = await listFriends(context(), appUserOf(ref, "ann"), { userId: "ann" });
    const plain = { alias: "", attributes: {}, addedAt: expect.any(Date) };
    const bob = { ...plain, userId: "bob", name: "Bobby", portraitUri: "https://example.com/b.png", blocked: false };
    const cat = { ...plain, userId: "cat", name: "Name of cat", portraitUri: "", blocked: true };
    expect(friends).toEqual([bob, cat]);
    const byId = { userId: "ann", friendIds: ["nobody", "cat", "ann", "bob"] };
    expect(await getFriends(context(), appUserOf(ref, "ann"), byId)).toEqual([cat, bob]);
    await expect(getFriends(context(), appUserOf(ref, "bob"), byId)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a token of another user, order or kind of list is refused, and unknown users too", async () => {
    const { ref } = await manyFriends(7);
    const actor = appServerOf(ref);
    const { pageToken } = await listFriends(context(), actor, { userId: "ann", pageSize: 3 });
    const list = (input: FriendPageInput) => listFriends(context(), actor, { pageToken: pageToken ?? "", ...input });
    for (const input of [
      { userId: "ann", order: 1 as const },
      { userId: "u001" },
      { userId: "ann", pageToken: "not-a-token" },
    ]) {
      await expect(list(input)).rejects.toMatchObject({ code: "page_token_invalid", field: "pageToken" });
    }
    // The page size may change from page to page.
    expect((await list({ userId: "ann", pageSize: 2 })).friends.map((friend) => friend.userId)).toEqual([
      "u003",
      "u004",
    ]);
    await expect(listFriends(context(), actor, { userId: "nobody" })).rejects.toMatchObject({ code: "user_not_found" });
    await expect(listFriends(context(), appUserOf(ref, "u001"), { userId: "ann" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("relationships come in the order asked, unknown targets as none, an unknown user is refused", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat");
  await add(ref, "ann", "bob");
  const ask = (userId: string, ...targetIds: string[]) =>
    getFriendRelationships(context(), appServerOf(ref), { userId, targetIds });
  // At the same time, so that they share a statement.
  const [first, second, third] = await Promise.all([
    ask("ann", "cat", "bob", "nobody", "ann"),
    ask("bob", "ann"),
    ask("cat", "ann", "bob"),
  ]);
  expect(first).toEqual([
    { userId: "cat", relation: 0 },
    { userId: "bob", relation: 3 },
    { userId: "nobody", relation: 0 },
    { userId: "ann", relation: 0 },
  ]);
  expect(second).toEqual([{ userId: "ann", relation: 3 }]);
  expect(third).toEqual([
    { userId: "ann", relation: 0 },
    { userId: "bob", relation: 0 },
  ]);
  await expect(ask("nobody", "ann")).rejects.toMatchObject({ code: "user_not_found", field: "userId" });
});

describe("listing friend requests", () => {
  test("by type and status, each page once through, expired ones as such", async () => {
    const others = Array.from({ length: 12 }, (_, n) => `u${String(n).padStart(2, "0")}`);
    const ref = await environmentWith(context(), "ann", ...others);
    const ann = appUserOf(ref, "ann");
    const start = context().now();
    const ask = (userId: string, targetId: string, at: number) =>
      addFriend({ ...context(), now: () => at }, appServerOf(ref), { userId, targetId, extra: `to ${targetId}` });
    // Received by ann from the first eight, sent by ann to the rest; two by two at the same time.
    for (const [n, other] of others.entries()) {
      const at = start + Math.floor(n / 2);
      await (n < 8 ? ask(other, "ann", at) : ask("ann", other, at));
    }
    await acceptFriendRequest(context(), ann, { userId: "ann", requesterId: "u00" });
    await refuseFriendRequest(context(), ann, { userId: "ann", requesterId: "u01" });
    const list = async (input: Partial<Parameters<typeof listFriendRequests>[2]>) => {
      const rows = [];
      let pageToken: string | undefined;
      do {
        const page = await listFriendRequests(context(), ann, { pageSize: 3, ...input, userId: "ann", pageToken });
        rows.push(...page.requests);
        pageToken = page.pageToken ?? undefined;
      } while (pageToken !== undefined);
      return rows;
    };
    const ids = async (input: Parameters<typeof list>[0]) => (await list(input)).map((request) => request.userId);
    expect(await ids({})).toEqual(others);
    expect(await ids({ order: 1 })).toEqual([...others].reverse());
    expect(await ids({ types: [2] })).toEqual(others.slice(0, 8));
    expect(await ids({ types: [1] })).toEqual(others.slice(8));
    expect(await ids({ statuses: [1] })).toEqual(["u00"]);
    expect(await ids({ statuses: [2] })).toEqual(["u01"]);
    expect(await ids({ statuses: [0] })).toEqual(others.slice(2));
    expect(await ids({ statuses: [1, 0] })).toEqual(["u00", ...others.slice(2)]);
    expect(await ids({ statuses: [3] })).toEqual([]);
    const [accepted] = await list({ statuses: [1] });
    expect(accepted).toEqual({
      type: 2,
      userId: "u00",
      name: "Name of u00",
      portraitUri: "",
      extra: "to ann",
      status: 1,
      requestedAt: new Date(start),
    });
    context().advance(start + 7 * DAY_MS + 2 - context().now());
    const now = { ...context(), now: () => start + 7 * DAY_MS + 2 };
    const open = await listFriendRequests(now, ann, { userId: "ann", statuses: [0] });
    expect(open.requests.map((request) => request.userId)).toEqual(others.slice(6));
    const expired = await listFriendRequests(now, ann, { userId: "ann", statuses: [3] });
    expect(expired.requests.map(({ userId, status }) => [userId, status])).toEqual(
      others.slice(2, 6).map((id) => [id, 3]),
    );
  });

  test("belongs to the user, and a token to its filters", async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    for (const targetId of ["bob", "cat"]) await addFriend(context(), appServerOf(ref), { userId: "ann", targetId });
    const input = { userId: "ann", pageSize: 1 };
    await expect(listFriendRequests(context(), appUserOf(ref, "bob"), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    const { pageToken } = await listFriendRequests(context(), appUserOf(ref, "ann"), input);
    expect(pageToken).toEqual(expect.any(String));
    await expect(
      listFriendRequests(context(), appUserOf(ref, "ann"), { ...input, pageToken: pageToken ?? "", types: [1] }),
    ).rejects.toMatchObject({ code: "page_token_invalid" });
  });
});
