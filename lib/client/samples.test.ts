import { afterAll, beforeAll, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import {
  ConnectionStatus,
  ConnectionStatusHandler,
  DirectChannel,
  GroupChannel,
  type GroupMemberInfo,
  GroupMemberRole,
  MessageHandler,
  NCEngine,
  SendTextMessageParams,
} from ".";

/**
 * What the original's web samples do, in our own words: signing in (01), a text to a user (02), a group with a text in it
 * (04) and its members by role (07). Only the import and the address differ from code written for the original.
 */

const context = testContext();
let running: RunningGateway;
let environment: TestEnvironment;

beforeAll(async () => {
  running = await serveGateway(context());
  environment = (await createTestApp(context())).production;
});
afterAll(async () => {
  await NCEngine.disconnect();
  await running?.close();
});

async function tokenOf(userId: string) {
  const user = await registerUser(context(), appServerOf(environment.ref), { userId, name: `Name of ${userId}` });
  return user.accessToken;
}

async function signIn(token: string) {
  const seen: ConnectionStatus[] = [];
  const serverUrl = running.url.replace("ws://", "http://").replace("/im", "");
  NCEngine.initialize({ appKey: environment.ref.appKey, serverUrl });
  NCEngine.addConnectionStatusHandler(
    "status",
    new ConnectionStatusHandler({ onConnectionStatusChanged: ({ status }) => seen.push(status) }),
  );
  return { seen, answer: await NCEngine.connect({ token }) };
}

test("01: initialize, follow the status, connect, disconnect", async () => {
  const { seen, answer } = await signIn(await tokenOf("sample-one"));
  expect(answer.isOk ? answer.data?.userId : answer.code).toBe("sample-one");
  await NCEngine.disconnect();
  expect(seen).toEqual([ConnectionStatus.CONNECTING, ConnectionStatus.CONNECTED, ConnectionStatus.DISCONNECTED]);
});

test("02: a text to another user, and one back", async () => {
  const friend = NCEngine.create({
    appKey: environment.ref.appKey,
    serverUrl: running.url.replace("ws://", "http://").replace("/im", ""),
    storage: null,
  });
  await friend.connect({ token: await tokenOf("sample-friend") });
  await signIn(await tokenOf("sample-two"));
  const texts: unknown[] = [];
  NCEngine.addMessageHandler(
    "messages",
    new MessageHandler({
      onMessageReceived({ messages }) {
        for (const { senderUserId, content } of messages) texts.push([senderUserId, content.text]);
      },
    }),
  );
  const { isOk, data } = await new DirectChannel("sample-friend").sendMessage(
    new SendTextMessageParams({ text: "Hello" }),
  );
  expect(isOk).toBe(true);
  expect(data).toMatchObject({
    messageId: expect.any(String),
    sentTime: expect.any(Number),
    content: { text: "Hello" },
  });
  await friend.directChannel("sample-two").sendMessage(new SendTextMessageParams({ text: "Hello, too" }));
  await expect.poll(() => texts).toEqual([["sample-friend", "Hello, too"]]);
  await friend.disconnect();
});

test("04 and 07: a group, a text in it, and its members page by page with their roles", async () => {
  const others = ["sample-b", "sample-c"];
  for (const userId of others) await tokenOf(userId);
  await signIn(await tokenOf("sample-a"));
  const groupId = "sample-group";
  const made = await GroupChannel.createGroup({ groupId, groupName: "A sample", inviteeUserIds: others });
  expect(made).toMatchObject({ isOk: true, code: 0 });
  const sent = await new GroupChannel(groupId).sendMessage(new SendTextMessageParams({ text: "Hello, all" }));
  expect(sent).toMatchObject({ isOk: true, data: { messageId: expect.any(String) } });

  const query = GroupChannel.createGroupMembersByRoleQuery({ groupId, role: GroupMemberRole.UNDEF, pageSize: 20 });
  const members: GroupMemberInfo[] = [];
  while (query.hasNext) {
    const page = await query.loadNextPage();
    expect(page.data?.totalCount).toBe(3);
    members.push(...(page.data?.data ?? []));
  }
  const words = { [GroupMemberRole.OWNER]: "owner", [GroupMemberRole.MANAGER]: "manager" } as Record<number, string>;
  expect(members.map(({ userId, role }) => `${userId} ${words[role] ?? "member"}`).sort()).toEqual([
    "sample-a owner",
    "sample-b member",
    "sample-c member",
  ]);
});
