import { beforeAll, describe, expect, test } from "vitest";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";
import type { Operator } from "../actor";
import { changeApp } from "../apps/change-app";
import { changePlan } from "../apps/change-plan";
import { setOwnFriendLevel } from "../friends/friend-permission";
import { createGroup } from "../groups/create-group";
import { setGroupMember } from "../groups/set-group-member";
import { setGroupRole } from "../groups/set-group-role";
import { addNote, changeNote } from "../notes/change-notes";
import { changeOwnAccount } from "../operators/change-own-account";
import { changeRole } from "../operators/change-role";
import { disableOperator } from "../operators/disable-operator";
import { deleteUserProfiles } from "../profiles/delete-user-profiles";
import { setUserProfile } from "../profiles/set-user-profile";
import { changeSettings } from "../settings/change-settings";
import { batchSetUserTags } from "../tags/batch-set-user-tags";
import { updateUser } from "../users/update-user";
import { changeWebhook } from "../webhooks/change-webhook";

const context = testContext();

let at: TestEnvironment;
let appId: string;
let ana: Operator;
let ben: Operator;
let noteId: string;
/** Whom operators change. */
let other: Operator;

beforeAll(async () => {
  const app = await createTestApp(context());
  at = app.development;
  appId = app.appId;
  const owner = await createTestOperator(context(), "owner");
  ana = { ...owner, environment: at.ref, name: "Ana" };
  ben = { ...owner, environment: at.ref, name: "Ben" };
  other = await createTestOperator(context(), "viewer");
  await insertTestUsers(context(), at.ref, [{ userId: "isla", name: "Isla" }, { userId: "bob" }]);
  await createGroup(context(), appServerOf(at.ref), {
    groupId: "team",
    name: "Team",
    ownerId: "bob",
    userIds: ["isla"],
  });
  ({ id: noteId } = await addNote(context(), ana, { userId: "isla", text: "Old" }));
});

type Give = (by: Operator) => Promise<unknown>;

/** Two changes on the same page, and what is told of the one that came first. */
const ACTS: Record<string, { one: Give; two: Give; did: string; current: unknown }> = {
  "registered name": {
    one: (by) => updateUser(context(), by, { userId: "isla", name: "Isla M", seen: { name: "Isla", avatarUrl: "" } }),
    two: (by) => updateUser(context(), by, { userId: "isla", name: "I. M.", seen: { name: "Isla", avatarUrl: "" } }),
    did: "changed the registered name or avatar of isla",
    current: { name: "Isla M", avatarUrl: "" },
  },
  "hosted profile": {
    one: (by) => setUserProfile(context(), by, { userId: "isla", userProfile: { name: "A" }, seen: { version: null } }),
    two: (by) => setUserProfile(context(), by, { userId: "isla", userProfile: { name: "B" }, seen: { version: null } }),
    did: "changed the hosted profile of isla",
    current: { version: expect.any(Number) },
  },
  tags: {
    one: (by) => batchSetUserTags(context(), by, { userIds: ["isla"], tags: ["a"], seen: { tags: [] } }),
    two: (by) => batchSetUserTags(context(), by, { userIds: ["isla"], tags: ["b"], seen: { tags: [] } }),
    did: "changed the tags of isla",
    current: { tags: ["a"] },
  },
  "friend level": {
    one: (by) =>
      setOwnFriendLevel(context(), by, { userId: "isla", permissionType: 1, seen: { permissionType: null } }),
    two: (by) =>
      setOwnFriendLevel(context(), by, { userId: "isla", permissionType: 3, seen: { permissionType: null } }),
    did: "changed who may befriend isla",
    current: { permissionType: 1 },
  },
  "group role": {
    one: (by) => setGroupRole(context(), by, { groupId: "team", userId: "isla", role: 2, seen: { role: 1 } }),
    two: (by) => setGroupRole(context(), by, { groupId: "team", userId: "isla", role: 1, seen: { role: 1 } }),
    did: "changed the group role of isla",
    current: { role: 2 },
  },
  "group nickname": {
    one: (by) =>
      setGroupMember(context(), by, { groupId: "team", userId: "isla", nickname: "I", seen: { nickname: "" } }),
    two: (by) =>
      setGroupMember(context(), by, { groupId: "team", userId: "isla", nickname: "J", seen: { nickname: "" } }),
    did: "changed the group nickname of isla",
    current: { nickname: "I" },
  },
  "operator's role": {
    one: (by) =>
      changeRole(context(), by, {
        operatorId: other.operatorId,
        role: "support",
        seen: { role: "viewer", disabled: false },
      }),
    two: (by) =>
      disableOperator(context(), by, { operatorId: other.operatorId, seen: { role: "viewer", disabled: false } }),
    did: "changed the role of ",
    current: { role: "support", disabled: false },
  },
  "app's plan": {
    one: (by) => changePlan(context(), by, { appId, plan: "pro", seen: { plan: "starter" } }),
    two: (by) => changePlan(context(), by, { appId, plan: "free", seen: { plan: "starter" } }),
    did: "changed the plan of Test app",
    current: { plan: "pro" },
  },
  "chat settings": {
    one: (by) => changeSettings(context(), by, { version: 1, changes: { friendRequestPreference: "nobody" } }),
    two: (by) => changeSettings(context(), by, { version: 1, changes: { friendRequestPreference: "everyone" } }),
    did: "changed the chat settings of Test app development",
    current: { version: 2 },
  },
  webhook: {
    one: (by) => changeWebhook(context(), by, { version: 0, url: "", events: ["user:friendship"] }),
    two: (by) => changeWebhook(context(), by, { version: 0, url: "", events: [] }),
    did: "changed the webhook of Test app development",
    current: { version: 1 },
  },
  "app's name": {
    one: (by) =>
      changeApp(context(), by, {
        appId,
        name: "Bazaar",
        description: "",
        shown: { name: "Test app", description: "" },
      }),
    two: (by) =>
      changeApp(context(), by, {
        appId,
        name: "Market",
        description: "",
        shown: { name: "Test app", description: "" },
      }),
    did: "changed the name or description of the app Bazaar",
    current: { name: "Bazaar", description: "" },
  },
  "own account": {
    one: (by) =>
      changeOwnAccount(context(), by, { name: "Ana", email: by.email, shown: { name: "Test owner", email: by.email } }),
    two: (by) =>
      changeOwnAccount(context(), by, {
        name: "Anna",
        email: by.email,
        shown: { name: "Test owner", email: by.email },
      }),
    did: "changed the name or e-mail of ",
    current: { name: "Ana", email: expect.any(String) },
  },
  note: {
    one: (by) => changeNote(context(), by, { userId: "isla", noteId, text: "New", shown: "Old" }),
    two: (by) => changeNote(context(), by, { userId: "isla", noteId, text: "Newer", shown: "Old" }),
    did: "changed a note on isla",
    current: { text: "New" },
  },
};

describe.each(Object.entries(ACTS))("%s", (_name, { one, two, did, current }) => {
  test("a change on an old page does nothing, and says who changed what and when", async () => {
    const before = context().now();
    await one(ana);
    const refused = await two(ben).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "version_conflict",
      conflict: { by: "Ana", did: expect.stringContaining(did), current, at: expect.any(Date) },
    });
    const { conflict } = refused as { conflict: { at: Date } };
    expect(conflict.at.getTime()).toBeGreaterThanOrEqual(before - 1);
  });
});

test("of two operators who change the same thing at once exactly one does", async () => {
  await insertTestUsers(context(), at.ref, [{ userId: "noah" }]);
  const seen = { tags: [] };
  const results = await Promise.allSettled(
    [ana, ben, ana, ben].map((by, n) => batchSetUserTags(context(), by, { userIds: ["noah"], tags: [`t${n}`], seen })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const named = await Promise.allSettled(
    [ana, ben].map((by, n) =>
      updateUser(context(), by, { userId: "noah", name: `N${n}`, seen: { name: "Name of noah", avatarUrl: "" } }),
    ),
  );
  expect(named.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
  const profiles = await Promise.allSettled(
    [ana, ben].map((by, n) =>
      setUserProfile(context(), by, { userId: "noah", userProfile: { name: `N${n}` }, seen: { version: null } }),
    ),
  );
  expect(profiles.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("what an app server changed, of which nothing is recorded, is laid at nobody's door", async () => {
  await insertTestUsers(context(), at.ref, [{ userId: "emma" }]);
  await batchSetUserTags(context(), ana, { userIds: ["emma"], tags: ["a"] });
  await batchSetUserTags(context(), appServerOf(at.ref), { userIds: ["emma"], tags: ["b"] });
  const tagged = batchSetUserTags(context(), ben, { userIds: ["emma"], tags: ["c"], seen: { tags: ["a"] } });
  await expect(tagged).rejects.toMatchObject({ conflict: { by: null, at: null, current: { tags: ["b"] } } });

  await setUserProfile(context(), ana, { userId: "emma", userProfile: { name: "A" } });
  await setUserProfile(context(), appServerOf(at.ref), { userId: "emma", userProfile: { name: "B" } });
  const changed = setUserProfile(context(), ben, { userId: "emma", userProfile: { name: "C" }, seen: { version: 1 } });
  await expect(changed).rejects.toMatchObject({ conflict: { by: null } });

  await deleteUserProfiles(context(), ana, { userIds: ["emma"] });
  const cleared = setUserProfile(context(), ben, { userId: "emma", userProfile: { name: "C" }, seen: { version: 1 } });
  await expect(cleared).rejects.toMatchObject({
    conflict: { by: "Ana", did: "cleared the hosted profile of emma", current: { version: null } },
  });
});

test("whoever goes on all the same carries what the answer said", async () => {
  await insertTestUsers(context(), at.ref, [{ userId: "olga" }]);
  await batchSetUserTags(context(), ana, { userIds: ["olga"], tags: ["a"], seen: { tags: [] } });
  const change = (seen: { tags: string[] }) =>
    batchSetUserTags(context(), ben, { userIds: ["olga"], tags: ["b"], seen });
  const refused = await change({ tags: [] }).catch((error: unknown) => error);
  await change((refused as { conflict: { current: { tags: string[] } } }).conflict.current);
  await expect(change({ tags: ["a"] })).rejects.toMatchObject({ conflict: { by: "Ben" } });
});
