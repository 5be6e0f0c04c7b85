import type { Db } from "@/lib/db/database";
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
  return db.user.count({
    where: { environmentId, softDeletedAt: null },
    // The order of an index, though counting needs none (docs/decisions/0032).
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    take: limit,
  });
}
