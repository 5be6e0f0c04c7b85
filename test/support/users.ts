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
}
