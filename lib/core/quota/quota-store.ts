import { countRows } from "@/lib/db/count-rows";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";

export interface SeatHolder {
  readonly userId: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

/** Users that hold a seat, soft-deleted ones not, oldest first. For development, where there are few. */
export async function findSeatHolders(db: Db, environmentId: EnvironmentId, limit: number): Promise<SeatHolder[]> {
  return db.user.findMany({
    where: { environmentId, softDeletedAt: null },
    select: { userId: true, createdAt: true, lastSeenAt: true },
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    take: limit,
  });
}

/** How many users hold a seat, counting no further than `limit`. */
export function countSeats(db: Db, environmentId: EnvironmentId, limit: number): Promise<number> {
  return countRows(
    db,
    Prisma.sql`SELECT FROM users WHERE environment_id = ${environmentId} AND soft_deleted_at IS NULL
      ORDER BY created_at, user_id LIMIT ${limit}`,
  );
}
