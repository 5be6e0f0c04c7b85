import type { Db } from "@/lib/db/database";
import { inPrisma, type Statement } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { USER_COLUMNS } from "../user-data/user-data";

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
  const rows = await db.$queryRaw<DeletionState[]>`
    SELECT user_id AS "userId", soft_deleted_at AS "softDeletedAt", banned_until AS "bannedUntil" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])`;
  return new Map(rows.map((row) => [row.userId, row]));
}

/** The same, and locks them in the order in which users are locked everywhere. */
export async function lockDeletionStates(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, DeletionState>> {
  const rows = await tx.$queryRaw<DeletionState[]>`
    SELECT user_id AS "userId", soft_deleted_at AS "softDeletedAt", banned_until AS "bannedUntil" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])
    ORDER BY user_id FOR NO KEY UPDATE`;
  return new Map(rows.map((row) => [row.userId, row]));
}

const ERASED = Object.entries(USER_COLUMNS).flatMap(([column, fate]) =>
  "erased" in fate ? [`${column} = ${fate.erased}`] : [],
);

const MARK_DELETED: Statement = {
  name: "users-soft-delete",
  text: `UPDATE users SET soft_deleted_at = $3::timestamptz,
      tokens_valid_from = greatest(tokens_valid_from, $3::timestamptz), ${ERASED.join(", ")}
    WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Marks users as soft-deleted, empties what goes of their own rows, and lets their tokens die. */
export async function markSoftDeleted(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  at: Date,
): Promise<void> {
  await inPrisma(tx)(MARK_DELETED, [environmentId, userIds, at.toISOString()]);
}

const MARK_RESTORED: Statement = {
  name: "users-restore",
  text: `UPDATE users SET soft_deleted_at = NULL, tokens_valid_from = greatest(
        tokens_valid_from, least($3::timestamptz, soft_deleted_at + $4::int * interval '1 millisecond')
      ), ${ERASED.join(", ")}
    WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/**
 * Makes users registered ones again, as empty as the deletion left them. A registration that ran beside the deletion may
 * have been given its token a moment after it; so what was issued within `settledMs` of the deletion stays dead as well.
 */
export async function markRestored(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  at: Date,
  settledMs: number,
): Promise<void> {
  await inPrisma(tx)(MARK_RESTORED, [environmentId, userIds, at.toISOString(), settledMs]);
}

/** How many groups each of these users is in; who is in none is left out. */
export async function countMemberships(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ userId: string; groups: number }[]>`
    SELECT user_id AS "userId", count(*)::int AS groups FROM group_members
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[]) GROUP BY user_id`;
  return new Map(rows.map((row) => [row.userId, row.groups]));
}

/** Ids of soft-deleted users, latest deletion first. */
export async function findSoftDeletedIds(
  db: Db,
  environmentId: EnvironmentId,
  page: { offset: number; limit: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM users WHERE environment_id = ${environmentId} AND soft_deleted_at IS NOT NULL
    ORDER BY soft_deleted_at DESC, user_id DESC OFFSET ${page.offset} LIMIT ${page.limit}`;
  return rows.map((row) => row.userId);
}
