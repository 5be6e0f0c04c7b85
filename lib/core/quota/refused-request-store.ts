import type { Database, Db } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

export interface RefusedRequestCount {
  readonly environmentId: EnvironmentId;
  /** Path of the Server API. */
  readonly endpoint: string;
  readonly hour: Date;
  readonly count: number;
}

// Of an app that was deleted meanwhile nothing is kept. The commit does not wait for the disk.
const WRITE = {
  name: "refused-requests-write",
  text: `INSERT INTO refused_requests AS r (environment_id, hour, endpoint, count)
    SELECT i.environment_id, i.hour, i.endpoint, i.count
    FROM ${rowsOf("int", "timestamptz", "text", "int")} AS i(environment_id, hour, endpoint, count)
    JOIN environments e ON e.id = i.environment_id
    CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS s
    ORDER BY i.environment_id, i.hour, i.endpoint
    ON CONFLICT (environment_id, hour, endpoint) DO UPDATE SET count = r.count + EXCLUDED.count`,
};

/** Adds to what is kept of each; distinct by environment, hour and endpoint. Written in one order by all processes. */
export async function writeRefusedRequests(db: Database, counts: readonly RefusedRequestCount[]): Promise<void> {
  await onPool(db.pool)(WRITE, [
    counts.map(({ environmentId }) => environmentId),
    counts.map(({ hour }) => hour.toISOString()),
    counts.map(({ endpoint }) => endpoint),
    counts.map(({ count }) => count),
  ]);
}

/** Refused requests by endpoint since an hour, that one included. */
export async function countRefusedSince(
  db: Db,
  environmentId: EnvironmentId,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await db.refusedRequest.groupBy({
    by: ["endpoint"],
    where: { environmentId, hour: { gte: since } },
    _sum: { count: true },
  });
  return new Map(rows.map(({ endpoint, _sum }) => [endpoint, _sum.count ?? 0]));
}

/** The rate windows of an environment: the last one of each endpoint that was called. */
export function findRateWindows(db: Db, environmentId: EnvironmentId) {
  return db.rateWindow.findMany({
    where: { environmentId },
    select: { endpoint: true, windowStart: true, count: true },
  });
}

const KEPT_DAYS = 7;

/** Forgets hours that are long past, at most `limit` rows. Gives how many. */
export function deleteOldRefusedRequests(db: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  return db.$executeRaw`
    DELETE FROM refused_requests AS r USING (
      SELECT old.* FROM environments AS e CROSS JOIN LATERAL (
        SELECT environment_id, hour, endpoint FROM refused_requests
        WHERE environment_id = e.id AND hour < ${before}::timestamptz LIMIT ${limit}
      ) AS old LIMIT ${limit}
    ) AS old
    WHERE r.environment_id = old.environment_id AND r.hour = old.hour AND r.endpoint = old.endpoint`;
}
