import { beforeEach, describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { membersOf } from "@/test/support/groups";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { getGroupMembers } from "./get-group-members";
import { deleteGroupAlias, getGroupAlias, setGroupAlias } from "./group-alias";
import { groupRecipients } from "./group-recipients";
import { joinGroup } from "./join-group";
import { leaveAllGroups } from "./leave-all-groups";
import { leaveGroup } from "./leave-group";
import { listGroupMembers } from "./list-group-members";
import { listJoinedGroups } from "./list-joined-groups";
import { setGroupMember } from "./set-group-member";

const context = testContext();
let environment: EnvironmentRef;
let other: EnvironmentRef;

beforeEach(async () => {
  const app = await createTestApp(context());
  environment = app.production.ref;
  other = app.development.ref;
  await insertTestUsers(context(), environment, [
    ...["ann", "bob", "cy", "dee"].map((userId) => ({ userId })),
    { userId: "gone", softDeletedAt: context().now() },
  ]);
});

const server = () => appServerOf(environment);
const team = (change: Partial<Parameters<typeof createGroup>[2]> = {}) =>
  createGroup(context(), server(), { groupId: "team", name: "Team", ownerId: "ann", userIds: ["bob"], ...change });
const inTeam = () => membersOf(context(), environment, "team");

type GroupsChanged = Extract<BusEvent, { type: "groups.changed" }>;

/** The next event about exactly these users in a group of this environment. */
function nextChangeOf(...userIds: string[]): Promise<GroupsChanged> {
  return new Promise((resolve) => {
    const stop = context().bus.subscribe((event) => {
      if (event.type !== "groups.changed" || event.environmentId !== environment.id) return;
      if ([...event.userIds].sort().join() !== userIds.join()) return;
      stop();
      resolve(event);
    });
  });
}

describe("createGroup", () => {
  test("the owner and the registered ones are members, unknown and soft-deleted ones are skipped, and others are told", async () => {
    const heard = nextChangeOf("ann", "bob");
    const group = await team({
      userIds: ["bob", "nobody", "gone", "ann", "bob"],
      profile: { introduction: "Hi", announcement: "" },
      extended: { ext_floor: "3", ext_empty: "" },
      permissions: { joinPerm: 1 },
    });
    expect(group).toEqual({
      groupId: "team",
      name: "Team",
      ownerId: "ann",
      profile: { introduction: "Hi" },
      extended: { ext_floor: "3" },
      permissions: {
        joinPerm: 1,
        removePerm: 0,
        memInvitePerm: 0,
        invitePerm: 0,
        profilePerm: 0,
        memProfilePerm: 0,
      },
      createdAt: group.createdAt,
      memberCount: 2,
    });
    expect(await inTeam()).toEqual({ userIds: ["ann", "bob"], count: 2 });
    expect((await joinGroup(context(), server(), { groupId: "team", userIds: ["ann"] })).group).toEqual(group);
    expect((await heard).groupId).toBe("team");
  });

  test("an id that exists is refused and the group stays as it is; in another environment it is free", async () => {
    await team();
    await expect(team({ name: "Other", ownerId: "bob" })).rejects.toMatchObject({ code: "group_exists" });
    expect(await inTeam()).toEqual({ userIds: ["ann", "bob"], count: 2 });
    await insertTestUsers(context(), other, [{ userId: "ann" }]);
    await createGroup(context(), appServerOf(other), { groupId: "team", name: "Theirs", ownerId: "ann" });
    expect((await membersOf(context(), other, "team")).count).toBe(1);
  });

  test.each(["nobody", "gone"])("an owner who is %s creates nothing", async (ownerId) => {
    await expect(team({ ownerId })).rejects.toMatchObject({ code: "user_not_found" });
    expect((await inTeam()).count).toBeNull();
  });

  test("an empty name and an id of other characters have codes of their own", async () => {
    await expect(team({ name: "" })).rejects.toMatchObject({ code: "group_name_empty" });
    for (const groupId of ["a b", "zoë", "a/b", "#"]) {
      await expect(team({ groupId })).rejects.toMatchObject({ code: "group_id_invalid" });
    }
    await expect(team({ groupId: "A_9-+=|@." })).resolves.toMatchObject({ groupId: "A_9-+=|@." });
  });

  test("of twenty who create the same group at once one does", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => team({ name: `Team ${n}` })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "group_exists" });
    }
    expect(await inTeam()).toEqual({ userIds: ["ann", "bob"], count: 2 });
  });
});

describe("joining and leaving", () => {
  test("members, unknown and soft-deleted users are skipped, and only who joined is told of", async () => {
    await team();
    const heard = nextChangeOf("cy", "dee");
    const { group, joined } = await joinGroup(context(), server(), {
      groupId: "team",
      userIds: ["cy", "bob", "gone", "nobody", "dee"],
    });
    expect(joined).toEqual(["cy", "dee"]);
    expect(group.memberCount).toBe(4);
    expect(await inTeam()).toEqual({ userIds: ["ann", "bob", "cy", "dee"], count: 4 });
    expect((await heard).groupId).toBe("team");
  });

  test("a soft-deleted user keeps the membership and can be taken out", async () => {
    await team();
    await context().db.prisma.user.update({
      where: { environmentId_userId: { environmentId: environment.id, userId: "bob" } },
      data: { softDeletedAt: new Date(context().now()) },
    });
    expect((await inTeam()).userIds).toContain("bob");
    expect(await leaveAllGroups(context(), server(), { userId: "bob" })).toEqual(["team"]);
    expect(await inTeam()).toEqual({ userIds: ["ann"], count: 1 });
  });

  test("the owner cannot leave, and who is named beside the owner stays as well", async () => {
    await team();
    await expect(leaveGroup(context(), server(), { groupId: "team", userIds: ["bob", "ann"] })).rejects.toMatchObject({
      code: "group_owner_only_dismisses",
    });
    expect((await inTeam()).userIds).toEqual(["ann", "bob"]);
  });

  test("who leaves is out, with nickname and alias; who is not in the group is skipped; joining again starts anew", async () => {
    await team();
    await setGroupMember(context(), server(), { groupId: "team", userId: "bob", nickname: "B" });
    await setGroupAlias(context(), server(), { groupId: "team", userId: "bob", alias: "Mine" });
    expect(await leaveGroup(context(), server(), { groupId: "team", userIds: ["bob", "cy", "nobody"] })).toEqual([
      "bob",
    ]);
    expect(await inTeam()).toEqual({ userIds: ["ann"], count: 1 });
    await joinGroup(context(), server(), { groupId: "team", userIds: ["bob"] });
    expect(await getGroupMembers(context(), server(), { groupId: "team", userIds: ["bob"] })).toMatchObject([
      { role: 1, nickname: "" },
    ]);
    expect(await getGroupAlias(context(), server(), { groupId: "team", userId: "bob" })).toBe("");
  });

  test("leaving all groups keeps those the user owns, and no other user's membership changes", async () => {
    for (let n = 0; n < 120; n += 1) await team({ groupId: `g${n}`, ownerId: "ann", userIds: ["bob", "cy"] });
    await team({ groupId: "bobs", ownerId: "bob" });
    const left = await leaveAllGroups(context(), server(), { userId: "bob" });
    expect(left).toHaveLength(120);
    expect(await membersOf(context(), environment, "g7")).toEqual({ userIds: ["ann", "cy"], count: 2 });
    expect(await membersOf(context(), environment, "bobs")).toEqual({ userIds: ["bob"], count: 1 });
    await expect(leaveAllGroups(context(), server(), { userId: "nobody" })).rejects.toMatchObject({
      code: "user_not_found",
    });
  });

  test("dismissing ends memberships and aliases, tells everybody, and frees the id", async () => {
    await team();
    await joinGroup(context(), server(), { groupId: "team", userIds: ["cy"] });
    await setGroupAlias(context(), server(), { groupId: "team", userId: "bob", alias: "Mine" });
    const heard = nextChangeOf("ann", "bob", "cy");
    await dismissGroup(context(), server(), { groupId: "team" });
    expect((await heard).groupId).toBe("team");
    expect(await inTeam()).toEqual({ userIds: [], count: null });
    expect(await context().db.prisma.groupAlias.count({ where: { environmentId: environment.id } })).toBe(0);
    await expect(dismissGroup(context(), server(), { groupId: "team" })).rejects.toMatchObject({
      code: "group_not_found",
    });
    await team({ ownerId: "cy" });
    expect((await inTeam()).count).toBe(2);
  });
});

describe("members and aliases", () => {
  test("what is omitted stays, an empty text clears, and only a member can be changed", async () => {
    await team();
    const set = (change: object) =>
      setGroupMember(context(), server(), { groupId: "team", userId: "bob", ...change } as never);
    const bob = async () => (await getGroupMembers(context(), server(), { groupId: "team", userIds: ["bob"] }))[0];
    await set({ nickname: "B", extra: "x" });
    await set({ nickname: "Bo" });
    expect(await bob()).toMatchObject({ nickname: "Bo", extra: "x" });
    await set({ extra: "" });
    expect(await bob()).toMatchObject({ nickname: "Bo", extra: "" });
    await expect(set({ userId: "cy" })).rejects.toMatchObject({ code: "not_in_group" });
    await expect(set({ groupId: "none" })).rejects.toMatchObject({ code: "group_not_found" });
  });

  test("an alias is the user's own, can be replaced and removed, and needs a membership", async () => {
    await team();
    const key = { groupId: "team", userId: "bob" };
    await setGroupAlias(context(), server(), { ...key, alias: "One" });
    await setGroupAlias(context(), server(), { ...key, alias: "Two" });
    expect(await getGroupAlias(context(), server(), key)).toBe("Two");
    expect(await getGroupAlias(context(), server(), { groupId: "team", userId: "ann" })).toBe("");
    await deleteGroupAlias(context(), server(), key);
    await deleteGroupAlias(context(), server(), key);
    expect(await getGroupAlias(context(), server(), key)).toBe("");
    const refused = (change: object) => setGroupAlias(context(), server(), { ...key, alias: "x", ...change });
    await expect(refused({ userId: "cy" })).rejects.toMatchObject({ code: "not_in_group" });
    await expect(refused({ userId: "nobody" })).rejects.toMatchObject({ code: "user_not_found" });
    await expect(refused({ groupId: "none" })).rejects.toMatchObject({ code: "group_not_found" });
  });

  test("members by when they joined, both ways, by role, in pages whose last one has no token", async () => {
    await team({ userIds: [] });
    const users = Array.from({ length: 23 }, (_, n) => ({ userId: `m${String(n).padStart(2, "0")}` }));
    await insertTestUsers(context(), environment, users);
    // Three at a time, so that pages break between members who joined at the same moment.
    for (let n = 0; n < users.length; n += 3) {
      context().advance(1_000);
      const userIds = users.slice(n, n + 3).map((user) => user.userId);
      await joinGroup(context(), server(), { groupId: "team", userIds });
    }
    const all = async (query: { role?: number; order?: number }) => {
      const pages = [];
      let pageToken: string | undefined;
      do {
        const page = await listGroupMembers(context(), server(), { groupId: "team", pageSize: 5, pageToken, ...query });
        pages.push(page);
        pageToken = page.pageToken ?? undefined;
      } while (pageToken !== undefined);
      return { totals: new Set(pages.map((page) => page.totalCount)), members: pages.flatMap((page) => page.members) };
    };
    const ids = ["ann", ...users.map((user) => user.userId)];
    const ascending = await all({});
    expect(ascending.members.map((member) => member.userId)).toEqual(ids);
    expect([...ascending.totals]).toEqual([24]);
    expect((await all({ order: 1 })).members.map((member) => member.userId)).toEqual([...ids].reverse());
    const plain = await all({ role: 1 });
    expect(plain.members).toHaveLength(23);
    expect([...plain.totals]).toEqual([23]);
    expect((await all({ role: 3 })).members).toMatchObject([{ userId: "ann", role: 3, name: "Name of ann" }]);
    expect(await all({ role: 2 })).toEqual({ totals: new Set([0]), members: [] });
  });

  test("a page token that nothing gave, or that another order or list gave, is refused", async () => {
    await team({ userIds: ["bob", "cy"] });
    await team({ groupId: "other", userIds: ["bob", "cy"] });
    const page = await listGroupMembers(context(), server(), { groupId: "team", pageSize: 1 });
    for (const query of [
      { pageToken: "nonsense" },
      { pageToken: page.pageToken ?? "", order: 1 },
      { pageToken: page.pageToken ?? "", role: 1 },
      { pageToken: page.pageToken ?? "", groupId: "other" },
    ]) {
      await expect(listGroupMembers(context(), server(), { groupId: "team", ...query })).rejects.toMatchObject({
        code: "page_token_invalid",
      });
    }
    const joined = await listJoinedGroups(context(), server(), { userId: "cy", pageSize: 1 });
    for (const { pageToken } of [page, joined]) {
      await expect(
        listJoinedGroups(context(), server(), { userId: "bob", pageToken: pageToken ?? "" }),
      ).rejects.toMatchObject({ code: "page_token_invalid" });
    }
  });

  test("a user's groups with role, alias and the group itself, in pages; an unknown user is refused", async () => {
    for (let n = 0; n < 7; n += 1) {
      context().advance(1_000);
      await team({ groupId: `g${n}`, name: `Group ${n}`, ownerId: n === 3 ? "bob" : "ann" });
    }
    await setGroupAlias(context(), server(), { groupId: "g5", userId: "bob", alias: "Five" });
    await setGroupAlias(context(), server(), { groupId: "g5", userId: "ann", alias: "Hers" });
    const first = await listJoinedGroups(context(), server(), { userId: "bob", pageSize: 4, order: 1 });
    const second = await listJoinedGroups(context(), server(), {
      userId: "bob",
      pageSize: 4,
      order: 1,
      pageToken: first.pageToken ?? "",
    });
    const groups = [...first.groups, ...second.groups];
    expect(groups.map((group) => group.groupId)).toEqual(["g6", "g5", "g4", "g3", "g2", "g1", "g0"]);
    expect(second.pageToken).toBeNull();
    expect(groups[1]).toMatchObject({ alias: "Five", role: 1, name: "Group 5", ownerId: "ann", memberCount: 2 });
    const owned = await listJoinedGroups(context(), server(), { userId: "bob", role: 3 });
    expect(owned.groups).toMatchObject([{ groupId: "g3", role: 3, alias: "" }]);
    await expect(listJoinedGroups(context(), server(), { userId: "nobody" })).rejects.toMatchObject({
      code: "user_not_found",
    });
  });

  test("the recipients of a group message are its members as they are now, in this environment", async () => {
    await team();
    expect([...(await groupRecipients(context(), environment.id, "team"))].sort()).toEqual(["ann", "bob"]);
    await leaveGroup(context(), server(), { groupId: "team", userIds: ["bob"] });
    await joinGroup(context(), server(), { groupId: "team", userIds: ["cy"] });
    expect([...(await groupRecipients(context(), environment.id, "team"))].sort()).toEqual(["ann", "cy"]);
    for (const [id, groupId] of [
      [other.id, "team"],
      [environment.id, "none"],
    ] as const) {
      await expect(groupRecipients(context(), id, groupId)).rejects.toMatchObject({ code: "group_not_found" });
    }
  });
});

describe("who may, and what stays apart", () => {
  test("another environment's groups are unknown to every call", async () => {
    await team();
    const theirs = appServerOf(other);
    await insertTestUsers(context(), other, [{ userId: "bob" }]);
    const key = { groupId: "team", userId: "bob" };
    const users = { groupId: "team", userIds: ["bob"] };
    for (const call of [
      () => joinGroup(context(), theirs, users),
      () => leaveGroup(context(), theirs, users),
      () => dismissGroup(context(), theirs, key),
      () => setGroupMember(context(), theirs, { ...key, nickname: "x" }),
      () => listGroupMembers(context(), theirs, key),
      () => getGroupMembers(context(), theirs, users),
      () => setGroupAlias(context(), theirs, { ...key, alias: "x" }),
      () => getGroupAlias(context(), theirs, key),
      () => deleteGroupAlias(context(), theirs, key),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "group_not_found" });
    }
    expect((await listJoinedGroups(context(), theirs, { userId: "bob" })).groups).toEqual([]);
    expect(await leaveAllGroups(context(), theirs, { userId: "bob" })).toEqual([]);
    expect(await inTeam()).toEqual({ userIds: ["ann", "bob"], count: 2 });
  });

  test("an operator needs the role, and is audited; app servers are not", async () => {
    await team();
    const admin = operatorOf("admin", environment);
    await setGroupMember(context(), admin, { groupId: "team", userId: "bob", nickname: "B" });
    await joinGroup(context(), admin, { groupId: "team", userIds: ["cy"] });
    await leaveGroup(context(), admin, { groupId: "team", userIds: ["cy", "dee"] });
    await leaveAllGroups(context(), admin, { userId: "bob" });
    await dismissGroup(context(), admin, { groupId: "team" });
    await createGroup(context(), admin, { groupId: "new", name: "New", ownerId: "ann" });
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: environment.id },
      orderBy: { id: "asc" },
    });
    expect(entries.map((entry) => [entry.action, entry.targetId])).toEqual([
      ["group.member_changed", "bob"],
      ["group.joined", "cy"],
      ["group.left", "cy"],
      ["group.left", "bob"],
      ["group.dismissed", "team"],
      ["group.created", "new"],
    ]);
    expect(entries[0]).toMatchObject({ before: { nickname: "" }, after: { nickname: "B", group: "team" } });
    for (const call of [
      () => joinGroup(context(), operatorOf("support", environment), { groupId: "new", userIds: ["bob"] }),
      () => leaveGroup(context(), operatorOf("viewer", environment), { groupId: "new", userIds: ["bob"] }),
      () => dismissGroup(context(), operatorOf("support", environment), { groupId: "new" }),
      () => leaveAllGroups(context(), operatorOf("support", environment), { userId: "bob" }),
      () => setGroupMember(context(), operatorOf("support", environment), { groupId: "new", userId: "ann" }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
