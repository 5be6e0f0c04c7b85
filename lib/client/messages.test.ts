import { afterAll, beforeAll, expect, test } from "vitest";
import { createGroup } from "@/lib/core/groups/create-group";
import { sendServerMessage } from "@/lib/core/messages/send-server-message";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { type CursorStorage, type Engine, type Message, MessageHandler, NCEngine, SendTextMessageParams } from ".";

/** Messages between client libraries, through two gateways on one database. */

const context = testContext();
const gateways: RunningGateway[] = [];
let environment: TestEnvironment;
const engines: Engine[] = [];

beforeAll(async () => {
  for (let number = 0; number < 2; number += 1) gateways.push(await serveGateway(context(), { rateLimits: false }));
  environment = (await createTestApp(context())).production;
});
afterAll(async () => {
  for (const engine of engines) await engine.disconnect();
  for (const gateway of gateways) await gateway.close();
});

let users = 0;
async function newUser(): Promise<{ userId: string; token: string }> {
  users += 1;
  const userId = `m-user-${users}`;
  const { accessToken } = await registerUser(context(), appServerOf(environment.ref), { userId, name: userId });
  return { userId, token: accessToken };
}

function memoryStorage(): CursorStorage {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** A client connected to one of the gateways, with everything that it receives. */
async function client(user: { token: string }, gateway = 0, storage: CursorStorage = memoryStorage()) {
  const serverUrl = (gateways[gateway]?.url ?? "").replace("ws://", "http://").replace("/im", "");
  const engine = NCEngine.create({ appKey: environment.ref.appKey, serverUrl, storage });
  engines.push(engine);
  const received: Message[] = [];
  engine.addMessageHandler("test", new MessageHandler({ onMessageReceived: (message) => received.push(message) }));
  expect(await engine.connect({ token: user.token })).toMatchObject({ isOk: true });
  return { engine, received, texts: () => received.map(({ content }) => content.text) };
}

const text = (said: string) => new SendTextMessageParams({ text: said });

test("a text reaches all devices of the recipient and the sender's others, on any process, in order", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  const sender = await client(alice, 0);
  const otherDevice = await client(alice, 1);
  const here = await client(bob, 0);
  const there = await client(bob, 1);
  const channel = sender.engine.directChannel(bob.userId);
  const sent = [];
  for (let number = 1; number <= 20; number += 1) sent.push(await channel.sendMessage(text(`no ${number}`)));
  expect(sent.every(({ isOk }) => isOk)).toBe(true);
  const expected = Array.from({ length: 20 }, (_, index) => `no ${index + 1}`);
  for (const device of [here, there, otherDevice]) {
    await expect.poll(() => device.received.length).toBe(20);
    expect(device.texts()).toEqual(expected);
    expect(device.received.map(({ messageId }) => messageId)).toEqual(sent.map(({ data }) => data?.messageId));
  }
  expect(here.received[0]).toMatchObject({
    channelId: alice.userId,
    senderUserId: alice.userId,
    isOwn: false,
    messageType: "RC:TxtMsg",
    sentTime: sent[0]?.data?.sentTime,
  });
  expect(otherDevice.received[0]).toMatchObject({ channelId: bob.userId, isOwn: true });
  expect(sender.received).toEqual([]);
});

test("what came while the device was away is there after connecting, once, before what comes then", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  const storage = memoryStorage();
  const sender = await client(alice);
  const first = await client(bob, 0, storage);
  const channel = sender.engine.directChannel(bob.userId);
  await channel.sendMessage(text("while here"));
  await expect.poll(first.texts).toEqual(["while here"]);
  await first.engine.disconnect();
  for (const said of ["away 1", "away 2", "away 3"]) await channel.sendMessage(text(said));
  const again = await client(bob, 1, storage);
  const late = channel.sendMessage(text("here again"));
  await expect.poll(again.texts).toEqual(["away 1", "away 2", "away 3", "here again"]);
  expect((await late).isOk).toBe(true);
});

test("storage that refuses, full or blocked by the browser, keeps no message away", async () => {
  const refuse = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
  const [alice, bob] = [await newUser(), await newUser()];
  const sender = await client(alice);
  const recipient = await client(bob, 0, { getItem: refuse, setItem: refuse });
  const channel = sender.engine.directChannel(bob.userId);
  for (const said of ["one", "two"]) await channel.sendMessage(text(said));
  await expect.poll(recipient.texts).toEqual(["one", "two"]);
});

test("a connection lost in the middle loses no message and repeats none", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  const sender = await client(alice, 0);
  const recipient = await client(bob, 1);
  const channel = sender.engine.directChannel(bob.userId);
  const sending = [];
  for (let number = 1; number <= 60; number += 1) {
    sending.push(channel.sendMessage(text(`no ${number}`)));
    if (number % 20 === 0) {
      for (const gateway of gateways) {
        for (const connection of gateway.gateway.hub.all()) connection.socket.ws.terminate();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const answers = await Promise.all(sending);
  expect(answers.filter(({ isOk }) => !isOk)).toEqual([]);
  await expect.poll(() => recipient.received.length, { timeout: 15_000 }).toBe(60);
  expect([...recipient.texts()].sort()).toEqual(Array.from({ length: 60 }, (_, index) => `no ${index + 1}`).sort());
  expect(recipient.received.map(({ messageId }) => messageId).sort()).toEqual(
    answers.map(({ data }) => data?.messageId).sort(),
  );
});

test("refusals are values with the contract's numbers, and nothing of them arrives", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  const sender = await client(alice);
  const recipient = await client(bob);
  const { prisma } = context().db;
  await prisma.block.create({
    data: {
      environmentId: environment.ref.id,
      userId: bob.userId,
      blockedId: alice.userId,
      blockedAt: new Date(context().now()),
    },
  });
  expect(await sender.engine.directChannel(bob.userId).sendMessage(text("no"))).toMatchObject({
    isOk: false,
    code: 405,
  });
  expect((await sender.engine.directChannel("nobody-at-all").sendMessage(text("no"))).isOk).toBe(false);
  expect((await sender.engine.groupChannel("no-such-group").sendMessage(text("no"))).isOk).toBe(false);
  expect(recipient.received).toEqual([]);
  expect((await recipient.engine.directChannel(alice.userId).sendMessage(text("the other way"))).isOk).toBe(true);
});

test("the app server's messages arrive like any other", async () => {
  const bob = await newUser();
  const recipient = await client(bob);
  await sendServerMessage(context(), appServerOf(environment.ref), {
    fromUserId: "system-account",
    toUserIds: [bob.userId],
    messageType: "RC:TxtMsg",
    content: JSON.stringify({ content: "welcome" }),
  });
  await expect.poll(recipient.texts).toEqual(["welcome"]);
});

test("a group's message reaches its members and nobody else", async () => {
  const [alice, bob, carol, dave] = [await newUser(), await newUser(), await newUser(), await newUser()];
  const owner = await client(alice, 0);
  const member = await client(bob, 1);
  const outsider = await client(dave, 1);
  expect(
    await owner.engine.createGroup({
      groupId: "team-1",
      groupName: "Team",
      inviteeUserIds: [bob.userId, carol.userId],
    }),
  ).toMatchObject({ isOk: true });
  const sent = await owner.engine.groupChannel("team-1").sendMessage(text("hello team"));
  expect(sent).toMatchObject({
    isOk: true,
    data: { channelId: "team-1", isOwn: true, content: { text: "hello team" } },
  });
  await expect.poll(member.texts).toEqual(["hello team"]);
  expect(member.received[0]).toMatchObject({ channelId: "team-1", senderUserId: alice.userId });
  expect((await outsider.engine.groupChannel("team-1").sendMessage(text("let me in"))).isOk).toBe(false);
  expect(outsider.received).toEqual([]);
  const query = member.engine.groupMembersByRole({ groupId: "team-1", pageSize: 2 });
  const names: string[] = [];
  while (query.hasNext) names.push(...((await query.loadNextPage()).data?.data ?? []).map(({ userId }) => userId));
  expect(names.sort()).toEqual([alice.userId, bob.userId, carol.userId].sort());
  const again = member.engine.groupMembersByRole({ groupId: "team-1", pageSize: 2 });
  const pages = await Promise.all([again.loadNextPage(), again.loadNextPage(), again.loadNextPage()]);
  expect(pages.map(({ data }) => data?.data.length)).toEqual([2, 1, 0]);
});

test("what one user of a device has sent reaches the next user of the same device", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  const { engine, texts } = await client(alice);
  expect((await engine.directChannel(bob.userId).sendMessage(text("see you"))).isOk).toBe(true);
  await engine.disconnect();
  expect(await engine.connect({ token: bob.token })).toMatchObject({ isOk: true });
  await expect.poll(texts).toEqual(["see you"]);
});

test("a group that the app server made is one that its members write to", async () => {
  const [alice, bob] = [await newUser(), await newUser()];
  await createGroup(context(), appServerOf(environment.ref), {
    groupId: "made-by-server",
    name: "Made by the server",
    ownerId: alice.userId,
    userIds: [bob.userId],
  });
  const recipient = await client(alice);
  const sender = await client(bob);
  expect((await sender.engine.groupChannel("made-by-server").sendMessage(text("hi"))).isOk).toBe(true);
  await expect.poll(recipient.texts).toEqual(["hi"]);
});
