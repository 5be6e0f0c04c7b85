import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
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

/**
 * Deletes users with their bans; returns those that were there. With `registeredUntil`, users registered after that
 * moment are left alone. Rows are locked in id order, as other writers of several users do, so that none waits in a ring.
 */
export function deleteUsers(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  registeredUntil: Date | null,
): Promise<DeletedUser[]> {
  const old = registeredUntil === null ? empty : sql` AND created_at <= ${time(registeredUntil)}`;
  const mine = sql`environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])`;
  return db.$queryRaw<DeletedUser[]>`
    WITH locked AS MATERIALIZED (SELECT user_id FROM users WHERE ${mine}${old} ORDER BY user_id FOR UPDATE)
    DELETE FROM users AS u USING locked
    WHERE u.environment_id = ${environmentId} AND u.user_id = locked.user_id
    RETURNING u.user_id AS "userId", u.name, u.soft_deleted_at IS NOT NULL AS "softDeleted"`;
}

/** Which of these ids are registered. */
export async function findRegistered(db: Db, environmentId: EnvironmentId, userIds: readonly string[]) {
  if (userIds.length === 0) return new Set<string>();
  const rows = await db.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM users
    WHERE environment_id = ${environmentId} AND user_id IN (${join([...userIds])})`;
  return new Set(rows.map((row) => row.userId));
}
