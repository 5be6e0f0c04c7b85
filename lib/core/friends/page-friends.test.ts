import { expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, operatorOf, testContext } from "@/test/support/context";
import { environmentWith } from "@/test/support/friend-world";
import type { EnvironmentRef } from "../actor";
import { blockUsers } from "../blocklist/block-users";
import { countBlockedBy } from "../blocklist/count-blocked-by";
import type { BlockView } from "../blocklist/list-schema";
import { pageBlocksOfUser } from "../blocklist/page-blocks";
import { addFriend } from "./add-friend";
import { countOpenRequests } from "./count-open-requests";
import type { FRIEND_SORTS, FRIEND_VIEWS } from "./list-schema";
import { pageFriendsOfUser } from "./page-friends";
import { setFriendNote } from "./set-friend-note";

/** What the console shows: pages both ways, whatever the cursor. */

const context = testContext();
const DAY_MS = 86_400_000;
const others = Array.from({ length: 60 }, (_, n) => `u${String(n).padStart(2, "0")}`);
const start = () => context().now() - DAY_MS;

/** Each of the others turned to ann, two at the same time. */
async function crowd(turn: (ref: EnvironmentRef, other: string, at: number) => Promise<unknown>) {
  const ref = await environmentWith(context(), "ann", ...others);
  const from = start();
  for (const [n, other] of others.entries()) await turn(ref, other, from + Math.floor(n / 2));
  return ref;
}

/** All pages forwards, and the one before the last again. */
async function walk(
  read: (
    cursor?: string,
  ) => Promise<{ rows: readonly { userId: string }[]; next: string | null; previous: string | null }>,
) {
  const pages: string[][] = [];
  let page = await read();
  for (;;) {
    pages.push(page.rows.map((row) => row.userId));
    if (page.next === null) break;
    page = await read(page.next);
  }
  const before = page.previous === null ? null : (await read(page.previous)).rows.map((row) => row.userId);
  return { pages, before };
}

test.each<(typeof FRIEND_SORTS)[number]>(["added", "-added"])(
  "friends, received and sent requests, sorted %s",
  async (sort) => {
    const ref = await crowd(async (ref, other, at) => {
      const then = { ...context(), now: () => at };
      const actor = appServerOf(ref);
      const n = Number(other.slice(1));
      if (n % 3 === 0) await addFriend(then, actor, { userId: other, targetId: "ann", action: 2 });
      else if (n % 3 === 1) await addFriend(then, actor, { userId: other, targetId: "ann", extra: `from ${other}` });
      else await addFriend(then, actor, { userId: "ann", targetId: other });
    });
    const viewer = operatorOf("viewer", ref);
    const view = async (view: (typeof FRIEND_VIEWS)[number], remainder: number) => {
      const { pages, before } = await walk(
        async (cursor) => (await pageFriendsOfUser(context(), viewer, { userId: "ann", view, sort, cursor })).page,
      );
      const expected = others.filter((_, n) => n % 3 === remainder);
      expect(pages.flat()).toEqual(sort === "added" ? expected : expected.reverse());
      expect(before).toEqual(pages.at(-2) ?? null);
    };
    await view("friends", 0);
    await view("received", 1);
    await view("sent", 2);
    expect(await countOpenRequests(context(), viewer, { userId: "ann" })).toEqual({
      received: { count: 20, capped: false },
      sent: { count: 20, capped: false },
    });
  },
);

test("a friend's row has the note of the list's owner, a request its text and its end; unreadable queries fall back", async () => {
  const ref = await environmentWith(context(), "ann", "bob", "cat");
  const actor = appServerOf(ref);
  await addFriend(context(), actor, { userId: "ann", targetId: "bob", action: 2 });
  await setFriendNote(context(), actor, {
    userId: "ann",
    targetId: "bob",
    alias: "Bobby",
    friendExtProfile: { ext_a: "1" },
  });
  await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["bob"] });
  await addFriend(context(), actor, { userId: "cat", targetId: "ann", extra: "hi" });
  const viewer = operatorOf("viewer", ref);
  const friends = await pageFriendsOfUser(context(), viewer, {
    userId: "ann",
    cursor: "x",
    size: "7",
    sort: "?" as never,
  });
  expect(friends).toMatchObject({
    view: "friends",
    page: {
      rows: [
        {
          userId: "bob",
          name: "Name of bob",
          avatarUrl: "",
          alias: "Bobby",
          attributes: { ext_a: "1" },
          blocked: true,
        },
      ],
      next: null,
      previous: null,
    },
  });
  const received = await pageFriendsOfUser(context(), viewer, { userId: "ann", view: "received" });
  const counted = await countOpenRequests(context(), viewer, { userId: "ann" });
  expect([counted.received.count, counted.sent.count]).toEqual([1, 0]);
  const [request] = received.page.rows;
  expect(request).toMatchObject({ userId: "cat", extra: "hi" });
  if (request === undefined || !("requestedAt" in request)) throw new Error("no request");
  expect(request.expiresAt.getTime() - request.requestedAt.getTime()).toBe(7 * DAY_MS);
  context().advance(7 * DAY_MS);
  const later = await pageFriendsOfUser(context(), viewer, { userId: "ann", view: "received" });
  expect(later.page.rows).toEqual([]);
  const none = { count: 0, capped: false };
  expect(await countOpenRequests(context(), viewer, { userId: "ann" })).toEqual({ received: none, sent: none });
  expect((await pageFriendsOfUser(context(), viewer, { userId: "nobody" })).page.rows).toEqual([]);
  await expect(pageFriendsOfUser(context(), appUserOf(ref, "ann"), { userId: "ann" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test.each<BlockView>(["blocks", "blocked-by"])("%s, the latest first, each environment apart", async (view) => {
  const ref = await crowd((ref, other, at) => {
    const [userId, target] = view === "blocks" ? ["ann", other] : [other, "ann"];
    return blockUsers({ ...context(), now: () => at }, appServerOf(ref), {
      userId: userId ?? "",
      targetUserIds: [target ?? ""],
    });
  });
  const viewer = operatorOf("viewer", ref);
  const { pages, before } = await walk((cursor) =>
    pageBlocksOfUser(context(), viewer, { userId: "ann", view, cursor }),
  );
  expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
  expect(pages.flat()).toEqual([...others].reverse());
  expect(before).toEqual(pages.at(-2));
  const [first] = (await pageBlocksOfUser(context(), viewer, { userId: "ann", view })).rows;
  expect(first).toMatchObject({ userId: "u59", name: "Name of u59", avatarUrl: "" });
  const count = view === "blocks" ? 0 : others.length;
  expect(await countBlockedBy(context(), viewer, { userId: "ann" })).toEqual({ count, capped: false });
  const other = view === "blocks" ? "blocked-by" : "blocks";
  expect((await pageBlocksOfUser(context(), viewer, { userId: "ann", view: other })).rows).toEqual([]);
  const elsewhere = await environmentWith(context(), "ann");
  expect((await pageBlocksOfUser(context(), operatorOf("viewer", elsewhere), { userId: "ann", view })).rows).toEqual(
    [],
  );
});
