import { beforeAll, expect, test } from "vitest";
import { banUsers } from "@/lib/core/bans/ban-users";
import { listBannedUsers } from "@/lib/core/bans/list-banned-users";
import { unbanUsers } from "@/lib/core/bans/unban-users";
import { undoBans } from "@/lib/core/bans/undo-bans";
import { setDirectMute } from "@/lib/core/direct-mute/set-direct-mute";
import { getFriendPermissions, setFriendPermission } from "@/lib/core/friends/friend-permission";
import { batchGetUserProfiles } from "@/lib/core/profiles/batch-get-user-profiles";
import { deleteUserProfiles } from "@/lib/core/profiles/delete-user-profiles";
import { listUserProfiles } from "@/lib/core/profiles/list-user-profiles";
import { searchUserProfileByUniqueId } from "@/lib/core/profiles/search-user-profile-by-unique-id";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { listSoftDeletedUsers } from "@/lib/core/soft-delete/list-soft-deleted-users";
import { restoreUsers } from "@/lib/core/soft-delete/restore-users";
import { softDeleteUsers } from "@/lib/core/soft-delete/soft-delete-users";
import { batchGetUserTags } from "@/lib/core/tags/batch-get-user-tags";
import { batchSetUserTags } from "@/lib/core/tags/batch-set-user-tags";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { updateUser } from "@/lib/core/users/update-user";
import { appServerOf, appUserOf, operatorOf, testContext } from "@/test/support/context";
import { environmentWith } from "@/test/support/friend-world";
import { keptFaults, type PlanShape } from "./kept-plans";
import { type RecordedQuery, recordQueries } from "./recorded-queries";

/** As kept-group-plans.test.ts, of what app servers do with one user by the thousand: bans, mutes, profiles and tags. */

const context = testContext();
const SHAPE: PlanShape = {
  guarded: new Set(["users", "bans", "user_profiles", "user_tags", "user_search_terms"]),
  // Each gives all users of a kind, or all of an environment, in the order of a time.
  ordered: new Set([
    "users_environment_id_created_at_user_id_idx",
    "users_banned_created_idx",
    "users_banned_until_user_idx",
    "users_direct_muted_idx",
    "user_profiles_environment_id_registered_at_user_id_idx",
  ]),
  looksUpOne: /user_id = /,
};

let queries: RecordedQuery[];

beforeAll(async () => {
  const environment = await environmentWith(context(), "ann", "bob", "cat");
  const actor = appServerOf(environment);
  const userIds = ["ann", "bob"];
  queries = await recordQueries(async () => {
    await banUsers(context(), actor, { userIds, durationMinutes: 60 });
    await banUsers(context(), actor, { userIds, durationMinutes: 30 });
    const { steps } = await banUsers(context(), actor, { userIds, durationMinutes: 10 });
    await undoBans(context(), operatorOf("admin", environment), { steps });
    await unbanUsers(context(), actor, { userIds });
    await updateUser(context(), actor, { userId: "ann", name: "Ann Bell" });
    for (const muted of [true, false]) await setDirectMute(context(), actor, { userIds, muted });
    for (const name of ["Ann", "Anna"]) {
      await setUserProfile(context(), actor, { userId: "ann", userProfile: { name, uniqueId: `${name}1` } });
    }
    await batchGetUserProfiles(context(), actor, { userIds });
    await searchUserProfileByUniqueId(context(), appUserOf(environment, "bob"), { uniqueId: "Anna1" });
    await deleteUserProfiles(context(), actor, { userIds });
    for (const tags of [["new"], ["old", "tall"]]) await batchSetUserTags(context(), actor, { userIds, tags });
    await batchGetUserTags(context(), actor, { userIds });
    await batchSetUserTags(context(), actor, { userIds, tags: [] });
    await expireTokens(context(), actor, { userIds, expiresAt: context().now() });
    await setFriendPermission(context(), actor, { userIds, permissionType: 2 });
    await getFriendPermissions(context(), actor, { userIds });
  });
});

test.each([1.1, 4])(
  "every kept plan searches indexes, and one user by the key, with random_page_cost %s",
  async (cost) => {
    const asked = queries.filter(({ text }) => /users|bans|user_profiles|user_tags/.test(text));
    expect(asked.length).toBeGreaterThan(10);
    expect(await keptFaults(context().url, asked, cost, SHAPE)).toEqual({});
  },
);

test.each([1.1, 4])("the guard itself sees a look-up by the wrong index, with random_page_cost %s", async (cost) => {
  const text = `SELECT FROM users WHERE environment_id = 1 AND user_id = $1 AND banned_until > $2 ORDER BY banned_until LIMIT 5`;
  expect(await keptFaults(context().url, [{ text, values: ["", ""] }], cost, SHAPE)).not.toEqual({});
});

test.each([1.1, 4])(
  "every kept plan of a list with page numbers is a range of an index in the list's order, with random_page_cost %s",
  async (cost) => {
    const environment = await environmentWith(context(), "ann", "bob");
    const actor = appServerOf(environment);
    const lists = await recordQueries(async () => {
      await listBannedUsers(context(), actor, { page: 3 });
      await listSoftDeletedUsers(context(), actor, { page: 3 });
      for (const order of [0, 1]) await listUserProfiles(context(), actor, { page: 3, order });
    });
    const sorted = await keptFaults(context().url, lists, cost, { ...SHAPE, ordered: new Set(), sorts: false });
    expect(lists).toHaveLength(4);
    expect(sorted).toEqual({});
  },
);

test.each([1.1, 4])(
  "soft delete and restore look each user up in every table by an index, with random_page_cost %s",
  async (cost) => {
    const environment = await environmentWith(context(), "ann", "bob");
    const actor = appServerOf(environment);
    const asked = (
      await recordQueries(async () => {
        await softDeleteUsers(context(), actor, { userIds: ["ann"] });
        context().advance(3_600_000);
        await restoreUsers(context(), actor, { userIds: ["ann"] });
      })
    ).filter(({ named }) => named);
    expect(asked.length).toBeGreaterThan(15);
    const guarded = new Set([
      "users",
      "friendships",
      "friend_requests",
      "blocks",
      "inbox_entries",
      "messages",
      "user_search_terms",
    ]);
    expect(await keptFaults(context().url, asked, cost, { ...SHAPE, guarded })).toEqual({});
  },
);
