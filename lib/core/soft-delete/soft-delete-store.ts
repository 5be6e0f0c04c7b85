import type { Database, Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { timeIn } from "@/lib/db/sql";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";

export interface DeletionState {
  readonly userId: string;
  /** Null: registered and not soft-deleted. */
  readonly softDeletedAt: Date | null;
  readonly bannedUntil: Date | null;
}

const FIND_STATES = {
  name: "users-deletion-states",
  text: `SELECT u.* FROM unnest((SELECT $2::text[])) AS i(user_id) CROSS JOIN LATERAL (
      SELECT user_id AS "userId", soft_deleted_at AS "softDeletedAt", banned_until AS "bannedUntil" FROM users
      WHERE environment_id = $1::int AND user_id = i.user_id LIMIT 1
    ) u`,
};

/** The states of those of these users who are registered; they must be locked. */
export async function findDeletionStates(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, DeletionState>> {
  const rows = await run<DeletionState>(FIND_STATES, [environmentId, userIds]);
  return new Map(rows.map((row) => [row.userId, row]));
}

/** The same, and locks them in the order in which users are locked everywhere. */
export async function lockDeletionStates(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, DeletionState>> {
  const rows = await lockRegisteredAndDeleted(run, environmentId, userIds);
  return new Map(rows.map((row) => [row.userId, row]));
}

const COUNT_MEMBERSHIPS = {
  name: "users-count-memberships",
  text: `SELECT i.user_id AS "userId", m.groups FROM unnest((SELECT $2::text[])) AS i(user_id) CROSS JOIN LATERAL (
      SELECT count(*)::int AS groups FROM group_members WHERE environment_id = $1::int AND user_id = i.user_id
    ) m`,
};

/** How many groups each of these users is in. */
export async function countMemberships(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await run<{ userId: string; groups: number }>(COUNT_MEMBERSHIPS, [environmentId, userIds]);
  return new Map(rows.map(({ userId, groups }) => [userId, groups]));
}

/** A soft-deleted user's place in the list. */
export interface DeletedAt {
  readonly userId: string;
  readonly softDeletedAt: Date;
}

const SOFT_DELETED = {
  name: "users-soft-deleted",
  text: `SELECT user_id AS "userId", soft_deleted_at AS "softDeletedAt" FROM users
    WHERE environment_id = $1::int AND soft_deleted_at IS NOT NULL AND (soft_deleted_at, user_id) < ($2::timestamptz, $3::text)
    ORDER BY soft_deleted_at DESC, user_id DESC OFFSET $4::bigint LIMIT $5::bigint`,
};

/** Soft-deleted users, latest deletion first: those after a place, without the first `skip` of them. */
export function findSoftDeleted(
  db: Database,
  environmentId: EnvironmentId,
  after: DeletedAt | null,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<DeletedAt[]> {
  const place = after === null ? ["infinity", ""] : [after.softDeletedAt.toISOString(), after.userId];
  return onPool(db.pool)<DeletedAt>(SOFT_DELETED, [environmentId, ...place, skip, limit]);
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
