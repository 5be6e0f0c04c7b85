import { beforeEach, describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { appUserOf, membersOf } from "@/test/support/groups";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { getGroupMembers } from "./get-group-members";
import { getGroupAlias, setGroupAlias } from "./group-alias";
import { inviteToGroup } from "./invite-to-group";
import { joinGroup } from "./join-group";
import { leaveAllGroups } from "./leave-all-groups";
import { leaveGroup } from "./leave-group";
import { listGroupMembers } from "./list-group-members";
import { listJoinedGroups } from "./list-joined-groups";
import type { GroupPermissions } from "./permission-schema";
import { removeFromGroup } from "./remove-from-group";
import { setGroupMember } from "./set-group-member";

/** What users may do from their clients. In "team" ann is the owner, adam an admin, bob and cy are members, zoe is not. */

const context = testContext();
let environment: EnvironmentRef;

beforeEach(async () => {
  environment = (await createTestApp(context())).production.ref;
  await insertTestUsers(
    context(),
    environment,
    ["ann", "adam", "bob", "cy", "zoe", "yan"].map((userId) => ({ userId })),
  );
});

const as = (userId: string) => appUserOf(environment, userId);
const inTeam = async () => (await membersOf(context(), environment, "team")).userIds;

async function team(permissions: Partial<GroupPermissions> = {}): Promise<void> {
  await createGroup(context(), appServerOf(environment), {
    groupId: "team",
    name: "Team",
    ownerId: "ann",
    userIds: ["adam", "bob", "cy"],
    permissions,
  });
  await context().db.prisma.groupMember.updateMany({
    where: { environmentId: environment.id, groupId: "team", userId: "adam" },
    data: { role: 2 },
  });
}

/** Whether each of these may do it: "yes", or the code of the refusal. */
async function verdicts(
  userIds: readonly string[],
  permissions: Partial<GroupPermissions>,
  act: (userId: string) => Promise<unknown>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const userId of userIds) {
    await team(permissions);
    found[userId] = await act(userId).then(
      () => "yes",
      (error: { code?: string }) => error.code ?? String(error),
    );
    await dismissGroup(context(), appServerOf(environment), { groupId: "team" });
  }
  return found;
}

describe("creating", () => {
  test("a client creates a group of its own user, and the invited are members at once", async () => {
    await createGroup(context(), as("ann"), { groupId: "mine", name: "Mine", ownerId: "ann", userIds: ["bob", "zoe"] });
    expect((await membersOf(context(), environment, "mine")).userIds).toEqual(["ann", "bob", "zoe"]);
  });

  test("not in another's name, and not with others whose consent the group asks for", async () => {
    const group = { groupId: "mine", name: "Mine", ownerId: "ann" };
    await expect(createGroup(context(), as("bob"), group)).rejects.toMatchObject({ code: "forbidden" });
    const asking = { ...group, permissions: { invitePerm: 1 } };
    await expect(createGroup(context(), as("ann"), { ...asking, userIds: ["bob"] })).rejects.toMatchObject({
      code: "group_consent_needed",
    });
    await createGroup(context(), as("ann"), asking);
  });
});

describe("joining and inviting", () => {
  test.each([
    [1, "yes"],
    [3, "group_not_open"],
  ])("with joinPerm %i, joining by oneself is %s", async (joinPerm, verdict) => {
    const join = (userId: string) => joinGroup(context(), as(userId), { groupId: "team", userIds: [userId] });
    expect(await verdicts(["zoe"], { joinPerm }, join)).toEqual({ zoe: verdict });
  });

  test.each([
    [0, ["ann"]],
    [2, ["ann", "adam"]],
  ])(
    "with joinPerm %i nobody joins by oneself: %j are told who wants to, and may let them in",
    async (joinPerm, told) => {
      await team({ joinPerm });
      const heard: BusEvent[] = [];
      const stop = context().bus.subscribe((event) => {
        if (event.type === "groups.applied" && event.environmentId === environment.id) heard.push(event);
      });
      const { joined } = await joinGroup(context(), as("zoe"), { groupId: "team", userIds: ["zoe"] });
      expect(joined).toEqual([]);
      expect((await membersOf(context(), environment, "team")).userIds).not.toContain("zoe");
      await expect.poll(() => heard).toMatchObject([{ groupId: "team", applicantId: "zoe", userIds: told }]);
      stop();
      expect((await inviteToGroup(context(), as("ann"), { groupId: "team", userIds: ["zoe"] })).joined).toEqual([
        "zoe",
      ]);
    },
  );

  test("a member who joins again is told so, nobody joins for another, and an unknown group is unknown", async () => {
    await team({ joinPerm: 1 });
    const join = (userId: string, userIds: string[], groupId = "team") =>
      joinGroup(context(), as(userId), { groupId, userIds });
    await expect(join("bob", ["bob"])).rejects.toMatchObject({ code: "already_in_group" });
    await expect(join("zoe", ["yan"])).rejects.toMatchObject({ code: "forbidden" });
    await expect(join("zoe", ["zoe", "yan"])).rejects.toMatchObject({ code: "forbidden" });
    await expect(join("zoe", ["zoe"], "none")).rejects.toMatchObject({ code: "group_not_found" });
    await expect(join("ghost", ["ghost"])).rejects.toMatchObject({ code: "user_not_found" });
  });

  test.each([
    [0, { ann: "yes", adam: "group_invite_forbidden", bob: "group_invite_forbidden", zoe: "not_in_group" }],
    [1, { ann: "yes", adam: "yes", bob: "group_invite_forbidden", zoe: "not_in_group" }],
    [2, { ann: "yes", adam: "yes", bob: "yes", zoe: "not_in_group" }],
  ])("memInvitePerm %i", async (memInvitePerm, expected) => {
    const invite = (userId: string) => inviteToGroup(context(), as(userId), { groupId: "team", userIds: ["yan"] });
    expect(await verdicts(["ann", "adam", "bob", "zoe"], { memInvitePerm }, invite)).toEqual(expected);
  });

  test("an invitation skips members, says when all are, and is refused where consent is asked for", async () => {
    await team();
    const invite = (...userIds: string[]) => inviteToGroup(context(), as("ann"), { groupId: "team", userIds });
    expect((await invite("bob", "zoe", "nobody")).joined).toEqual(["zoe"]);
    await expect(invite("bob", "zoe", "nobody")).rejects.toMatchObject({ code: "already_in_group" });
    expect((await invite("nobody")).joined).toEqual([]);
    await dismissGroup(context(), as("ann"), { groupId: "team" });
    await team({ invitePerm: 1 });
    await expect(invite("yan")).rejects.toMatchObject({ code: "group_consent_needed" });
  });
});

describe("leaving, removing and dismissing", () => {
  test("a member leaves, the owner and strangers cannot, and nobody leaves for another", async () => {
    const leave = (userId: string) => leaveGroup(context(), as(userId), { groupId: "team", userIds: [userId] });
    expect(await verdicts(["ann", "adam", "bob", "zoe"], {}, leave)).toEqual({
      ann: "group_owner_only_dismisses",
      adam: "yes",
      bob: "yes",
      zoe: "not_in_group",
    });
    await team();
    await expect(leaveGroup(context(), as("bob"), { groupId: "team", userIds: ["cy"] })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await leaveAllGroups(context(), as("bob"), { userId: "bob" })).toEqual(["team"]);
    await expect(leaveAllGroups(context(), as("bob"), { userId: "cy" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each([
    [0, { ann: "yes", adam: "group_forbidden", bob: "group_forbidden", zoe: "not_in_group" }],
    [1, { ann: "yes", adam: "yes", bob: "group_forbidden", zoe: "not_in_group" }],
    [2, { ann: "yes", adam: "yes", bob: "yes", zoe: "not_in_group" }],
  ])("removePerm %i", async (removePerm, expected) => {
    const remove = (userId: string) => removeFromGroup(context(), as(userId), { groupId: "team", userIds: ["cy"] });
    expect(await verdicts(["ann", "adam", "bob", "zoe"], { removePerm }, remove)).toEqual(expected);
  });

  test("nobody removes the owner, a stranger or oneself, and then the others stay as well", async () => {
    await team({ removePerm: 2 });
    const remove = (...userIds: string[]) => removeFromGroup(context(), as("bob"), { groupId: "team", userIds });
    await expect(remove("cy", "ann")).rejects.toMatchObject({ code: "group_owner_only_dismisses" });
    await expect(remove("cy", "zoe")).rejects.toMatchObject({ code: "not_in_group" });
    await expect(remove("cy", "bob")).rejects.toMatchObject({ code: "invalid_parameter" });
    expect(await inTeam()).toEqual(["adam", "ann", "bob", "cy"]);
  });

  test("only the owner dismisses", async () => {
    const dismiss = async (userId: string) => {
      await dismissGroup(context(), as(userId), { groupId: "team" });
      await team();
    };
    expect(await verdicts(["ann", "adam", "bob", "zoe"], {}, dismiss)).toEqual({
      ann: "yes",
      adam: "group_forbidden",
      bob: "group_forbidden",
      zoe: "not_in_group",
    });
  });
});

describe("members", () => {
  test.each([
    [0, { ann: "yes", adam: "yes", bob: "group_forbidden", cy: "yes", zoe: "not_in_group" }],
    [1, { ann: "yes", adam: "group_forbidden", bob: "group_forbidden", cy: "yes", zoe: "not_in_group" }],
    [2, { ann: "group_forbidden", adam: "group_forbidden", bob: "group_forbidden", cy: "yes", zoe: "not_in_group" }],
  ])("memProfilePerm %i says who changes cy's nickname", async (memProfilePerm, expected) => {
    const rename = (userId: string) =>
      setGroupMember(context(), as(userId), { groupId: "team", userId: "cy", nickname: "C" });
    expect(await verdicts(["ann", "adam", "bob", "cy", "zoe"], { memProfilePerm }, rename)).toEqual(expected);
  });

  test("members see each other by role and with names, strangers see nobody", async () => {
    await team();
    await context().db.prisma.userProfile.create({
      data: {
        environmentId: environment.id,
        userId: "adam",
        basic: { name: "Adam himself" },
        version: 1,
        registeredAt: new Date(context().now()),
      },
    });
    const page = await listGroupMembers(context(), as("bob"), { groupId: "team", role: 2 });
    expect(page).toMatchObject({ totalCount: 1, members: [{ userId: "adam", name: "Adam himself", role: 2 }] });
    expect((await listGroupMembers(context(), as("bob"), { groupId: "team", role: 3 })).members).toMatchObject([
      { userId: "ann", name: "Name of ann" },
    ]);
    expect(await getGroupMembers(context(), as("bob"), { groupId: "team", userIds: ["cy", "zoe"] })).toMatchObject([
      { userId: "cy" },
    ]);
    await expect(listGroupMembers(context(), as("zoe"), { groupId: "team" })).rejects.toMatchObject({
      code: "not_in_group",
    });
    await expect(getGroupMembers(context(), as("zoe"), { groupId: "team", userIds: ["cy"] })).rejects.toMatchObject({
      code: "not_in_group",
    });
  });

  test("each user's groups and aliases are that user's alone", async () => {
    await team();
    const key = { groupId: "team", userId: "bob" };
    await setGroupAlias(context(), as("bob"), { ...key, alias: "Mine" });
    expect(await getGroupAlias(context(), as("bob"), key)).toBe("Mine");
    expect((await listJoinedGroups(context(), as("bob"), { userId: "bob" })).groups).toMatchObject([
      { groupId: "team", alias: "Mine" },
    ]);
    await expect(getGroupAlias(context(), as("cy"), key)).rejects.toMatchObject({ code: "forbidden" });
    await expect(setGroupAlias(context(), as("cy"), { ...key, alias: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listJoinedGroups(context(), as("cy"), { userId: "bob" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
