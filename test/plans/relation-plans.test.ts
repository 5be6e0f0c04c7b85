import pg from "pg";
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
import { type RecordedQuery, recordQueries } from "./recorded-queries";

/**
 * What the statements of friends and blocklists cost must not depend on what PostgreSQL believes of the tables: the plans
 * that it keeps are looked at on empty tables, where it knows nothing, with the costs of an ordinary server and of ours.
 */

const context = testContext();
const GUARDED = new Set(["users", "friendships", "friend_requests", "blocks"]);

/** The one index for each way to ask; a look-up by another would read all of a user's rows. */
const ORDERED = new Set([
  "friendships_environment_id_user_id_added_at_friend_id_idx",
  "blocks_environment_id_user_id_blocked_at_blocked_id_idx",
  "blocks_environment_id_blocked_id_blocked_at_user_id_idx",
  "friend_requests_received_idx",
  "friend_requests_sent_idx",
]);

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

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

/** The plan that is kept: for any values, as after a few uses. Nothing is executed. */
async function keptPlan(client: pg.ClientBase, { text, values }: RecordedQuery, randomPageCost: number) {
  await client.query("BEGIN");
  try {
    await client.query(`SET LOCAL plan_cache_mode = force_generic_plan`);
    await client.query(`SET LOCAL random_page_cost = ${randomPageCost}`);
    await client.query(`PREPARE looked_at AS ${text}`);
    const nulls = values.length === 0 ? "" : `(${values.map(() => "NULL").join(", ")})`;
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) EXECUTE looked_at${nulls}`,
    );
    const plan = rows[0]?.["QUERY PLAN"][0].Plan;
    if (plan === undefined) throw new Error(`no plan for ${text}`);
    return plan;
  } finally {
    await client.query("ROLLBACK");
    await client.query("DEALLOCATE ALL");
  }
}

const nodes = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** What in a plan would grow with the table or with a user's rows. */
function faults(plan: PlanNode): string[] {
  return nodes(plan).flatMap((node) => {
    const type = node["Node Type"];
    const index = node["Index Name"] ?? "";
    if (type === "Seq Scan" && GUARDED.has(node["Relation Name"] ?? ""))
      return [`reads all of ${node["Relation Name"]}`];
    if (/Hash Join|Merge Join|Bitmap/.test(type)) return [type];
    const condition = node["Index Cond"] ?? "";
    const looksUpOne =
      /\(user_id = .*(friend|blocked)_id = |\(blocked_id = .*user_id = |target_id = .*requester_id = |requester_id = .*target_id = /.test(
        condition,
      );
    return ORDERED.has(index) && looksUpOne ? [`looks one up by ${index}: ${condition}`] : [];
  });
}

describe.each([1.1, 4])("random_page_cost %s", (randomPageCost) => {
  test("every kept plan searches indexes, one row at a time, and by the key where one row is meant", async () => {
    const client = new pg.Client({ connectionString: context().url });
    await client.connect();
    try {
      const found: Record<string, string[]> = {};
      const asked = queries.filter(({ text }) => /friendships|friend_requests|blocks/.test(text));
      expect(asked.length).toBeGreaterThan(12);
      for (const query of asked) {
        const wrong = faults(await keptPlan(client, query, randomPageCost));
        if (wrong.length > 0) found[query.text.replace(/\s+/g, " ")] = wrong;
      }
      expect(found).toEqual({});
    } finally {
      await client.end();
    }
  });

  test("the guard itself sees a scan and a look-up by the wrong index", async () => {
    const client = new pg.Client({ connectionString: context().url });
    await client.connect();
    try {
      const plan = (text: string, ...values: unknown[]) => keptPlan(client, { text, values }, randomPageCost);
      expect(faults(await plan("SELECT FROM blocks WHERE blocked_id > $1", ""))).not.toEqual([]);
      const ordered =
        "SELECT FROM friendships WHERE environment_id = 1 AND user_id = $1 AND added_at > $2 AND friend_id = $3";
      expect(faults(await plan(`${ordered} ORDER BY added_at LIMIT 5`, "", new Date(), ""))).not.toEqual([]);
    } finally {
      await client.end();
    }
  });
});
