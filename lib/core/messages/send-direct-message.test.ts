import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { changeSettings } from "../settings/change-settings";
import { settingsOf } from "../settings/settings-of";
import { fetchInbox } from "./fetch-inbox";
import { idOf } from "./message";
import { MESSAGE_RETENTION_MS, type SendDirectMessageInput } from "./schema";
import { sendDirectMessage } from "./send-direct-message";

const context = testContext();
/** What a second process would have: a database and batches of its own. */
let elsewhere: Context;

beforeAll(() => {
  elsewhere = { ...context(), db: openDatabase({ url: context().url, poolSize: 5 }), now: () => context().now() };
});
afterAll(() => elsewhere.db.close());

async function prepared(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  const now = context().now();
  await insertTestUsers(context(), production.ref, [
    { userId: "alice" },
    { userId: "bob" },
    { userId: "banned", bannedUntil: now + 60_000 },
    { userId: "was-banned", bannedUntil: now - 1 },
    { userId: "gone", softDeletedAt: now },
  ]);
  return production.ref;
}

const say = (text: string, input: Partial<SendDirectMessageInput> = {}): SendDirectMessageInput => ({
  toUserId: "bob",
  messageType: "RC:TxtMsg",
  content: JSON.stringify({ content: text }),
  ...input,
});

const send = (environment: EnvironmentRef, from: string, input: SendDirectMessageInput, where: Context = context()) =>
  sendDirectMessage(where, appUserOf(environment, from), input);

const inboxOf = async (environment: EnvironmentRef, userId: string) =>
  (await fetchInbox(context(), appUserOf(environment, userId), { cursor: 0, limit: 500 })).messages;

describe("sendDirectMessage", () => {
  test("recipient and sender find the same message", async () => {
    const environment = await prepared();
    const { message, repeated } = await send(environment, "alice", say("Hi"));
    expect(repeated).toBe(false);
    expect(message).toMatchObject({ senderId: "alice", targetId: "bob", kind: "direct", options: null });
    expect(await inboxOf(environment, "bob")).toEqual([message]);
    expect(await inboxOf(environment, "alice")).toEqual([message]);
  });

  test("a message to oneself is there once", async () => {
    const environment = await prepared();
    await send(environment, "alice", say("Note", { toUserId: "alice" }));
    expect(await inboxOf(environment, "alice")).toHaveLength(1);
  });

  test.each([
    ["alice", "nobody", "user_not_found"],
    ["alice", "gone", "user_not_found"],
    ["banned", "bob", "user_banned"],
    ["gone", "bob", "user_soft_deleted"],
    ["nobody", "bob", "user_not_found"],
  ])("from %s to %s it is refused with %s, and nothing is stored", async (from, toUserId, code) => {
    const environment = await prepared();
    await expect(send(environment, from, say("Hi", { toUserId }))).rejects.toMatchObject({ code });
    expect(await context().db.prisma.message.count({ where: { environmentId: environment.id } })).toBe(0);
    expect(await inboxOf(environment, toUserId)).toEqual([]);
  });

  test("a ban that has passed refuses nothing, and a banned recipient finds the message later", async () => {
    const environment = await prepared();
    await send(environment, "was-banned", say("Hi", { toUserId: "banned" }));
    expect(await inboxOf(environment, "banned")).toHaveLength(1);
  });

  test("mute, blocklist and the switch refuse in this order, each as soon as it is there", async () => {
    const environment = await prepared();
    const { prisma } = context().db;
    const environmentId = environment.id;
    const refusal = () =>
      send(environment, "alice", say("Hi")).then(
        () => null,
        (error: { code?: string }) => error.code,
      );
    expect(await refusal()).toBeNull();

    await changeSettings(context(), operatorOf("admin", environment), {
      version: 1,
      changes: { restrictDirectMessagingToFriends: true },
      note: "test",
    });
    await expect
      .poll(async () => (await settingsOf(context(), environmentId)).restrictDirectMessagingToFriends)
      .toBe(true);
    expect(await refusal()).toBe("message_friends_only");

    await prisma.friendship.createMany({
      data: [
        { environmentId, userId: "alice", friendId: "bob", addedAt: new Date() },
        { environmentId, userId: "bob", friendId: "alice", addedAt: new Date() },
      ],
    });
    expect(await refusal()).toBeNull();

    await prisma.block.create({
      data: { environmentId, userId: "bob", blockedId: "alice", blockedAt: new Date() },
    });
    expect(await refusal()).toBe("message_blocked");
    await expect(send(environment, "bob", say("Still", { toUserId: "alice" }))).resolves.toBeDefined();

    await prisma.user.updateMany({ where: { environmentId, userId: "alice" }, data: { directMutedAt: new Date() } });
    expect(await refusal()).toBe("message_muted");
  });

  test("messages of one sender keep the order of the calls, although nobody waits for an answer", async () => {
    const environment = await prepared();
    const texts = Array.from({ length: 300 }, (_, n) => `m${n}`);
    await Promise.all(texts.map((text) => send(environment, "alice", say(text))));
    const got = (await inboxOf(environment, "bob")).map(({ content }) => JSON.parse(content).content);
    expect(got).toEqual(texts);
  });
});

describe("a repetition", () => {
  const again = say("Once", { clientMessageId: "c-1" });

  test("is the earlier message, whatever it says now, and is delivered once", async () => {
    const environment = await prepared();
    const first = await send(environment, "alice", again);
    const second = await send(environment, "alice", say("Twice", { clientMessageId: "c-1" }));
    expect(second.repeated).toBe(true);
    expect(idOf(second.message)).toBe(idOf(first.message));
    expect(second.message.sentAt).toBe(first.message.sentAt);
    expect(await inboxOf(environment, "bob")).toEqual([first.message]);
  });

  test("of many at once, in two processes, all get the same id and one is delivered", async () => {
    const environment = await prepared();
    for (let round = 0; round < 10; round += 1) {
      const input = say(`Round ${round}`, { clientMessageId: `race-${round}` });
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, n) => send(environment, "alice", input, n % 2 === 0 ? context() : elsewhere)),
      );
      expect(new Set(outcomes.map(({ message }) => idOf(message))).size).toBe(1);
      expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    }
    expect(await inboxOf(environment, "bob")).toHaveLength(10);
  });

  test("is one only from the same sender in the same environment, and only within seven days", async () => {
    const environment = await prepared();
    const other = await prepared();
    const ids = new Set<string>();
    for (const [where, from] of [
      [environment, "alice"],
      [environment, "bob"],
      [other, "alice"],
    ] as const) {
      const { message, repeated } = await send(where, from, { ...again, toUserId: "bob" });
      expect(repeated).toBe(false);
      ids.add(`${where.id}/${idOf(message)}`);
    }
    expect(ids.size).toBe(3);
    context().advance(MESSAGE_RETENTION_MS - 10_000);
    expect((await send(environment, "alice", again)).repeated).toBe(true);
    context().advance(20_000);
    expect((await send(environment, "alice", again)).repeated).toBe(false);
    expect(await inboxOf(environment, "bob")).toHaveLength(1);
  });
});
