import { countRows } from "@/lib/db/count-rows";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { joinShownUser } from "../users/shown-user-sql";
import type { BlockKeys } from "./blocklist-store";
import type { BlockRow, BlockView } from "./list-schema";

const { sql, empty, raw } = Prisma;

/**
 * How many users block this one, counting no further than `limit`. The order is that of the index, so that no other way of
 * reading them is cheaper.
 */
export function countBlockers(db: Db, environmentId: EnvironmentId, userId: string, limit: number): Promise<number> {
  return countRows(
    db,
    sql`SELECT FROM blocks WHERE environment_id = ${environmentId} AND blocked_id = ${userId}
      ORDER BY blocked_at LIMIT ${limit}`,
  );
}

/** Whom a user blocks, or who blocks the user; the latest first, beside a place the nearest first. */
export function findBlockRows(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  view: BlockView,
  place: Place<BlockKeys> | null,
  limit: number,
): Promise<BlockRow[]> {
  const upwards = place?.direction === "previous";
  const [own, other] = view === "blocks" ? [raw("user_id"), raw("blocked_id")] : [raw("blocked_id"), raw("user_id")];
  const direction = upwards ? sql`ASC` : sql`DESC`;
  const beyond = upwards ? sql`>` : sql`<`;
  const from =
    place === null
      ? empty
      : sql` AND (blocked_at, ${other}) ${beyond} (${new Date(place.keys[0]).toISOString()}::timestamptz, ${place.keys[1]})`;
  return db.$queryRaw<BlockRow[]>`
    SELECT b."userId", coalesce(s.name, '') AS name, coalesce(s."portraitUri", '') AS "avatarUrl", b."blockedAt"
    FROM (
      SELECT ${other} AS "userId", blocked_at AS "blockedAt" FROM blocks
      WHERE environment_id = ${environmentId} AND ${own} = ${userId}${from}
      ORDER BY blocked_at ${direction}, ${other} ${direction} LIMIT ${limit}
    ) AS b
    ${raw(joinShownUser("s", String(environmentId), 'b."userId"'))}
    ORDER BY b."blockedAt" ${direction}, b."userId" ${direction}`;
}
