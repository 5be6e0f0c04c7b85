import { beforeEach, describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { addAdmins, removeAdmins } from "./change-admins";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { addFavorites, listFavorites, removeFavorites } from "./favorites";
import { getGroupMembers } from "./get-group-members";
import { getGroups, pageAllGroups } from "./get-groups";
import { joinGroup } from "./join-group";
import { leaveGroup } from "./leave-group";
import { listGroups } from "./list-groups";
import type { GroupPermissions } from "./permission-schema";
import { GROUP_ADMIN_MAX, GROUP_FAVORITE_MAX } from "./schema";
import { setGroupRole } from "./set-group-role";
import { transferGroup } from "./transfer-group";
import { updateGroup } from "./update-group";

/** What becomes of a group after its creation: profile, admins, owner, favorites. */

const context = testContext();
let environment: EnvironmentRef;
const groupId = "team";
const CROWD = Array.from({ length: GROUP_ADMIN_MAX + 1 }, (_, n) => `crowd-${n}`);

beforeEach(async () => {
  environment = (await createTestApp(context())).production.ref;
  const names = ["ann", "bob", "cy", "out", ...CROWD];
  await insertTestUsers(
    context(),
    environment,
    names.map((userId) => ({ userId })),
  );
});

const server = () => appServerOf(environment);
const client = (userId: string) => appUserOf(environment, userId);
/** Ann's, with Bob and Cy. */
const team = (permissions: Partial<GroupPermissions> = {}) =>
  createGroup(context(), server(), { groupId, name: "Team", ownerId: "ann", userIds: ["bob", "cy"], permissions });
const group = async () => (await getGroups(context(), server(), { groupIds: [groupId] }))[0]?.group;
const roles = async (...userIds: string[]) =>
  (await getGroupMembers(context(), server(), { groupId, userIds })).map(({ role }) => role);
const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code });

/** The event of this kind that `work` leads to and that `matches`. */
async function heardOf<Type extends BusEvent["type"]>(
  type: Type,
  work: () => Promise<unknown>,
  matches: (event: Extract<BusEvent, { type: Type }>) => boolean = () => true,
) {
  const heard: Extract<BusEvent, { type: Type }>[] = [];
  const stop = context().bus.subscribe((event) => {
    if (event.environmentId !== environment.id || event.type !== type) return;
    if (matches(event as (typeof heard)[number])) heard.push(event as (typeof heard)[number]);
  });
  await work();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  stop();
  return heard;
}

describe("a group's profile", () => {
  test("changes by key, is told to the members, found by its new name, and audited with what it was", async () => {
    await team();
    const admin = operatorOf("admin", environment);
    await updateGroup(context(), admin, { groupId, profile: { portraitUrl: "https://x.example/1.png" } });
    const change = { name: "Crew", profile: { introduction: "Hi" }, extended: { ext_floor: "3" } };
    const [event] = await heardOf(
      "groups.info_changed",
      () => updateGroup(context(), admin, { groupId, ...change }),
      ({ changed }) => changed.length === 3,
    );
    expect(event).toMatchObject({ changed: ["name", "introduction", "ext_floor"], operatorId: "" });
    expect([...(event?.userIds ?? [])].sort()).toEqual(["ann", "bob", "cy"]);
    expect(await group()).toMatchObject({
      name: "Crew",
      profile: { portraitUrl: "https://x.example/1.png", introduction: "Hi" },
      extended: { ext_floor: "3" },
    });
    await updateGroup(context(), admin, { groupId, profile: { portraitUrl: "" }, extended: { ext_floor: "" } });
    expect(await group()).toMatchObject({ profile: { introduction: "Hi" }, extended: {} });
    expect((await listGroups(context(), admin, { q: "crew" })).rows).toMatchObject([{ groupId }]);
    const terms = await context().db.prisma.groupSearchTerm.findMany({
      where: { environmentId: environment.id, groupId },
    });
    expect(terms.map(({ term }) => term)).toEqual(["crew"]);
    const entry = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: environment.id, action: "group.changed" },
      orderBy: { id: "asc" },
    });
    expect(entry[1]).toMatchObject({
      targetId: groupId,
      before: { name: "Team", introduction: null, ext_floor: null },
      after: { name: "Crew", introduction: "Hi", ext_floor: "3" },
    });
  });

  test("is refused with an empty name, beyond ten attributes, unknown, and when it is not as it was seen", async () => {
    await team();
    await refused(updateGroup(context(), server(), { groupId, name: "" }), "group_name_empty");
    await refused(updateGroup(context(), server(), { groupId: "nothing", name: "x" }), "group_not_found");
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`ext_${n}`, "x"]));
    await updateGroup(context(), server(), { groupId, extended: ten });
    await refused(updateGroup(context(), server(), { groupId, extended: { ext_more: "x" } }), "invalid_parameter");
    await updateGroup(context(), server(), { groupId, extended: { ext_0: "", ext_more: "x" } });
    const seen = { name: "Older", profile: {}, extended: {} };
    await refused(
      updateGroup(context(), operatorOf("admin", environment), { groupId, name: "Mine", seen }),
      "version_conflict",
    );
  });

  test("a client changes it as profilePerm says, and permissions as the owner alone", async () => {
    await team({ profilePerm: 1 });
    await refused(updateGroup(context(), client("bob"), { groupId, name: "Bob’s" }), "group_forbidden");
    await refused(updateGroup(context(), client("out"), { groupId, name: "Out’s" }), "not_in_group");
    await addAdmins(context(), server(), { groupId, userIds: ["bob"] });
    await updateGroup(context(), client("bob"), { groupId, name: "Bob’s" });
    await refused(updateGroup(context(), client("bob"), { groupId, permissions: { joinPerm: 1 } }), "group_forbidden");
    await updateGroup(context(), client("ann"), { groupId, permissions: { joinPerm: 1 } });
    expect(await group()).toMatchObject({ name: "Bob’s", permissions: { joinPerm: 1, profilePerm: 1 } });
  });

  test("a client of no member reads it without what concerns members alone", async () => {
    await team();
    const profile = { introduction: "Hi", announcement: "Friday" };
    await updateGroup(context(), server(), { groupId, profile, extended: { ext_a: "1" } });
    const [mine] = await getGroups(context(), client("bob"), { groupIds: ["nothing", groupId] });
    expect(mine).toMatchObject({ role: 1, group: { profile, extended: { ext_a: "1" } } });
    const [theirs] = await getGroups(context(), client("out"), { groupIds: [groupId] });
    expect(theirs).toMatchObject({ role: null, group: { profile: { introduction: "Hi" }, extended: {} } });
    expect(theirs?.group.profile.announcement).toBeUndefined();
    const many = Array.from({ length: 101 }, (_, n) => `g${n}`);
    await refused(getGroups(context(), server(), { groupIds: many }), "group_too_many_ids");
  });
});

describe("admins", () => {
  test("are made and unmade all or none, by the owner's client or the app server", async () => {
    await team();
    const [event] = await heardOf(
      "groups.changed",
      () => addAdmins(context(), client("ann"), { groupId, userIds: ["bob"] }),
      ({ operation }) => operation === 5,
    );
    expect(event?.userIds).toEqual(["bob"]);
    expect(await roles("ann", "bob", "cy")).toEqual([3, 2, 1]);
    await refused(addAdmins(context(), client("bob"), { groupId, userIds: ["cy"] }), "group_forbidden");
    await refused(addAdmins(context(), server(), { groupId, userIds: ["cy", "out"] }), "not_in_group");
    await refused(addAdmins(context(), server(), { groupId, userIds: ["cy", "ann"] }), "group_owner_no_admin");
    await refused(removeAdmins(context(), server(), { groupId, userIds: ["bob", "cy"] }), "not_group_admin");
    expect(await roles("ann", "bob", "cy")).toEqual([3, 2, 1]);
    await removeAdmins(context(), client("ann"), { groupId, userIds: ["bob"] });
    expect(await roles("bob")).toEqual([1]);
  });

  test(`are ${GROUP_ADMIN_MAX} at most, also when calls race`, async () => {
    await team();
    await joinGroup(context(), server(), { groupId, userIds: CROWD });
    const outcomes = await Promise.allSettled(
      CROWD.map((userId) => addAdmins(context(), server(), { groupId, userIds: [userId] })),
    );
    const codes = outcomes.flatMap((one) => (one.status === "rejected" ? [(one.reason as { code: string }).code] : []));
    expect(codes).toEqual(["group_too_many_roles"]);
    expect((await roles(...CROWD)).filter((role) => role === 2)).toHaveLength(GROUP_ADMIN_MAX);
  });

  test(`are ${GROUP_ADMIN_MAX} at most for operators too, who make them one by one`, async () => {
    await team();
    await joinGroup(context(), server(), { groupId, userIds: CROWD });
    const [first = "", ...others] = CROWD;
    await addAdmins(context(), server(), { groupId, userIds: others });
    const admin = operatorOf("admin", environment);
    await refused(setGroupRole(context(), admin, { groupId, userId: first, role: 2 }), "group_too_many_roles");
    await setGroupRole(context(), admin, { groupId, userId: others[0] ?? "", role: 2 });
    await setGroupRole(context(), admin, { groupId, userId: others[0] ?? "", role: 1 });
    await setGroupRole(context(), admin, { groupId, userId: first, role: 2 });
    expect((await roles(...CROWD)).filter((role) => role === 2)).toHaveLength(GROUP_ADMIN_MAX);
  });
});

describe("another owner", () => {
  test("takes the group over; the one before stays as a member, or leaves", async () => {
    await team();
    await transferGroup(context(), client("ann"), { groupId, newOwnerId: "bob" });
    expect((await group())?.ownerId).toBe("bob");
    expect(await roles("ann", "bob")).toEqual([1, 3]);
    await refused(transferGroup(context(), client("ann"), { groupId, newOwnerId: "cy" }), "group_forbidden");
    await transferGroup(context(), server(), { groupId, newOwnerId: "cy", leave: true });
    expect(await group()).toMatchObject({ ownerId: "cy", memberCount: 2 });
    expect(await roles("ann", "bob", "cy")).toEqual([1, 3]);
    await transferGroup(context(), server(), { groupId, newOwnerId: "cy" });
    const entries = await context().db.prisma.auditEntry.count({
      where: { environmentId: environment.id, action: "group.owner_changed" },
    });
    // Acts of app servers and clients are not recorded.
    expect(entries).toBe(0);
  });

  test("is a present member", async () => {
    await team();
    await refused(transferGroup(context(), server(), { groupId, newOwnerId: "out" }), "not_in_group");
    await refused(transferGroup(context(), server(), { groupId, newOwnerId: "nobody" }), "user_not_found");
    await refused(transferGroup(context(), server(), { groupId: "nothing", newOwnerId: "bob" }), "group_not_found");
  });
});

describe("favorites", () => {
  const key = { groupId, userId: "ann" };
  const marked = async (userId = "ann") =>
    (await listFavorites(context(), server(), { groupId, userId })).map((one) => one.userId);

  test("are one member's own, the latest first, and told to the other devices", async () => {
    await team();
    const [event] = await heardOf("groups.favorites_changed", () =>
      addFavorites(context(), client("ann"), { ...key, favoriteIds: ["bob"] }),
    );
    expect(event).toMatchObject({ userId: "ann", favoriteIds: ["bob"], operation: 1 });
    context().advance(1_000);
    await addFavorites(context(), server(), { ...key, favoriteIds: ["bob", "cy"] });
    expect(await marked()).toEqual(["cy", "bob"]);
    expect(await marked("bob")).toEqual([]);
    await refused(listFavorites(context(), client("bob"), key), "forbidden");
    await removeFavorites(context(), client("ann"), { ...key, favoriteIds: ["cy", "nobody"] });
    expect(await marked()).toEqual(["bob"]);
    await refused(addFavorites(context(), server(), { ...key, favoriteIds: ["cy", "out"] }), "not_in_group");
    await refused(addFavorites(context(), server(), { ...key, userId: "out", favoriteIds: ["cy"] }), "not_in_group");
    await refused(listFavorites(context(), server(), { ...key, groupId: "nothing" }), "group_not_found");
  });

  test("end with either membership and with the group", async () => {
    await team();
    await addFavorites(context(), server(), { ...key, favoriteIds: ["bob", "cy"] });
    await addFavorites(context(), server(), { groupId, userId: "bob", favoriteIds: ["ann"] });
    await leaveGroup(context(), server(), { groupId, userIds: ["bob"] });
    await joinGroup(context(), server(), { groupId, userIds: ["bob"] });
    expect([await marked(), await marked("bob")]).toEqual([["cy"], []]);
    await dismissGroup(context(), server(), { groupId });
    expect(await context().db.prisma.groupFavorite.count({ where: { environmentId: environment.id } })).toBe(0);
  });

  test(`are ${GROUP_FAVORITE_MAX} at most`, async () => {
    await team();
    const many = Array.from({ length: GROUP_FAVORITE_MAX + 1 }, (_, n) => `many-${String(n).padStart(3, "0")}`);
    await insertTestUsers(
      context(),
      environment,
      many.map((userId) => ({ userId })),
    );
    for (let at = 0; at < many.length; at += 100) {
      await joinGroup(context(), server(), { groupId, userIds: many.slice(at, at + 100) });
    }
    await addFavorites(context(), server(), { ...key, favoriteIds: many.slice(0, 100) });
    await addFavorites(context(), server(), { ...key, favoriteIds: many.slice(100, 199) });
    await refused(addFavorites(context(), server(), { ...key, favoriteIds: many.slice(199) }), "group_too_many_roles");
    expect(await marked()).toHaveLength(199);
  });
});

test("the list of groups goes by when they were created, page by page, in both orders", async () => {
  for (const name of ["c", "a", "b"]) {
    await createGroup(context(), server(), { groupId: name, name, ownerId: "ann" });
    context().advance(1_000);
  }
  const all = async (order: 0 | 1) => {
    const found: string[] = [];
    for (let pageToken = ""; ; ) {
      const page = await pageAllGroups(context(), server(), { order, pageSize: 2, pageToken });
      found.push(...page.groups.map((one) => one.groupId));
      if (page.pageToken === null) return found;
      pageToken = page.pageToken;
    }
  };
  expect(await all(0)).toEqual(["c", "a", "b"]);
  expect(await all(1)).toEqual(["b", "a", "c"]);
  await refused(pageAllGroups(context(), server(), { pageToken: "nonsense" }), "page_token_invalid");
});
