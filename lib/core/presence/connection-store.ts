import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database, Db } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { PresentUser } from "./presence-store";

/** The reading side of presence. A user is online while a row of theirs is in `connections`. */

const FIND_ONLINE = {
  name: "presence-find-online",
  text: `SELECT i.ordinal FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT FROM connections c WHERE c.environment_id = i.environment_id AND c.user_id = i.user_id LIMIT 1
    ) c`,
};

const asking = perDatabase((db) =>
  createBatch<PresentUser, boolean>({
    maxItems: 200,
    maxInFlight: 3,
    async run(users) {
      const rows = await db.lane.run(FIND_ONLINE, [
        numberArray(users.map((user) => user.environmentId)),
        textArray(users.map((user) => user.userId)),
      ]);
      const online = new Set(rows.map(([ordinal]) => Number(ordinal)));
      return users.map((_, index) => online.has(index + 1));
    },
  }),
);

/** Whether the user has a live connection. Concurrent calls share a statement. */
export function isOnline(db: Database, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  return asking(db)({ environmentId, userId });
}

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
  if (userIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ userId: string; count: number }[]>`
    SELECT user_id AS "userId", count(*)::int AS count FROM connections
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[]) GROUP BY user_id`;
  return new Map(rows.map((row) => [row.userId, row.count]));
}

/** Users with a connection and all connections, each counted no further than `limit`. */
export async function countOnline(
  db: Db,
  environmentId: EnvironmentId,
  limit: number,
): Promise<{ users: number; connections: number }> {
  const [row] = await db.$queryRaw<{ users: number; connections: number }[]>`
    SELECT count(*)::int AS connections, count(DISTINCT user_id)::int AS users FROM (
      SELECT user_id FROM connections WHERE environment_id = ${environmentId} ORDER BY user_id LIMIT ${limit}
    ) AS counted`;
  return row ?? { users: 0, connections: 0 };
}

/** The ids of these users' connections. */
export async function findConnectionIds(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<{ userId: string; id: string }[]> {
  return db.connection.findMany({
    where: { environmentId, userId: { in: [...userIds] } },
    select: { userId: true, id: true },
  });
}

/** How many of these connections are still there. */
export async function countRemaining(
  db: Db,
  environmentId: EnvironmentId,
  connections: ReadonlyArray<{ readonly userId: string; readonly id: string }>,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM connections WHERE environment_id = ${environmentId}
      AND user_id = ANY(${[...new Set(connections.map(({ userId }) => userId))]}::text[])
      AND id = ANY(${connections.map(({ id }) => id)}::uuid[])`;
  return row?.count ?? 0;
}
