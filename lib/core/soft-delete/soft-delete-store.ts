import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { timeIn } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";

export interface DeletionState {
  readonly userId: string;
  /** Null: registered and not soft-deleted. */
  readonly softDeletedAt: Date | null;
  readonly bannedUntil: Date | null;
}

/** The states of those of these users who are registered. */
export async function findDeletionStates(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, DeletionState>> {
  const rows = await db.user.findMany({
    where: { environmentId, userId: { in: [...userIds] } },
    select: { userId: true, softDeletedAt: true, bannedUntil: true },
  });
  return new Map(rows.map((row) => [row.userId, row]));
}

/** The same, and locks them in the order in which users are locked everywhere. */
export async function lockDeletionStates(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, DeletionState>> {
  const rows = await lockRegisteredAndDeleted(tx, environmentId, userIds);
  return new Map(rows.map((row) => [row.userId, row]));
}

/** How many groups each of these users is in; who is in none is left out. */
export async function countMemberships(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const counts = await db.groupMember.groupBy({
    by: "userId",
    where: { environmentId, userId: { in: [...userIds] } },
    _count: true,
  });
  return new Map(counts.map((row) => [row.userId, row._count]));
}

/** Ids of soft-deleted users, latest deletion first. */
export async function findSoftDeletedIds(
  db: Db,
  environmentId: EnvironmentId,
  page: { offset: number; limit: number },
): Promise<string[]> {
  // As SQL: the client takes twice the processor time for what app servers page through.
  const rows = await db.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM users WHERE environment_id = ${environmentId} AND soft_deleted_at IS NOT NULL
    ORDER BY soft_deleted_at DESC, user_id DESC OFFSET ${page.offset} LIMIT ${page.limit}`;
  return rows.map((row) => row.userId);
}

/** Users of all environments who were soft-deleted after a moment and have something in their inboxes all the same. */
export function findLateInboxes(
  db: Db,
  since: Date,
  limit: number,
): Promise<{ readonly environmentId: EnvironmentId; readonly userId: string }[]> {
  // LATERAL: each of the few is looked up by itself, whatever the planner believes of the inboxes.
  return db.$queryRaw`
    SELECT u.environment_id AS "environmentId", u.user_id AS "userId" FROM environments AS e CROSS JOIN LATERAL (
      SELECT environment_id, user_id FROM users
      WHERE environment_id = e.id AND soft_deleted_at > ${timeIn(Prisma.sql`e`, since)}
    ) AS u CROSS JOIN LATERAL (
      SELECT FROM inbox_entries WHERE environment_id = u.environment_id AND user_id = u.user_id LIMIT 1
    ) AS late LIMIT ${limit}`;
}
