import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

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
