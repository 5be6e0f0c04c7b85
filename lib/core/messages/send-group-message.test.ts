import { describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "../groups/create-group";
import { GROUP_MEMBER_LIMIT } from "../groups/facts";
import { leaveGroup } from "../groups/leave-group";
import { fetchInbox } from "./fetch-inbox";
import type { SendGroupMessageInput } from "./schema";
import { sendGroupMessage } from "./send-group-message";

const context = testContext();

const MEMBERS = ["alice", "bob", "carol"];

async function prepared(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  await insertTestUsers(
    context(),
    production.ref,
    [...MEMBERS, "outsider"].map((userId) => ({ userId })),
  );
  await createGroup(context(), appServerOf(production.ref), {
    groupId: "team",
    name: "Team",
    ownerId: "alice",
    userIds: MEMBERS,
  });
  return production.ref;
}

const say = (text: string, input: Partial<SendGroupMessageInput> = {}): SendGroupMessageInput => ({
  groupId: "team",
  messageType: "RC:TxtMsg",
  content: JSON.stringify({ content: text }),
  ...input,
});

const send = (environment: EnvironmentRef, from: string, input: SendGroupMessageInput) =>
  sendGroupMessage(context(), appUserOf(environment, from), input);

const inboxOf = async (environment: EnvironmentRef, userId: string) =>
  (await fetchInbox(context(), appUserOf(environment, userId), { cursor: 0, limit: 500 })).messages;

describe("sendGroupMessage", () => {
  test("every member finds the same message, in the order sent, and nobody else does", async () => {
    const environment = await prepared();
    const texts = Array.from({ length: 50 }, (_, n) => `m${n}`);
    const sent = await Promise.all(texts.map((text) => send(environment, "bob", say(text))));
    const messages = sent.map(({ message }) => message);
    expect(messages[0]).toMatchObject({ kind: "group", targetId: "team", senderId: "bob" });
    for (const userId of MEMBERS) expect(await inboxOf(environment, userId)).toEqual(messages);
    expect(messages.map(({ content }) => JSON.parse(content).content)).toEqual(texts);
    expect(await inboxOf(environment, "outsider")).toEqual([]);
  });

  test("neither outsiders nor anybody to an unknown group; and not who has left", async () => {
    const environment = await prepared();
    await expect(send(environment, "outsider", say("Hi"))).rejects.toMatchObject({ code: "not_in_group" });
    await expect(send(environment, "bob", say("Hi", { groupId: "none" }))).rejects.toMatchObject({
      code: "group_not_found",
    });
    await leaveGroup(context(), appServerOf(environment), { groupId: "team", userIds: ["carol"] });
    await expect(send(environment, "carol", say("Hi"))).rejects.toMatchObject({ code: "not_in_group" });
    await send(environment, "bob", say("Without Carol"));
    expect(await inboxOf(environment, "carol")).toEqual([]);
  });

  test("a mute in direct channels does not matter; a ban and a soft delete do, and a soft-deleted member gets nothing", async () => {
    const environment = await prepared();
    const change = (userId: string, data: object) =>
      context().db.prisma.user.updateMany({ where: { environmentId: environment.id, userId }, data });
    await change("bob", { directMutedAt: new Date() });
    await change("carol", { softDeletedAt: new Date() });
    await send(environment, "bob", say("Muted elsewhere"));
    expect(await inboxOf(environment, "alice")).toHaveLength(1);
    await change("bob", { bannedUntil: new Date(context().now() + 60_000) });
    await expect(send(environment, "bob", say("Hi"))).rejects.toMatchObject({ code: "user_banned" });
    await expect(send(environment, "carol", say("Hi"))).rejects.toMatchObject({ code: "user_soft_deleted" });
    expect(await inboxOf(environment, "carol")).toEqual([]);
  });

  test("a repetition is delivered once", async () => {
    const environment = await prepared();
    const input = say("Once", { clientMessageId: "c-1" });
    const [first, second] = await Promise.all([send(environment, "bob", input), send(environment, "bob", input)]);
    expect([first.repeated, second.repeated]).toEqual([false, true]);
    expect(second.message.sequence).toBe(first.message.sequence);
    expect(await inboxOf(environment, "alice")).toHaveLength(1);
  });

  test("to a full group it is one content and an entry for each member", async () => {
    const environment = await prepared();
    const ids = Array.from({ length: GROUP_MEMBER_LIMIT - MEMBERS.length }, (_, n) => `many-${n}`);
    await insertTestUsers(
      context(),
      environment,
      ids.map((userId) => ({ userId })),
    );
    const joinedAt = new Date();
    await context().db.prisma.groupMember.createMany({
      data: ids.map((userId) => ({ environmentId: environment.id, groupId: "team", userId, joinedAt })),
    });
    const { message } = await send(environment, "alice", say("All"));
    const where = { environmentId: environment.id };
    expect(await context().db.prisma.message.count({ where })).toBe(1);
    expect(await context().db.prisma.inboxEntry.count({ where })).toBe(GROUP_MEMBER_LIMIT);
    expect(await inboxOf(environment, ids.at(-1) ?? "")).toEqual([message]);
  });
});
