import { afterAll, beforeAll, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import {
  type Engine,
  FriendAddPermission,
  FriendApplicationStatus,
  FriendApplicationType,
  FriendRelationType,
  GroupChannelHandler,
  GroupJoinPermission,
  GroupMemberRole,
  GroupOperation,
  MessageDirection,
  MessageHandler,
  NCEngine,
  SendTextMessageParams,
  UserHandler,
  UserProfileVisibility,
} from ".";

/** The newer names of users, friends, blocklists, profiles and groups: code written for them compiles, and runs over a real gateway. */

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

let users = 0;
function newUserId() {
  users += 1;
  return `n-user-${users}`;
}

async function newClient(userId = newUserId()) {
  const { accessToken } = await registerUser(context(), appServerOf(environment.ref), {
    userId,
    name: `Name of ${userId}`,
    avatarUrl: "https://example.com/registered.png",
  });
  const serverUrl = running.url.replace("ws://", "http://").replace("/im", "");
  const engine = NCEngine.create({ appKey: environment.ref.appKey, serverUrl, storage: null });
  engines.push(engine);
  const told: [string, object][] = [];
  const tell = (name: string) => (event: object) => void told.push([name, event]);
  engine.addUserHandler(
    "test",
    new UserHandler({
      onFriendAdd: tell("added"),
      onFriendRemove: tell("removed"),
      onFriendApplicationStatusChanged: tell("application"),
    }),
  );
  engine.addGroupChannelHandler(
    "test",
    new GroupChannelHandler({
      onGroupOperation: tell("operation"),
      onGroupApplicationEvent: tell("applied"),
      onGroupInfoChanged: tell("info"),
      onGroupFavoritesChangedSync: tell("favorites"),
    }),
  );
  engine.addMessageHandler("test", new MessageHandler({ onMessageReceived: tell("message") }));
  expect((await engine.connect({ token: accessToken })).isOk).toBe(true);
  const of = (name: string) => told.filter(([kind]) => kind === name).map(([, event]) => event);
  return { userId, engine, me: engine.userModule, of };
}

test("users and profiles: avatarUrl beside portraitUri, in and out", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  expect(alice.engine.getCurrentUserId()).toBe(alice.userId);
  expect((await alice.me.updateMyUserProfile({ avatarUrl: "https://example.com/a.png" })).code).toBe(0);
  const both = { avatarUrl: "https://example.com/a.png", portraitUri: "https://example.com/a.png" };
  expect((await alice.me.getMyUserProfile()).data).toMatchObject(both);
  expect((await bob.me.getUserProfiles([alice.userId])).data).toMatchObject([both]);
  expect((await alice.me.updateMyUserProfile({ portraitUri: "https://example.com/b.png" })).code).toBe(0);
  expect((await alice.me.getMyUserProfile()).data?.avatarUrl).toBe("https://example.com/b.png");
  for (const visibility of [UserProfileVisibility.INVISIBLE, UserProfileVisibility.FriendVisible]) {
    expect((await alice.me.updateMyUserProfileVisibility(visibility)).code).toBe(0);
    expect((await alice.me.getMyUserProfileVisibility()).data).toBe(visibility);
  }
});

test("friends and blocklist: queries, relations, applications, removal", async () => {
  const [alice, bob, cat] = [await newClient(), await newClient(), await newClient()];
  await bob.me.setFriendAddPermission(FriendAddPermission.NEED_VERIFY);
  await alice.me.addFriend({ userId: bob.userId, extra: "hi" });
  await expect.poll(() => bob.of("application")).toHaveLength(1);
  const application = {
    userId: alice.userId,
    applicationType: FriendApplicationType.RECEIVED,
    applicationStatus: FriendApplicationStatus.UNHANDLED,
    operationTime: expect.any(Number),
  };
  expect(bob.of("application")).toMatchObject([application]);
  const open = bob.me.createFriendApplicationsQuery({
    applicationTypes: [FriendApplicationType.RECEIVED],
    applicationStatuses: [FriendApplicationStatus.UNHANDLED],
    pageSize: 10,
    isAscending: false,
  });
  const reading = open.loadNextPage();
  expect(open.isLoading).toBe(true);
  expect((await reading).data?.data).toMatchObject([{ ...application, avatarUrl: expect.any(String) }]);
  expect([open.isLoading, open.hasNext]).toEqual([false, false]);

  await bob.me.acceptFriendApplication(alice.userId);
  await expect.poll(() => alice.of("added")).toMatchObject([{ userId: bob.userId, avatarUrl: expect.any(String) }]);
  await cat.me.setFriendAddPermission(FriendAddPermission.FREE);
  await alice.me.addFriend({ userId: cat.userId });
  await alice.me.addToBlocklist(cat.userId);
  const friends = alice.me.createFriendsQuery({ pageSize: 1, isAscending: true });
  expect((await friends.loadNextPage()).data).toMatchObject({
    totalCount: 2,
    data: [{ userId: bob.userId, inBlockList: false, isBlocked: false }],
  });
  expect(friends.hasNext).toBe(true);
  expect((await friends.loadNextPage()).data?.data).toMatchObject([{ userId: cat.userId, inBlockList: true }]);
  expect((await alice.me.checkFriends([bob.userId])).data).toMatchObject([
    { relationType: FriendRelationType.BOTH_WAY },
  ]);
  expect((await alice.me.removeFriends([bob.userId])).code).toBe(0);
  await expect.poll(() => bob.of("removed")).toMatchObject([{ userIds: [alice.userId] }]);
  await bob.me.setFriendAddPermission(FriendAddPermission.NO_ONE_ALLOWED);
  expect((await alice.me.addFriend({ userId: bob.userId })).code).toBe(25471);
});

test("a message comes as { messages }; code that reads one message runs as well", async () => {
  const [alice, bob] = [await newClient(), await newClient()];
  const channel = alice.engine.directChannel(bob.userId);
  const sent = await channel.sendMessage(new SendTextMessageParams({ text: "hello" }));
  expect(sent.data).toMatchObject({
    direction: MessageDirection.SEND,
    channelIdentifier: { channelType: channel.channelType, channelId: channel.channelId },
  });
  await expect.poll(() => bob.of("message")).toHaveLength(1);
  const message = {
    messageId: sent.data?.messageId,
    content: { text: "hello" },
    direction: MessageDirection.RECEIVE,
    channelIdentifier: { channelType: 1, channelId: alice.userId },
  };
  expect(bob.of("message")).toMatchObject([{ ...message, messages: [message] }]);
});

test("groups: created with a profile, changed, joined with approval, handed on", async () => {
  const [owner, admin, guest] = [await newClient(), await newClient(), await newClient()];
  const groupId = `group-of-${owner.userId}`;
  const created = await owner.engine.createGroup({
    groupId,
    groupName: "Team",
    avatarUrl: "https://example.com/team.png",
    introduction: "About us",
    notice: "Welcome",
    joinPermission: GroupJoinPermission.OWNER_OR_MANAGER_VERIFY,
    inviteeUserIds: [admin.userId],
  });
  expect(created).toEqual({ isOk: true, code: 0 });
  const group = owner.engine.groupChannel(groupId);
  expect(group.channelId).toBe(groupId);
  expect((await admin.engine.groupsInfo([groupId, "none"])).data).toMatchObject([
    {
      groupId,
      groupName: "Team",
      avatarUrl: "https://example.com/team.png",
      portraitUri: "https://example.com/team.png",
      introduction: "About us",
      notice: "Welcome",
      joinPermission: GroupJoinPermission.OWNER_OR_MANAGER_VERIFY,
      ownerId: owner.userId,
      memberCount: 2,
      role: GroupMemberRole.NORMAL,
    },
  ]);

  expect(await group.addAdmins([admin.userId])).toEqual({ isOk: true, code: 0 });
  await expect.poll(() => admin.of("operation").at(-1)).toMatchObject({ groupId, operation: GroupOperation.ADD_ADMIN });
  expect((await admin.engine.joinedGroups([groupId])).data).toMatchObject([{ role: GroupMemberRole.ADMIN }]);

  expect((await guest.engine.groupChannel(groupId).join()).data).toEqual({ processCode: 25424 });
  await expect.poll(() => admin.of("applied")).toMatchObject([{ groupId, userId: guest.userId }]);
  const accepted = await admin.engine.groupChannel(groupId).acceptApplication({ applicantId: guest.userId });
  expect(accepted.code, "inviting is the owner's alone here").toBe(25426);
  expect((await group.acceptApplication({ applicantId: guest.userId })).code).toBe(0);
  expect((await group.getMembers([guest.userId])).data).toMatchObject([
    { userId: guest.userId, role: GroupMemberRole.NORMAL, avatarUrl: expect.any(String) },
  ]);

  expect((await group.updateInfo({ groupName: "Crew", avatarUrl: "" })).code).toBe(0);
  await expect
    .poll(() => guest.of("info"))
    .toMatchObject([{ groupId, groupInfo: { groupName: "Crew", avatarUrl: "" }, operatorId: owner.userId }]);
  const [changed] = guest.of("info") as { changedProperties: string[] }[];
  expect([...(changed?.changedProperties ?? [])].sort()).toEqual(["avatarUrl", "groupName"]);

  const device = await newClient(guest.userId);
  const favorites = guest.engine.groupChannel(groupId);
  expect((await favorites.addFavorites([owner.userId])).code).toBe(0);
  expect((await favorites.getFavorites()).data).toEqual([{ userId: owner.userId, time: expect.any(Number) }]);
  await expect.poll(() => device.of("favorites")).toMatchObject([{ groupId, userIds: [owner.userId] }]);
  expect((await favorites.removeFavorites([owner.userId])).code).toBe(0);
  expect(guest.of("favorites")).toEqual([]);

  const members = owner.engine.groupMembersByRole({ groupId, role: GroupMemberRole.ADMIN, isAscending: false });
  expect((await members.loadNextPage()).data?.data.map(({ userId }) => userId)).toEqual([admin.userId]);
  expect((await group.kickMembers({ userIds: [guest.userId], config: { removeFavorites: true } })).code).toBe(0);
  expect((await group.removeAdmins([admin.userId])).code).toBe(0);
  const handedOn = { newOwnerId: admin.userId, leaveAfterTransfer: true };
  expect((await group.transferOwner(handedOn)).code).toBe(0);
  const owned = admin.engine.joinedGroupsByRole({ role: GroupMemberRole.OWNER, pageSize: 10 });
  expect((await owned.loadNextPage()).data?.data).toMatchObject([{ groupId, memberCount: 1 }]);
  expect((await admin.engine.groupChannel(groupId).dismiss()).code).toBe(0);
});
