import { expect } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

/** Everything that is stored of one environment's friendships, requests and blocks. */
export async function storedRelations(context: Context, { id: environmentId }: EnvironmentRef) {
  const where = { environmentId };
  const { prisma } = context.db;
  const [users, friendships, requests, blocks] = await Promise.all([
    prisma.user.findMany({ where, orderBy: { userId: "asc" } }),
    prisma.friendship.findMany({ where, orderBy: [{ userId: "asc" }, { friendId: "asc" }] }),
    prisma.friendRequest.findMany({ where, orderBy: [{ requesterId: "asc" }, { targetId: "asc" }] }),
    prisma.block.findMany({ where, orderBy: [{ userId: "asc" }, { blockedId: "asc" }] }),
  ]);
  return { users, friendships, requests, blocks };
}

/** Friendships have two sides, and every user's counts are the numbers of that user's rows. */
export async function expectConsistent(context: Context, environment: EnvironmentRef): Promise<void> {
  const { users, friendships, blocks } = await storedRelations(context, environment);
  const sides = new Set(friendships.map(({ userId, friendId }) => `${userId} ${friendId}`));
  const oneSided = friendships.filter(({ userId, friendId }) => !sides.has(`${friendId} ${userId}`));
  expect(oneSided).toEqual([]);
  const counts = users.map((user) => [user.userId, user.friendCount, user.blockedCount]);
  const rows = users.map(({ userId }) => [
    userId,
    friendships.filter((friendship) => friendship.userId === userId).length,
    blocks.filter((block) => block.userId === userId).length,
  ]);
  expect(counts).toEqual(rows);
}
