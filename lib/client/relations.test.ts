import { afterAll, beforeAll, expect, test } from "vitest";
import { addFriend } from "@/lib/core/friends/add-friend";
import { removeAllFriends } from "@/lib/core/friends/remove-friends";
import { deleteUserProfiles } from "@/lib/core/profiles/delete-user-profiles";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { getSettings } from "@/lib/core/settings/get-settings";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, systemOf, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { setSettings } from "@/test/support/profiles";
import {
  type Engine,
  FriendRelationType,
  NCEngine,
  SendTextMessageParams,
  UserHandler,
  UserProfileVisibility,
} from ".";

/** Friends, blocklists and profiles as the client library's user meets them, over a real gateway. */

const context = testContext();
let running: RunningGateway;
let environment: TestEnvironment;
const engines: Engine[] = [];

beforeAll(async () => {
  running = await serveGateway(context(), { rateLimits: false });
  environment = (await createTestApp(context())).production;
});
afterAll(async () => {
  for (const engine of engines) await engine.disconnect();
  await running?.close();
});

const appServer = () => appServerOf(environment.ref);

let users = 0;
function newUserId() {
  users += 1;
  return `r-user-${users}`;
}

/** A connected user, with everything that it is told; with `userId` another device of that user. */
async function newClient(userId = newUserId()) {
  const { accessToken } = await registerUser(context(), appServer(), { userId, name: `Name of ${userId}` });
  const serverUrl = running.url.replace("ws://", "http://").replace("/im", "");
  const engine = NCEngine.create({ appKey: environment.ref.appKey, serverUrl, storage: null });
  engines.push(engine);
  const told: [string, object][] = [];
  const tell = (name: string) => (event: object) => void told.push([name, event]);
  engine.addUserHandler(
    "test",
    new UserHandler({
      onFriendAdd: tell("added"),
      onFriendDelete: tell("deleted"),
      onFriendCleared: tell("cleared"),
      onFriendApplicationStatusChanged: tell("application"),
      onFriendInfoChangedSync: tell("note"),
      onOwnUserProfileChanged: tell("profile"),
      onFriendProfileChanged: tell("friend profile"),
      onGroupChanged: tell("group"),
    }),
  );
  expect((await engine.connect({ token: accessToken })).isOk).toBe(true);
  return { userId, engine, me: engine.userModule, told, names: () => told.map(([name]) => name) };
}

test("a friendship by request: asked, accepted, listed, noted, removed; both sides are told", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  const other = await newClient(alice.userId);
  expect(await alice.me.addFriend({ userId: bob.userId, extra: "It is me" })).toEqual({
    isOk: true,
    code: 0,
    data: { processCode: 25461 },
  });
  await expect.poll(bob.names).toEqual(["application"]);
  expect(bob.told[0]?.[1]).toMatchObject({ userId: alice.userId, type: 2, status: 0, extra: "It is me" });
  expect((await bob.me.getFriendApplications()).data?.data).toMatchObject([
    { userId: alice.userId, type: 2, status: 0, extra: "It is me", name: `Name of ${alice.userId}` },
  ]);
  expect(await bob.me.acceptFriendApplication(alice.userId)).toEqual({ isOk: true, code: 0 });
  await expect.poll(alice.names).toEqual(["application", "added", "application"]);
  expect(alice.told[1]?.[1]).toMatchObject({ userId: bob.userId, name: `Name of ${bob.userId}`, portraitUri: "" });
  expect(alice.told[2]?.[1]).toMatchObject({ userId: bob.userId, type: 1, status: 1 });
  expect((await alice.me.checkFriends([bob.userId, "nobody"])).data).toEqual([
    { userId: bob.userId, relation: 3, relationType: FriendRelationType.BOTH_WAY },
    { userId: "nobody", relation: 0, relationType: FriendRelationType.NONE },
  ]);
  expect(
    await alice.me.setFriendInfo({ userId: bob.userId, remark: "Bobby", extProfile: { ext_src: "school" } }),
  ).toEqual({
    isOk: true,
    code: 0,
  });
  await expect.poll(other.names).toEqual(["application", "added", "application", "note"]);
  expect(other.told.at(-1)?.[1]).toEqual({ userId: bob.userId, remark: "Bobby", extProfile: { ext_src: "school" } });
  // The device that has noted it knows.
  expect(alice.names()).toEqual(["application", "added", "application"]);
  expect((await alice.me.getFriends()).data).toMatchObject({
    totalCount: 1,
    data: [{ userId: bob.userId, remark: "Bobby", extProfile: { ext_src: "school" } }],
  });
  expect((await bob.me.getFriendsInfo([alice.userId])).data).toMatchObject([{ userId: alice.userId, remark: "" }]);
  expect(await bob.me.deleteFriends([alice.userId])).toEqual({ isOk: true, code: 0 });
  await expect.poll(() => alice.told.at(-1)?.[0]).toBe("deleted");
  expect(alice.told.at(-1)?.[1]).toMatchObject({ userIds: [bob.userId] });
  expect(await alice.me.addFriend({ userId: alice.userId })).toMatchObject({ isOk: false, code: 25473 });
});

test("what the app server does with friends is told as well", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  await addFriend(context(), appServer(), { userId: alice.userId, targetId: bob.userId, action: 2 });
  await expect.poll(alice.names).toEqual(["added"]);
  await expect.poll(bob.names).toEqual(["added"]);
  await removeAllFriends(context(), appServer(), { userId: alice.userId });
  await expect.poll(alice.names).toEqual(["added", "cleared"]);
  await expect.poll(bob.names).toEqual(["added", "deleted"]);
});

test("a user who accepts nobody refuses requests; one who accepts anyone is a friend at once", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  expect((await bob.me.getFriendAddPermission()).data).toBe(2);
  await bob.me.setFriendAddPermission(3);
  expect(await alice.me.addFriend({ userId: bob.userId })).toMatchObject({ isOk: false, code: 25471 });
  await bob.me.setFriendAddPermission(1);
  expect((await alice.me.addFriend({ userId: bob.userId })).data).toEqual({ processCode: 0 });
});

test("who is blocked cannot write; friends-only lets friends write and nobody else", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  const say = () => alice.engine.directChannel(bob.userId).sendMessage(new SendTextMessageParams({ text: "hi" }));
  expect((await say()).code).toBe(0);
  await bob.me.addToBlocklist(alice.userId);
  expect((await bob.me.checkBlocked(alice.userId)).data).toBe(true);
  expect((await bob.me.getBlocklist()).data).toEqual([alice.userId]);
  expect((await say()).code).toBe(405);
  await bob.me.removeFromBlocklist(alice.userId);
  expect((await say()).code).toBe(0);
  const operator = systemOf(environment.ref);
  const setFriendsOnly = async (on: boolean) => {
    const { version } = await getSettings(context(), operator);
    await changeSettings(context(), operator, { version, changes: { restrictDirectMessagingToFriends: on } });
  };
  await setFriendsOnly(true);
  await expect.poll(async () => (await say()).code).toBe(25469);
  await addFriend(context(), appServer(), { userId: alice.userId, targetId: bob.userId, action: 2 });
  expect((await say()).code).toBe(0);
  await setFriendsOnly(false);
});

test("own profile and others' as far as they show it", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  const other = await newClient(alice.userId);
  expect(await alice.me.updateMyUserProfile({ name: "Al", level: 7 })).toEqual({ isOk: true, code: 0 });
  expect(await alice.me.updateMyUserProfile({ level: 101 })).toMatchObject({ isOk: false, errorKeys: ["level"] });
  await setUserProfile(context(), appServer(), { userId: alice.userId, userProfile: { uniqueId: "al7" } });
  await expect.poll(other.names).toEqual(["profile", "profile"]);
  await expect.poll(alice.names).toEqual(["profile"]);
  expect((await alice.me.getMyUserProfile()).data).toEqual({
    userId: alice.userId,
    name: "Al",
    level: 7,
    uniqueId: "al7",
    extProfile: {},
  });
  expect((await bob.me.getUserProfiles([alice.userId])).data).toEqual([{ userId: alice.userId, name: "Al" }]);
  await alice.me.updateMyUserProfileVisibility(UserProfileVisibility.EVERYONE);
  expect((await alice.me.getMyUserProfileVisibility()).data).toBe(UserProfileVisibility.EVERYONE);
  expect((await bob.me.searchUserProfileByUniqueId("al7")).data).toMatchObject({ userId: alice.userId, level: 7 });
  expect(await bob.me.searchUserProfileByUniqueId("nobody")).toMatchObject({ isOk: false, code: 24366 });
});

test("where the settings say so, friends are told of a changed profile as far as they may see it, and strangers are not", async () => {
  const [alice, friend, stranger] = [await newClient(), await newClient(), await newClient()];
  await addFriend(context(), appServer(), { userId: alice.userId, targetId: friend.userId, action: 2 });
  const change = (userProfile: Record<string, unknown>) =>
    setUserProfile(context(), appServer(), { userId: alice.userId, userProfile });
  const told = () => friend.told.filter(([name]) => name === "friend profile").map(([, event]) => event);

  await change({ name: "Untold" });
  await expect.poll(alice.names).toContain("profile");
  expect(told()).toEqual([]);

  await setSettings(context(), environment.ref, { profileUpdatesToFriends: true });
  await change({ name: "Al", level: 3 });
  await expect.poll(told).toEqual([{ userId: alice.userId, name: "Al" }]);
  await alice.me.updateMyUserProfileVisibility(UserProfileVisibility.FRIENDS_ONLY);
  await alice.me.updateMyUserProfile({ level: 4 });
  await expect.poll(() => told()[1]).toEqual({ userId: alice.userId, name: "Al", level: 4, extProfile: {} });
  await deleteUserProfiles(context(), appServer(), { userIds: [alice.userId] });
  await expect.poll(() => told()[2]).toEqual({ userId: alice.userId, extProfile: {} });
  expect(stranger.names()).not.toContain("friend profile");
  await setSettings(context(), environment.ref, { profileUpdatesToFriends: false });
});
