import { beforeAll, describe, expect, test } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import { blockUsers, unblockUsers } from "@/lib/core/blocklist/block-users";
import { countBlockedBy } from "@/lib/core/blocklist/count-blocked-by";
import { getBlocklist } from "@/lib/core/blocklist/get-blocklist";
import { BLOCK_VIEWS } from "@/lib/core/blocklist/list-schema";
import { pageBlocksOfUser } from "@/lib/core/blocklist/page-blocks";
import { acceptFriendRequest, addFriend } from "@/lib/core/friends/add-friend";
import { countOpenRequests } from "@/lib/core/friends/count-open-requests";
import { setFriendPermission } from "@/lib/core/friends/friend-permission";
import { getFriendRelationships } from "@/lib/core/friends/get-friend-relationships";
import { listFriendRequests } from "@/lib/core/friends/list-friend-requests";
import { getFriends, listFriends } from "@/lib/core/friends/list-friends";
import { FRIEND_VIEWS } from "@/lib/core/friends/list-schema";
import { pageFriendsOfUser } from "@/lib/core/friends/page-friends";
import { findRelations } from "@/lib/core/friends/relation-store";
import { removeAllFriends, removeFriends } from "@/lib/core/friends/remove-friends";
import { setFriendNote } from "@/lib/core/friends/set-friend-note";
import { appServerOf, testContext } from "@/test/support/context";
import { environmentWith } from "@/test/support/friend-world";
import { keptFaults, type PlanShape } from "./kept-plans";
import { type RecordedQuery, recordQueries } from "./recorded-queries";

/**
 * What the statements of friends and blocklists cost must not depend on what PostgreSQL believes of the tables: the plans
 * that it keeps are looked at on empty tables, where it knows nothing, with the costs of an ordinary server and of ours.
 */

const context = testContext();

/** The one index for each way to ask; a look-up by another would read all of a user's rows. */
const ORDERED = new Set([
  "friendships_environment_id_user_id_added_at_friend_id_idx",
  "blocks_environment_id_user_id_blocked_at_blocked_id_idx",
  "blocks_environment_id_blocked_id_blocked_at_user_id_idx",
  "friend_requests_received_idx",
  "friend_requests_sent_idx",
]);

const SHAPE: PlanShape = {
  guarded: new Set(["users", "friendships", "friend_requests", "blocks"]),
  ordered: ORDERED,
  looksUpOne:
    /\(user_id = .*(friend|blocked)_id = |\(blocked_id = .*user_id = |target_id = .*requester_id = |requester_id = .*target_id = /,
};

let ref: EnvironmentRef;
let queries: RecordedQuery[];

beforeAll(async () => {
  ref = await environmentWith(context(), "ann", "bob", "cat");
  const actor = appServerOf(ref);
  queries = await recordQueries(async () => {
    await addFriend(context(), actor, { userId: "ann", targetId: "bob" });
    await acceptFriendRequest(context(), actor, { userId: "bob", requesterId: "ann" });
    for (const order of [0, 1] as const) await listFriends(context(), actor, { userId: "ann", order });
    for (const view of FRIEND_VIEWS) await pageFriendsOfUser(context(), actor, { userId: "ann", view });
    await countOpenRequests(context(), actor, { userId: "ann" });
    await countBlockedBy(context(), actor, { userId: "ann" });
    for (const view of BLOCK_VIEWS) await pageBlocksOfUser(context(), actor, { userId: "ann", view });
    await getFriends(context(), actor, { userId: "ann", friendIds: ["bob"] });
    await getFriendRelationships(context(), actor, { userId: "ann", targetIds: ["bob"] });
    await setFriendNote(context(), actor, { userId: "ann", targetId: "bob", alias: "B" });
    await setFriendPermission(context(), actor, { userIds: ["ann"], permissionType: 1 });
    await listFriendRequests(context(), actor, { userId: "ann" });
    await findRelations(context().db, [{ environmentId: ref.id, senderId: "ann", recipientId: "bob" }]);
    await removeFriends(context(), actor, { userId: "ann", targetIds: ["bob"] });
    await removeAllFriends(context(), actor, { userId: "ann" });
    await blockUsers(context(), actor, { userId: "ann", targetUserIds: ["cat"] });
    await getBlocklist(context(), actor, { userId: "ann" });
    await unblockUsers(context(), actor, { userId: "ann", blockedUserIds: ["cat"] });
  });
});

describe.each([1.1, 4])("random_page_cost %s", (randomPageCost) => {
  test("every kept plan searches indexes, one row at a time, and by the key where one row is meant", async () => {
    const asked = queries.filter(({ text }) => /friendships|friend_requests|blocks/.test(text));
    expect(asked.length).toBeGreaterThan(12);
    expect(await keptFaults(context().url, asked, randomPageCost, SHAPE)).toEqual({});
  });

  test("the guard itself sees a scan and a look-up by the wrong index", async () => {
    const found = (text: string, ...values: unknown[]) =>
      keptFaults(context().url, [{ text, values }], randomPageCost, SHAPE);
    expect(await found("SELECT FROM blocks WHERE blocked_id > $1", "")).not.toEqual({});
    const ordered =
      "SELECT FROM friendships WHERE environment_id = 1 AND user_id = $1 AND added_at > $2 AND friend_id = $3";
    expect(await found(`${ordered} ORDER BY added_at LIMIT 5`, "", new Date(), "")).not.toEqual({});
  });
});
