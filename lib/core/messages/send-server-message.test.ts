import { describe, expect, test, vi } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { changeSettings } from "../settings/change-settings";
import { fetchInbox } from "./fetch-inbox";
import { idOf } from "./message";
import type { SendServerMessageInput } from "./schema";
import { sendServerMessage } from "./send-server-message";

const context = testContext();

async function prepared(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  const now = context().now();
  await insertTestUsers(context(), production.ref, [
    { userId: "alice" },
    { userId: "bob" },
    { userId: "carol" },
    { userId: "dora", bannedUntil: now + 60_000 },
    { userId: "gone", softDeletedAt: now },
  ]);
  return production.ref;
}

const hello = (input: Partial<SendServerMessageInput> = {}): SendServerMessageInput => ({
  fromUserId: "alice",
  toUserIds: ["bob"],
  messageType: "RC:TxtMsg",
  content: '{"content":"Hello"}',
  ...input,
});

const inboxOf = async (environment: EnvironmentRef, userId: string) =>
  (await fetchInbox(context(), appUserOf(environment, userId), { cursor: 0 })).messages;

describe("sendServerMessage", () => {
  test("concurrent messages never make a statement of more than about 4 MB, whether it is content or metadata that is long", async () => {
    const environment = await prepared();
    const megabyte = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`key${n}`, "v".repeat(4_096)]));
    const query = vi.spyOn(context().db.pool, "query");
    const send = () =>
      sendServerMessage(context(), appServerOf(environment), hello({ hasMetadata: true, metadata: megabyte }));
    await Promise.all(Array.from({ length: 12 }, send));
    const sizes = query.mock.calls.flatMap(([asked]) => {
      const { name, values } = asked as { name?: string; values?: unknown[] };
      return name === "messages-store" ? [String(values).length] : [];
    });
    query.mockRestore();
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(12_000_000);
    expect(Math.max(...sizes)).toBeLessThan(4_500_000);
    expect(await inboxOf(environment, "bob")).not.toEqual([]);
  });

  test("each recipient finds a message of their own, with what was said beside the content, and the content lies there once", async () => {
    const environment = await prepared();
    const { messages } = await sendServerMessage(
      context(),
      appServerOf(environment),
      hello({
        toUserIds: ["bob", "carol", "bob"],
        needReadReceipt: 1,
        hasMetadata: true,
        metadata: { a: "1" },
        disableUpdateLastMsg: true,
        pushContent: "unused",
      }),
    );
    expect(messages.map(({ targetId }) => targetId)).toEqual(["bob", "carol"]);
    expect(new Set(messages.map(idOf)).size).toBe(2);
    for (const message of messages) {
      expect(await inboxOf(environment, message.targetId)).toEqual([message]);
      expect(message).toMatchObject({
        kind: "direct",
        senderId: "alice",
        content: '{"content":"Hello"}',
        options: { needReadReceipt: true, metadata: { a: "1" }, disableUpdateLastMsg: true },
      });
    }
    expect(await context().db.prisma.message.count({ where: { environmentId: environment.id } })).toBe(1);
    expect(await inboxOf(environment, "alice")).toEqual([]);
  });

  test("metadata that were not announced do not count", async () => {
    const environment = await prepared();
    await sendServerMessage(context(), appServerOf(environment), hello({ metadata: { a: "1" } }));
    expect((await inboxOf(environment, "bob"))[0]?.options).toBeNull();
  });

  test("unknown and soft-deleted recipients are left out; a banned one finds the message later", async () => {
    const environment = await prepared();
    const toUserIds = ["nobody", "gone", "dora"];
    const { messages } = await sendServerMessage(context(), appServerOf(environment), hello({ toUserIds }));
    expect(messages.map(({ targetId }) => targetId)).toEqual(["dora"]);
    expect(await inboxOf(environment, "dora")).toHaveLength(1);
    for (const userId of ["nobody", "gone"]) expect(await inboxOf(environment, userId)).toEqual([]);
    const none = await sendServerMessage(context(), appServerOf(environment), hello({ toUserIds: ["nobody"] }));
    expect(none.messages).toEqual([]);
  });

  test("it is sent whatever the sender is, and although messages are restricted to friends", async () => {
    const environment = await prepared();
    await changeSettings(context(), operatorOf("admin", environment), {
      version: 1,
      changes: { restrictDirectMessagingToFriends: true },
      note: "test",
    });
    await context().db.prisma.user.updateMany({
      where: { environmentId: environment.id, userId: "carol" },
      data: { directMutedAt: new Date() },
    });
    for (const fromUserId of ["alice", "carol", "dora", "gone", "nobody"]) {
      const { messages } = await sendServerMessage(context(), appServerOf(environment), hello({ fromUserId }));
      expect([fromUserId, messages.length]).toEqual([fromUserId, 1]);
    }
  });

  test("the blocklist counts only on demand, and it is the recipient's", async () => {
    const environment = await prepared();
    const block = (userId: string, blockedId: string) =>
      context().db.prisma.block.create({
        data: { environmentId: environment.id, userId, blockedId, blockedAt: new Date() },
      });
    await block("bob", "alice");
    await block("alice", "carol");
    const recipients = async (verifyBlocklist: 0 | 1) => {
      const input = hello({ toUserIds: ["bob", "carol"], verifyBlocklist });
      const { messages } = await sendServerMessage(context(), appServerOf(environment), input);
      return messages.map(({ targetId }) => targetId);
    };
    expect(await recipients(0)).toEqual(["bob", "carol"]);
    expect(await recipients(1)).toEqual(["carol"]);
  });

  test("with echo the sender's inbox has every copy under the recipients' ids; who is not registered has no inbox", async () => {
    const environment = await prepared();
    const toUserIds = ["bob", "carol", "alice"];
    const { messages } = await sendServerMessage(
      context(),
      appServerOf(environment),
      hello({ toUserIds, isEchoToSender: 1 }),
    );
    expect(await inboxOf(environment, "alice")).toEqual(messages);
    expect(await inboxOf(environment, "bob")).toEqual([messages[0]]);
    for (const fromUserId of ["gone", "nobody"]) {
      await sendServerMessage(context(), appServerOf(environment), hello({ fromUserId, isEchoToSender: 1 }));
      expect(await inboxOf(environment, fromUserId)).toEqual([]);
    }
  });

  test("what is not to be persisted has an id and is nowhere stored", async () => {
    const environment = await prepared();
    const input = hello({ shouldPersist: 0, isEchoToSender: 1 });
    const { messages } = await sendServerMessage(context(), appServerOf(environment), input);
    expect(messages).toHaveLength(1);
    for (const userId of ["alice", "bob"]) expect(await inboxOf(environment, userId)).toEqual([]);
    expect(await context().db.prisma.message.count({ where: { environmentId: environment.id } })).toBe(0);
    const [next] = (await sendServerMessage(context(), appServerOf(environment), hello())).messages;
    expect(next?.sequence).toBeGreaterThan(messages[0]?.sequence ?? Number.NaN);
  });

  test("a thousand recipients cost one content", async () => {
    const environment = await prepared();
    const toUserIds = Array.from({ length: 1000 }, (_, n) => `many-${n}`);
    await insertTestUsers(
      context(),
      environment,
      toUserIds.map((userId) => ({ userId })),
    );
    const { messages } = await sendServerMessage(context(), appServerOf(environment), hello({ toUserIds }));
    expect(new Set(messages.map(idOf)).size).toBe(1000);
    expect(await context().db.prisma.message.count({ where: { environmentId: environment.id } })).toBe(1);
    expect(await inboxOf(environment, "many-999")).toEqual([messages[999]]);
  });

  test("only admins may send from the console, and app users never in this way", async () => {
    const environment = await prepared();
    for (const actor of [operatorOf("support", environment), appUserOf(environment, "alice")]) {
      await expect(sendServerMessage(context(), actor, hello())).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
