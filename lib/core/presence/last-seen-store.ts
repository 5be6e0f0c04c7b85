import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

export interface SeenUser {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly seenAt: Date;
}

// Rows are locked in the order of the input, which all writers of several users keep. That a crash of the server may
// forget the last moments is no loss, so the commit does not wait for the disk.
const UPDATE = {
  name: "users-last-seen",
  text: `WITH target AS MATERIALIZED (
      SELECT i.* FROM ${rowsOf("int", "text", "timestamptz")} AS i(environment_id, user_id, seen_at)
      CROSS JOIN LATERAL (
        SELECT FROM users u WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id
          AND u.soft_deleted_at IS NULL AND (u.last_seen_at IS NULL OR u.last_seen_at < i.seen_at)
        FOR NO KEY UPDATE
      ) u
    )
    UPDATE users u SET last_seen_at = t.seen_at FROM target t, (SELECT set_config('synchronous_commit', 'off', true)) s
    WHERE u.environment_id = t.environment_id AND u.user_id = t.user_id`,
};

const byKey = (a: SeenUser, b: SeenUser) =>
  a.environmentId - b.environmentId || (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0);

/** Moves users' last seen forward, never back. Distinct users; soft-deleted ones are left alone. */
export async function updateLastSeen(db: Database, users: readonly SeenUser[]): Promise<void> {
  const sorted = [...users].sort(byKey);
  await onPool(db.pool)(UPDATE, [
    sorted.map((user) => user.environmentId),
    sorted.map((user) => user.userId),
    sorted.map((user) => user.seenAt.toISOString()),
  ]);
}
