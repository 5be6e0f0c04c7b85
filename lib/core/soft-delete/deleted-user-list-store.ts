import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, idStartsWith, keysetOrder, time } from "@/lib/db/sql";
import type { Actor, EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { DeletedUserOrder } from "./list-schema";

export interface StoredDeletion {
  readonly userId: string;
  readonly softDeletedAt: Date;
  /** The audit entry of the deletion; all null when there is none. */
  readonly auditEntryId: bigint | null;
  readonly actorKind: Actor["kind"] | null;
  readonly actorId: string | null;
  readonly actorName: string | null;
}

/** `[soft-deleted at in Unix milliseconds (by id: 0), userId]` */
export type DeletedUserKeys = readonly [number, string];

const { sql, empty } = Prisma;

const whereSql = (environmentId: EnvironmentId, prefix: string) =>
  sql`environment_id = ${environmentId} AND soft_deleted_at IS NOT NULL${
    prefix === "" ? empty : sql` AND ${idStartsWith(sql`user_id`, prefix)}`
  }`;

/** Adds to soft-deleted users who deleted them: the entry of that moment, found in the log by its target and time. */
function withEntries(db: Db, users: Prisma.Sql, order: Prisma.Sql): Promise<StoredDeletion[]> {
  return db.$queryRaw<StoredDeletion[]>`
    SELECT u.user_id AS "userId", u.soft_deleted_at AS "softDeletedAt", a.id AS "auditEntryId",
      a.actor_kind::text AS "actorKind", a.actor_id AS "actorId", a.actor_name AS "actorName"
    FROM (${users}) AS u LEFT JOIN LATERAL (
      SELECT id, actor_kind, actor_id, actor_name FROM audit_entries
      WHERE environment_id = u.environment_id AND target_kind = 'user' AND target_id = u.user_id
        AND at = u.soft_deleted_at AND action = 'user.soft_deleted'
      ORDER BY id DESC LIMIT 1
    ) AS a ON true ${order}`;
}

/** Soft-deleted users of one order beside a place, nearest first; `prefix` "" means all ids. */
export function findDeletedUsers(
  db: Db,
  environmentId: EnvironmentId,
  prefix: string,
  order: DeletedUserOrder,
  place: Place<DeletedUserKeys> | null,
  limit: number,
): Promise<StoredDeletion[]> {
  const { direction, beyond } = keysetOrder(order.startsWith("-") !== (place?.direction === "previous"));
  const byId = order === "id";
  const from = () => {
    if (place === null) return empty;
    const [ms, userId] = place.keys;
    if (byId) return sql` AND user_id ${beyond} ${userId}`;
    return sql` AND (soft_deleted_at, user_id) ${beyond} (${time(ms)}, ${userId})`;
  };
  const by = sql`ORDER BY ${byId ? empty : sql`soft_deleted_at ${direction}, `}user_id ${direction}`;
  const users = sql`SELECT environment_id, user_id, soft_deleted_at FROM users
    WHERE ${whereSql(environmentId, prefix)}${from()} ${by} LIMIT ${limit}`;
  return withEntries(db, users, by);
}

/** The soft deletion of one user; null when there is none. */
export async function findSoftDeletion(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
): Promise<StoredDeletion | null> {
  const user = sql`SELECT environment_id, user_id, soft_deleted_at FROM users
    WHERE environment_id = ${environmentId} AND user_id = ${userId} AND soft_deleted_at IS NOT NULL`;
  const [found] = await withEntries(db, user, empty);
  return found ?? null;
}

/** How many soft-deleted users there are, counting no further than `limit`; `after`: only those deleted later. */
export function countDeletedUsers(
  db: Db,
  environmentId: EnvironmentId,
  prefix: string,
  limit: number,
  after: Date | null = null,
): Promise<number> {
  // The order of an index, though counting needs none (docs/decisions/0032).
  const [since, order] =
    after === null
      ? [empty, sql`user_id`]
      : [sql` AND soft_deleted_at > ${time(after)}`, sql`soft_deleted_at, user_id`];
  return countRows(
    db,
    sql`SELECT FROM users WHERE ${whereSql(environmentId, prefix)}${since} ORDER BY ${order} LIMIT ${limit}`,
  );
}
