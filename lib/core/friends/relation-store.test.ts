import { expect, test } from "vitest";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { findRelations } from "./relation-store";

const context = testContext();

test("each pair's sender, mute, recipient, block and friendship, in the order asked, each environment apart", async () => {
  const { production, development } = await createTestApp(context());
  const environmentId = production.ref.id;
  const now = context().now();
  const { prisma } = context().db;
  await insertTestUsers(context(), production.ref, [
    { userId: "alice" },
    { userId: "bob" },
    { userId: "muted", bannedUntil: now + 60_000 },
    { userId: "gone", softDeletedAt: now },
  ]);
  await insertTestUsers(context(), development.ref, [{ userId: "bob" }]);
  const directMutedAt = new Date(now);
  await prisma.user.updateMany({ where: { userId: "muted" }, data: { directMutedAt } });
  await prisma.block.create({
    data: { environmentId, userId: "bob", blockedId: "alice", blockedAt: directMutedAt },
  });
  await prisma.friendship.createMany({
    data: [
      { environmentId, userId: "alice", friendId: "bob", addedAt: directMutedAt },
      { environmentId, userId: "bob", friendId: "alice", addedAt: directMutedAt },
    ],
  });
  const pair = (senderId: string, recipientId: string) => ({ environmentId, senderId, recipientId });
  const pairs = [
    pair("muted", "gone"),
    pair("alice", "bob"),
    pair("bob", "alice"),
    pair("alice", "nobody"),
    pair("nobody", "alice"),
    pair("alice", "bob"),
    { environmentId: development.ref.id, senderId: "alice", recipientId: "bob" },
  ];
  const plain = {
    sender: "registered",
    senderBannedUntil: null,
    senderMutedAt: null,
    recipient: "registered",
    blockedByRecipient: false,
    friends: false,
  };
  expect(await findRelations(context().db, pairs)).toEqual([
    { ...plain, senderBannedUntil: new Date(now + 60_000), senderMutedAt: directMutedAt, recipient: "soft_deleted" },
    { ...plain, blockedByRecipient: true, friends: true },
    { ...plain, friends: true },
    { ...plain, recipient: "unknown" },
    { ...plain, sender: "unknown" },
    { ...plain, blockedByRecipient: true, friends: true },
    { ...plain, sender: "unknown" },
  ]);
  expect(await findRelations(context().db, [])).toEqual([]);
});
