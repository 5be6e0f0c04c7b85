import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Engine } from "@/lib/client";
import { banUsers } from "@/lib/core/bans/ban-users";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { getSettings } from "@/lib/core/settings/get-settings";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import type { Entry } from "./entries";
import { TestSession } from "./test-session";

/** What a pane of the test client shows, against a real gateway. */

const context = testContext();
let running: RunningGateway;
let development: TestEnvironment;
const sessions: TestSession[] = [];

beforeAll(async () => {
  running = await serveGateway(context());
  ({ development } = await createTestApp(context()));
});
afterAll(async () => {
  for (const session of sessions) session.release();
  await running?.close();
});

let count = 0;
async function newUser() {
  count += 1;
  const userId = `user-${count}`;
  const { accessToken } = await registerUser(context(), appServerOf(development.ref), { userId, name: userId });
  return { userId, token: accessToken };
}

function newSession(serverUrl = running.url.replace("ws://", "http://").replace("/im", "")) {
  const session = new TestSession({ appKey: development.ref.appKey, serverUrl });
  sessions.push(session);
  return session;
}

async function connected() {
  const session = newSession();
  const user = await newUser();
  await session.connect(user.userId, user.token);
  expect(session.view()).toMatchObject({ state: "connected", userId: user.userId, code: 0 });
  return { session, ...user };
}

const ofKind = <K extends Entry["kind"]>(session: TestSession, kind: K) =>
  session.view().entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);

describe("two panes", () => {
  test("show a message as sent in one and received in the other, and no token in their frames", async () => {
    const [ann, bob] = [await connected(), await connected()];
    await ann.session.send({ userId: bob.userId }, "hello");
    expect(ofKind(ann.session, "sent")).toMatchObject([{ to: bob.userId, text: "hello", state: "sent" }]);
    await vi.waitFor(() =>
      expect(ofKind(bob.session, "received")).toMatchObject([{ from: ann.userId, groupId: null, text: "hello" }]),
    );
    const frames = JSON.stringify([ann.session.view().frames, bob.session.view().frames]);
    expect(frames).toContain("event/message");
    expect(frames).not.toContain(ann.token);
    expect(frames).not.toContain(bob.token);
    ann.session.clearFrames();
    expect(ann.session.view().frames).toEqual([]);
  });

  test("a block shows as a call, and a message refused for it with its code and words", async () => {
    const [ann, bob] = [await connected(), await connected()];
    await bob.session.call(
      "Block",
      ({ userModule }) => userModule.addToBlocklist(ann.userId),
      () => "blocked",
    );
    expect(ofKind(bob.session, "call")).toMatchObject([{ text: "blocked", ok: true, code: 0 }]);
    await ann.session.send({ userId: bob.userId }, "hello?");
    expect(ofKind(ann.session, "sent")).toMatchObject([
      { state: "refused", code: 405, words: "The recipient has blocked the sender." },
    ]);
    await ann.session.call(
      "Add friend",
      ({ userModule }) => userModule.addFriend({ userId: ann.userId }),
      () => "never said",
    );
    expect(ofKind(ann.session, "call")).toMatchObject([{ ok: false, code: 25473 }]);
    expect(ofKind(ann.session, "call")[0]?.text).toMatch(/^Add friend: /);
  });

  test("the friends switch refuses between strangers and lets friends through, and both are told of the friendship", async () => {
    const [ann, bob] = [await connected(), await connected()];
    const operator = operatorOf("admin", development.ref);
    const switchTo = async (on: boolean) => {
      const { version } = await getSettings(context(), operator);
      await changeSettings(context(), operator, { version, changes: { restrictDirectMessagingToFriends: on } });
    };
    await switchTo(true);
    try {
      // The gateway hears of the switch by the bus, a moment after it is saved.
      await vi.waitFor(async () => {
        await ann.session.send({ userId: bob.userId }, "hello?");
        expect(ofKind(ann.session, "sent").at(-1)).toMatchObject({ state: "refused", code: 25469 });
      });
      expect(ofKind(ann.session, "sent").at(-1)?.words).toContain("Restrict direct messaging to friends");

      const add = (engine: Engine) => engine.userModule.addFriend({ userId: bob.userId });
      await ann.session.call("Add friend", add, (data) => `process code ${data?.processCode}`);
      expect(ofKind(ann.session, "call")).toMatchObject([{ ok: true, text: "process code 25461" }]);
      const request = `The friend request of ${ann.userId} is open.`;
      await vi.waitFor(() => expect(ofKind(bob.session, "event").map(({ text }) => text)).toContain(request));
      const accept = (engine: Engine) => engine.userModule.acceptFriendApplication(ann.userId);
      await bob.session.call("Accept request", accept, () => "accepted");
      const friends = `${bob.userId} is a friend now.`;
      await vi.waitFor(() => expect(ofKind(ann.session, "event").map(({ text }) => text)).toContain(friends));

      await ann.session.send({ userId: bob.userId }, "hello!");
      expect(ofKind(ann.session, "sent").at(-1)).toMatchObject({ text: "hello!", state: "sent" });
    } finally {
      await switchTo(false);
    }
  });
});

describe("a pane", () => {
  test("says why its connection ended", async () => {
    const { session, userId } = await connected();
    await banUsers(context(), appServerOf(development.ref), { userIds: [userId], durationMinutes: 60 });
    await vi.waitFor(() => expect(session.view()).toMatchObject({ state: "disconnected", code: 31011 }));
    await session.send({ userId: "somebody" }, "late");
    expect(ofKind(session, "sent")).toMatchObject([{ state: "refused", code: 30001 }]);
  });

  test("keeps the conversation of its user over connections, each message once, and not over a change of user", async () => {
    const [ann, bob] = [await connected(), await connected()];
    await ann.session.send({ userId: bob.userId }, "one");
    await vi.waitFor(() => expect(ofKind(bob.session, "received")).toHaveLength(1));
    await bob.session.disconnect();
    expect(bob.session.view()).toMatchObject({ state: "disconnected", code: 2 });
    await ann.session.send({ userId: bob.userId }, "two");
    await bob.session.connect(bob.userId, bob.token);
    await vi.waitFor(() => expect(ofKind(bob.session, "received").map(({ text }) => text)).toEqual(["one", "two"]));
    await ann.session.connect(ann.userId, ann.token);
    await vi.waitFor(() =>
      expect(ann.session.view().frames.some(({ text }) => text.includes('"messages":[{'))).toBe(true),
    );
    expect(ofKind(ann.session, "sent").map(({ text }) => text)).toEqual(["one", "two"]);
    await ann.session.connect(bob.userId, bob.token);
    expect(ann.session.view().userId).toBe(bob.userId);
    expect(ofKind(ann.session, "sent")).toEqual([]);
  });

  test("says that an address of the service is none", async () => {
    const session = newSession("not an address");
    await session.connect("somebody", "token");
    expect(session.view()).toMatchObject({ state: "disconnected", code: 31002 });
  });

  test("that is left hears nothing more", async () => {
    const { session } = await connected();
    const changed = vi.fn();
    session.subscribe(changed);
    session.release();
    expect(session.view()).toMatchObject({ state: "disconnected", code: 2 });
    expect(changed).toHaveBeenCalledOnce();
  });
});
