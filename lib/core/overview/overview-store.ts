import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/**
 * How many users were registered on each UTC day from `firstDay` on, today included; days without any are in it too.
 * Counts no further than `limit` a day, so that the cost stays bounded however many come.
 */
export function countRegistrationsPerDay(
  db: Db,
  environmentId: EnvironmentId,
  firstDay: Date,
  lastDay: Date,
  limit: number,
): Promise<{ day: Date; count: number }[]> {
  return db.$queryRaw<{ day: Date; count: number }[]>`
    SELECT d.day, (
      SELECT count(*)::int FROM (
        SELECT FROM users
        WHERE environment_id = ${environmentId} AND created_at >= d.day AND created_at < d.day + interval '24 hours'
        LIMIT ${limit}
      ) AS counted
    ) AS count
    FROM generate_series(
      ${firstDay.toISOString()}::timestamptz, ${lastDay.toISOString()}::timestamptz, interval '24 hours'
    ) AS d(day)
    ORDER BY d.day`;
}
