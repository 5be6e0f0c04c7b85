import { beforeAll, expect, test } from "vitest";
import { addAdmins } from "@/lib/core/groups/change-admins";
import { createGroup } from "@/lib/core/groups/create-group";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { addFavorites, listFavorites, removeFavorites } from "@/lib/core/groups/favorites";
import { getGroupMembers } from "@/lib/core/groups/get-group-members";
import { deleteGroupAlias, getGroupAlias, setGroupAlias } from "@/lib/core/groups/group-alias";
import { groupRecipients } from "@/lib/core/groups/group-recipients";
import { joinGroup } from "@/lib/core/groups/join-group";
import { leaveAllGroups } from "@/lib/core/groups/leave-all-groups";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { listGroupMembers } from "@/lib/core/groups/list-group-members";
import { listJoinedGroups } from "@/lib/core/groups/list-joined-groups";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { transferGroup } from "@/lib/core/groups/transfer-group";
import { updateGroup } from "@/lib/core/groups/update-group";
import { appServerOf, testContext } from "@/test/support/context";
import { environmentWith } from "@/test/support/friend-world";
import { keptFaults, type PlanShape } from "./kept-plans";
import { type RecordedQuery, recordQueries } from "./recorded-queries";

/** As relation-plans.test.ts, of groups: the plans that PostgreSQL keeps since the tables were empty serve full ones. */

const context = testContext();
const SHAPE: PlanShape = {
  guarded: new Set(["users", "groups", "group_search_terms", "group_members", "group_aliases", "group_favorites"]),
  ordered: new Set([
    "group_members_environment_id_group_id_joined_at_user_id_idx",
    "group_members_environment_id_user_id_joined_at_group_id_idx",
    "group_aliases_environment_id_group_id_idx",
    "group_favorites_environment_id_group_id_favorite_id_idx",
    "group_favorites_environment_id_favorite_id_idx",
  ]),
  // A favorite's user is named by a range, with the group.
  looksUpOne: /group_id = .*user_id = |user_id = .*group_id = |ROW\(user_id, group_id\)/,
};

let queries: RecordedQuery[];

beforeAll(async () => {
  const actor = appServerOf(await environmentWith(context(), "ann", "bob", "cat"));
  const key = { groupId: "team", userId: "bob" };
  const users = { groupId: "team", userIds: ["bob", "cat"] };
  const several = ["one", "two"];
  const twice = (act: (groupId: string) => Promise<unknown>) => Promise.all(several.map(act));
  queries = await recordQueries(async () => {
    await createGroup(context(), actor, { groupId: "team", name: "Team", ownerId: "ann" });
    await updateGroup(context(), actor, { groupId: "team", name: "Team of three" });
    await joinGroup(context(), actor, users);
    await getGroupMembers(context(), actor, users);
    await setGroupMember(context(), actor, { ...key, nickname: "B" });
    await setGroupAlias(context(), actor, { ...key, alias: "Mine" });
    await getGroupAlias(context(), actor, key);
    await deleteGroupAlias(context(), actor, key);
    for (const order of [0, 1]) {
      await listGroupMembers(context(), actor, { groupId: "team", role: order, order });
      await listJoinedGroups(context(), actor, { userId: "bob", role: order, order });
    }
    await groupRecipients(context(), actor.environment.id, "team");
    await leaveGroup(context(), actor, { groupId: "team", userIds: ["cat"] });
    await leaveAllGroups(context(), actor, { userId: "bob" });
    await dismissGroup(context(), actor, key);
    // What arrives together takes its locks together.
    await twice((groupId) =>
      createGroup(context(), actor, { groupId, name: groupId, ownerId: "ann", userIds: ["bob"] }),
    );
    await twice((groupId) => setGroupMember(context(), actor, { groupId, userId: "bob", nickname: groupId }));
    await twice((groupId) => addFavorites(context(), actor, { groupId, userId: "ann", favoriteIds: ["bob"] }));
    await listFavorites(context(), actor, { groupId: "one", userId: "ann" });
    await twice((groupId) => removeFavorites(context(), actor, { groupId, userId: "ann", favoriteIds: ["bob"] }));
    await twice((groupId) => addAdmins(context(), actor, { groupId, userIds: ["bob"] }));
    await twice((groupId) => transferGroup(context(), actor, { groupId, newOwnerId: "bob", leave: true }));
    await twice((groupId) => dismissGroup(context(), actor, { groupId }));
  });
});

test.each([1.1, 4])(
  "every kept plan searches indexes, and one row by its key, with random_page_cost %s",
  async (cost) => {
    const asked = queries.filter(({ text }) =>
      /groups|group_search_terms|group_members|group_aliases|group_favorites/.test(text),
    );
    expect(asked.length).toBeGreaterThan(15);
    expect(await keptFaults(context().url, asked, cost, SHAPE)).toEqual({});
  },
);

test.each([1.1, 4])("the guard itself sees a look-up by the wrong index, with random_page_cost %s", async (cost) => {
  const text = `SELECT FROM group_members WHERE environment_id = 1 AND group_id = $1 AND user_id = $2 AND joined_at > $3
    ORDER BY joined_at LIMIT 5`;
  expect(await keptFaults(context().url, [{ text, values: ["", "", ""] }], cost, SHAPE)).not.toEqual({});
});
