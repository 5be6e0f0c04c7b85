import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder, time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import { joinShownUser } from "../users/shown-user-sql";
import type { BlockKeys } from "./blocklist-store";
import type { BlockRow, BlockView } from "./list-schema";

const { sql, empty, raw } = Prisma;

/** Whom a user blocks, or who blocks the user; the latest first, beside a place the nearest first. */
export function findBlockRows(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  view: BlockView,
  place: Place<BlockKeys> | null,
  limit: number,
): Promise<BlockRow[]> {
  const [own, other] = view === "blocks" ? [raw("user_id"), raw("blocked_id")] : [raw("blocked_id"), raw("user_id")];
  const { direction, beyond } = keysetOrder(place?.direction !== "previous");
  const from =
    place === null ? empty : sql` AND (blocked_at, ${other}) ${beyond} (${time(place.keys[0])}, ${place.keys[1]})`;
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
