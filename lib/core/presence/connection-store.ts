import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** The connections of users who are looked at. Who is online at all is in online-store.ts. */

export interface ConnectionRow {
  readonly id: string;
  readonly platform: string;
  readonly sdk: string;
  readonly device: string;
  readonly ip: string;
  readonly connectedAt: Date;
}

/** A user's connections, newest first; at most `limit`. */
export function findConnectionsOf(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  limit: number,
): Promise<ConnectionRow[]> {
  return db.connection.findMany({
    where: { environmentId, userId },
    select: { id: true, platform: true, sdk: true, device: true, ip: true, connectedAt: true },
    orderBy: [{ connectedAt: "desc" }, { id: "asc" }],
    take: limit,
  });
}

/** How many connections each of these users has; who is offline is missing. */
export async function countConnectionsOf(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const counts = await db.connection.groupBy({
    by: "userId",
    where: { environmentId, userId: { in: [...userIds] } },
    _count: true,
  });
  return new Map(counts.map((row) => [row.userId, row._count]));
}

/** The ids of these users' connections. */
export async function findConnectionIds(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<{ userId: string; id: string; platform: string }[]> {
  return db.connection.findMany({
    where: { environmentId, userId: { in: [...userIds] } },
    select: { userId: true, id: true, platform: true },
  });
}

/** All of an environment. */
export const countConnections = (db: Db, environmentId: EnvironmentId): Promise<number> =>
  db.connection.count({ where: { environmentId } });

/** How many of these connections are still there. */
export function countRemaining(
  db: Db,
  environmentId: EnvironmentId,
  connections: ReadonlyArray<{ readonly userId: string; readonly id: string }>,
): Promise<number> {
  return db.connection.count({
    where: {
      environmentId,
      userId: { in: [...new Set(connections.map(({ userId }) => userId))] },
      id: { in: connections.map(({ id }) => id) },
    },
  });
}
