import { type Statement, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { USER_COLUMNS } from "../user-data/user-data";

/** What soft delete and restore write into the users' own rows. */

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
export function softDeletedWrite(environmentId: EnvironmentId, userIds: readonly string[], at: Date): Write {
  return write(MARK_DELETED, [environmentId, userIds, at.toISOString()]);
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
export function restoredWrite(
  environmentId: EnvironmentId,
  userIds: readonly string[],
  at: Date,
  settledMs: number,
): Write {
  return write(MARK_RESTORED, [environmentId, userIds, at.toISOString(), settledMs]);
}
