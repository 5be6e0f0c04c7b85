import { randomUUID } from "node:crypto";
import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { saveSearchNames } from "@/lib/core/search/search-name-store";
import { onPool } from "@/lib/db/statement";

/** A user row as a test wants it; what is left out has a plain value. Times in Unix milliseconds. */
export interface TestUser {
  readonly userId: string;
  readonly name?: string;
  readonly createdAt?: number;
  readonly lastSeenAt?: number | null;
  readonly bannedUntil?: number | null;
  readonly softDeletedAt?: number | null;
  /** Live connections, held by no process. */
  readonly connections?: number;
  readonly tags?: readonly string[];
  /** Groups that the user is in; they need not exist. */
  readonly groups?: readonly string[];
  /** The test run that the user belongs to; it need not exist. "": none. */
  readonly run?: string;
  /** Of the hosted profile; "": none. Each user's unique id is made their own. */
  readonly email?: string;
  readonly uniqueId?: string;
}

const date = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : new Date(ms));

/** Inserts users as they are, past the rules of registration. */
export async function insertTestUsers(context: Context, environment: EnvironmentRef, users: readonly TestUser[]) {
  const named = users.map((user) => ({ ...user, name: user.name ?? `Name of ${user.userId}` }));
  await context.db.prisma.user.createMany({
    data: named.map((user) => ({
      environmentId: environment.id,
      userId: user.userId,
      name: user.name,
      searchName: "",
      createdAt: new Date(user.createdAt ?? context.now()),
      lastSeenAt: date(user.lastSeenAt),
      bannedUntil: date(user.bannedUntil),
      softDeletedAt: date(user.softDeletedAt),
    })),
  });
  await saveSearchNames(
    onPool(context.db.pool),
    environment.id,
    named.filter((user) => user.softDeletedAt === null || user.softDeletedAt === undefined),
  );
  await context.db.prisma.connection.createMany({
    data: users.flatMap(({ userId, connections = 0 }) =>
      Array.from({ length: connections }, () => ({
        environmentId: environment.id,
        userId,
        id: randomUUID(),
        nodeId: randomUUID(),
        platform: "Web",
        sdk: "",
        device: "",
        ip: "",
        connectedAt: new Date(context.now()),
      })),
    ),
  });
  await insertAround(context, environment, users);
}

/** What stands beside the users: tags, memberships, hosted profiles. */
async function insertAround(context: Context, { id: environmentId }: EnvironmentRef, users: readonly TestUser[]) {
  const { prisma } = context.db;
  const tagged = users.filter(({ tags = [] }) => tags.length > 0);
  if (tagged.length > 0) {
    await prisma.userTags.createMany({
      data: tagged.map(({ userId, tags = [] }) => ({ environmentId, userId, tags: [...tags] })),
    });
  }
  const memberships = users.flatMap(({ userId, groups = [] }) => groups.map((groupId) => ({ groupId, userId })));
  if (memberships.length > 0) {
    await prisma.group.createMany({
      data: [...new Set(memberships.map(({ groupId }) => groupId))].map((groupId) => ({
        environmentId,
        groupId,
        name: groupId,
        ownerId: "",
        createdAt: new Date(context.now()),
      })),
      skipDuplicates: true,
    });
    const joinedAt = new Date(context.now());
    await prisma.groupMember.createMany({ data: memberships.map((row) => ({ environmentId, joinedAt, ...row })) });
  }
  const members = users.flatMap(({ userId, run: runId = "" }) =>
    runId === "" ? [] : [{ environmentId, userId, runId }],
  );
  await prisma.testRunUser.createMany({ data: members });
  const hosted = users.filter(({ email = "", uniqueId = "" }) => email !== "" || uniqueId !== "");
  if (hosted.length === 0) return;
  await prisma.userProfile.createMany({
    data: hosted.map(({ userId, email = "", uniqueId = "", createdAt }) => ({
      environmentId,
      userId,
      basic: email === "" ? {} : { email },
      uniqueId: uniqueId === "" ? null : `${uniqueId}-${userId}`,
      version: 1n,
      registeredAt: new Date(createdAt ?? context.now()),
    })),
  });
}
