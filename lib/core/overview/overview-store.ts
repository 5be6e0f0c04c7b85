import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countOf, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";

const { sql } = Prisma;

/**
 * Whether a client of any user is connected, or was: when a user was seen is noted some seconds late. Each part reads one
 * end of an index; EXISTS would drop the order, and then PostgreSQL may look through the table for any row.
 */
export async function hasBeenOnline(db: Db, environmentId: EnvironmentId): Promise<boolean> {
  const [row] = await db.$queryRaw<{ online: boolean }[]>`
    SELECT coalesce(
      (SELECT true FROM connections WHERE environment_id = ${environmentId} ORDER BY user_id LIMIT 1),
      (
        SELECT true FROM users
        WHERE environment_id = ${environmentId} AND coalesce(last_seen_at, '-infinity'::timestamptz) > '-infinity'::timestamptz
        ORDER BY coalesce(last_seen_at, '-infinity'::timestamptz) DESC LIMIT 1
      ),
      false
    ) AS online`;
  return row?.online ?? false;
}

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
    SELECT d.day, ${countOf(sql`SELECT FROM users
      WHERE environment_id = ${environmentId} AND created_at >= d.day AND created_at < d.day + interval '24 hours'
      LIMIT ${limit}`)} AS count
    FROM generate_series(${time(firstDay)}, ${time(lastDay)}, interval '24 hours') AS d(day)
    ORDER BY d.day`;
}
