import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { eraseUserData, lockForErasure } from "../user-data/user-data-store";
import type { DeletionCandidate, DeletionSelection } from "./schema";

const { sql, empty, join } = Prisma;

const AFTER_ALL = "\u{10FFFF}";
const time = (date: Date) => sql`${date.toISOString()}::timestamptz`;

function selectionSql(selection: DeletionSelection): Prisma.Sql {
  switch (selection.by) {
    case "prefix":
      return sql`user_id >= ${selection.prefix} AND user_id < ${selection.prefix + AFTER_ALL}`;
    case "ids":
      return sql`user_id = ANY(${selection.userIds}::text[])`;
    case "created":
      return sql`created_at < ${time(selection.before)}`;
    case "unseen":
      // Who was never seen stands at -infinity in the index of last seen, and counts by the registration.
      return sql`coalesce(last_seen_at, '-infinity'::timestamptz) < ${time(selection.since)} AND created_at < ${time(selection.since)}`;
  }
}

/** The users of a selection in id order, soft-deleted ones too; at most `limit`. */
export function findSelectedUsers(
  db: Db,
  environmentId: EnvironmentId,
  selection: DeletionSelection,
  limit: number,
): Promise<DeletionCandidate[]> {
  return db.$queryRaw<DeletionCandidate[]>`
    SELECT user_id AS "userId", name, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
      soft_deleted_at AS "softDeletedAt", banned_until AS "bannedUntil"
    FROM users WHERE environment_id = ${environmentId} AND ${selectionSql(selection)}
    ORDER BY user_id LIMIT ${limit}`;
}

export interface DeletedUser {
  readonly userId: string;
  readonly name: string;
  readonly softDeleted: boolean;
}

/** A group that goes because its owner goes. */
export interface DismissedGroup {
  readonly groupId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly members: number;
}

export interface Deletion {
  /** Those that were there. */
  readonly users: readonly DeletedUser[];
  readonly dismissed: readonly DismissedGroup[];
  /** The memberships that ended: of the users, and of everybody in a dismissed group. */
  readonly memberships: ReadonlyArray<{ readonly groupId: string; readonly userId: string }>;
}

/**
 * Deletes users with everything that is stored of them (user-data.ts). With `registeredUntil`, users registered after
 * that moment are left alone. Must run in a transaction that may begin anew (`retrying`).
 */
export async function deleteUsers(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  registeredUntil: Date | null,
): Promise<Deletion> {
  await lockForErasure(tx, environmentId, userIds, "testUser");
  const old = registeredUntil === null ? empty : sql` AND created_at <= ${time(registeredUntil)}`;
  const users = await tx.$queryRaw<DeletedUser[]>`
    SELECT user_id AS "userId", name, soft_deleted_at IS NOT NULL AS "softDeleted" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])${old} ORDER BY user_id`;
  const ids = users.map((user) => user.userId);
  if (ids.length === 0) return { users, dismissed: [], memberships: [] };
  const dismissed = await tx.$queryRaw<DismissedGroup[]>`
    SELECT group_id AS "groupId", name, owner_id AS "ownerId", member_count AS members FROM groups
    WHERE environment_id = ${environmentId} AND owner_id = ANY(${ids}::text[]) ORDER BY group_id`;
  const memberships = await tx.$queryRaw<{ groupId: string; userId: string }[]>`
    SELECT group_id AS "groupId", user_id AS "userId" FROM group_members
    WHERE environment_id = ${environmentId}
      AND (user_id = ANY(${ids}::text[]) OR group_id = ANY(${dismissed.map((group) => group.groupId)}::text[]))`;
  await eraseUserData(tx, environmentId, ids, "testUser");
  await tx.$executeRaw`DELETE FROM users WHERE environment_id = ${environmentId} AND user_id = ANY(${ids}::text[])`;
  return { users, dismissed, memberships };
}

/** Which of these ids are registered. */
export async function findRegistered(db: Db, environmentId: EnvironmentId, userIds: readonly string[]) {
  if (userIds.length === 0) return new Set<string>();
  const rows = await db.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM users
    WHERE environment_id = ${environmentId} AND user_id IN (${join([...userIds])})`;
  return new Set(rows.map((row) => row.userId));
}
