import { beforeAll, describe, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import type { EnvironmentRef } from "@/lib/core/actor";
import { createGroup } from "@/lib/core/groups/create-group";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { foldGroupNames } from "@/lib/core/groups/fold-group-names";
import { getGroup } from "@/lib/core/groups/get-group";
import { getGroupMembers } from "@/lib/core/groups/get-group-members";
import { deleteGroupAlias, getGroupAlias, setGroupAlias } from "@/lib/core/groups/group-alias";
import { groupRecipients } from "@/lib/core/groups/group-recipients";
import { joinGroup } from "@/lib/core/groups/join-group";
import { leaveAllGroups } from "@/lib/core/groups/leave-all-groups";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { listGroupMembers } from "@/lib/core/groups/list-group-members";
import { listGroups } from "@/lib/core/groups/list-groups";
import { listJoinedGroups } from "@/lib/core/groups/list-joined-groups";
import { GROUP_SORTS, MEMBERSHIP_SORTS } from "@/lib/core/groups/list-schema";
import { pageGroupMembers, pageGroupsOfUser } from "@/lib/core/groups/page-memberships";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { setGroupRole } from "@/lib/core/groups/set-group-role";
import { updateGroup } from "@/lib/core/groups/update-group";
import { getUserDetail } from "@/lib/core/users/get-user-detail";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { scansOf as guardedScansOf, walk } from "./scans";

/**
 * No statement about groups reads a table from end to end. 10,000 groups with 40,000 memberships in three environments
 * each, one group among them full, one user in a thousand of them.
 */

const context = testContext();
const GUARDED = new Set(["groups", "group_search_terms", "group_members", "group_aliases", "users", "user_profiles"]);

let environment: EnvironmentRef;

const PLANT_SQL = `
  WITH planted AS (
    INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
    SELECT $1::int, 'group-' || lpad(n::text, 6, '0'), 'Group ' || n % 300, 'user_' || lpad((n % 4000)::text, 9, '0'),
      now() - interval '1 minute' * n, 4
    FROM generate_series(0, 9999) AS n RETURNING group_id
  ), numbered AS (SELECT group_id, substr(group_id, 7)::int AS n FROM planted)
  INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
  SELECT $1::int, group_id, 'user_' || lpad(((n + m) % 4000)::text, 9, '0'), CASE WHEN m = 0 THEN 3 ELSE 1 END,
    now() - interval '1 minute' * n
  FROM numbered, generate_series(0, 3) AS m`;

const CROWD_SQL = `
  WITH crowd AS (
    INSERT INTO group_members (environment_id, group_id, user_id, joined_at)
    SELECT $1::int, 'group-000000', 'user_' || lpad(n::text, 9, '0'), now() + interval '1 second' * n
    FROM generate_series(4, 2900) AS n RETURNING 1
  ), often AS (
    INSERT INTO group_members (environment_id, group_id, user_id, joined_at)
    SELECT $1::int, 'group-' || lpad(n::text, 6, '0'), 'user_000004999', now() FROM generate_series(1, 1000) AS n RETURNING 1
  ), aliases AS (
    INSERT INTO group_aliases (environment_id, user_id, group_id, alias)
    SELECT $1::int, 'user_000004999', 'group-' || lpad(n::text, 6, '0'), 'Alias' FROM generate_series(1, 1000) AS n RETURNING 1
  )
  UPDATE groups SET member_count = 2901 WHERE environment_id = $1::int AND group_id = 'group-000000'`;

const PROFILES_SQL = `
  INSERT INTO user_profiles (environment_id, user_id, basic, version, registered_at)
  SELECT environment_id, user_id, '{"name": "Somebody"}', 1, created_at FROM users WHERE environment_id = $1::int`;

beforeAll(async () => {
  const apps = [await createTestApp(context()), await createTestApp(context())] as const;
  environment = apps[0].production.ref;
  const { pool } = context().db;
  for (const { id } of [environment, apps[1].production.ref, apps[1].development.ref]) {
    await bulkInsertUsers(pool, { environmentId: id, count: 5_000, now: context().now() });
    await pool.query(PLANT_SQL, [id]);
    await pool.query(CROWD_SQL, [id]);
    await pool.query(PROFILES_SQL, [id]);
  }
  await insertTestUsers(
    context(),
    environment,
    ["owner", "member-1", "member-2"].map((userId) => ({ userId })),
  );
  await foldGroupNames(context(), () => false);
  await context().owner.query("VACUUM ANALYZE");
}, 120_000);

const scansOf = (work: () => Promise<unknown>) => guardedScansOf(context().url, GUARDED, work);
const viewer = () => operatorOf("viewer", environment);
const server = () => appServerOf(environment);
const CROWDED = "group-000000";
const BUSY = "user_000004999";

describe("lists", () => {
  test.each(GROUP_SORTS)("groups by %s", async (sort) => {
    expect(await scansOf(() => walk((cursor) => listGroups(context(), viewer(), { sort, cursor })))).toEqual([]);
  });

  test.each(["group-0000", "group-000017", "Group 1", "17 group", "2", "g", "zzz"])("groups found by %s", async (q) => {
    expect(await scansOf(() => walk((cursor) => listGroups(context(), viewer(), { q, cursor })))).toEqual([]);
  });

  test.each(
    MEMBERSHIP_SORTS.flatMap((sort) => (["all", "member", "admin", "owner"] as const).map((role) => ({ sort, role }))),
  )("members and a user's groups by $sort, $role", async ({ sort, role }) => {
    const scans = await scansOf(async () => {
      await walk((cursor) => pageGroupMembers(context(), viewer(), { groupId: CROWDED, sort, role, cursor }));
      await walk((cursor) => pageGroupsOfUser(context(), viewer(), { userId: BUSY, sort, role, cursor }));
    });
    expect(scans).toEqual([]);
  });

  test.each([0, 1, 2, 3].flatMap((role) => [0, 1].map((order) => ({ role, order }))))(
    "pages of the Server API, role $role, order $order",
    async ({ role, order }) => {
      const scans = await scansOf(async () => {
        const query = { role, order, pageSize: 20 };
        const members = await listGroupMembers(context(), server(), { groupId: CROWDED, ...query });
        const groups = await listJoinedGroups(context(), server(), { userId: BUSY, ...query });
        const pageToken = { members: members.pageToken ?? "", groups: groups.pageToken ?? "" };
        await listGroupMembers(context(), server(), { groupId: CROWDED, ...query, pageToken: pageToken.members });
        await listJoinedGroups(context(), server(), { userId: BUSY, ...query, pageToken: pageToken.groups });
      });
      expect(scans).toEqual([]);
    },
  );
});

test("how many groups a user is in", async () => {
  for (const userId of [BUSY, "user_000000017", "nobody"]) {
    expect(await scansOf(() => getUserDetail(context(), viewer(), { userId }))).toEqual([]);
  }
});

test("reading and changing one group, its members and aliases, and the recipients of a message", async () => {
  const scans = await scansOf(async () => {
    const key = { groupId: "new", userId: "member-1" };
    const users = { groupId: "new", userIds: ["member-1", "member-2", "nobody"] };
    await createGroup(context(), server(), { groupId: "new", name: "New", ownerId: "owner" });
    await updateGroup(context(), server(), { groupId: "new", name: "Newer" });
    await joinGroup(context(), server(), users);
    await getGroup(context(), viewer(), key);
    await getGroupMembers(context(), server(), users);
    await setGroupMember(context(), server(), { ...key, nickname: "N" });
    await setGroupRole(context(), server(), { ...key, role: 2 });
    await setGroupAlias(context(), server(), { ...key, alias: "A" });
    await getGroupAlias(context(), server(), key);
    await deleteGroupAlias(context(), server(), key);
    await groupRecipients(context(), environment.id, CROWDED);
    await leaveGroup(context(), server(), users);
    await dismissGroup(context(), server(), key);
    await leaveAllGroups(context(), server(), { userId: BUSY });
  });
  expect(scans).toEqual([]);
});
