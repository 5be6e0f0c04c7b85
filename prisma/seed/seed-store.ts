import type { EnvironmentId } from "@/lib/core/actor";
import type { Db } from "@/lib/db/database";
import { withConnection } from "@/lib/db/session";

export interface UserBatch {
  readonly environmentId: EnvironmentId;
  /** Number of the first user, from 1, and of the last. */
  readonly from: number;
  readonly to: number;
  /** Of the whole load: ids get as many digits as the last one needs, and times spread over it. */
  readonly total: number;
  /** What ids begin with. */
  readonly prefix: string;
  readonly now: Date;
  readonly firstNames: readonly string[];
  readonly familyNames: readonly string[];
}

/**
 * Inserts users `from` to `to` of a large load in one statement; ids that exist stay as they are. Gives how many were
 * new. Registered evenly over three years; a tenth was never seen, most were seen recently; 1 % are banned now (with
 * their ban), 0.5 % are soft-deleted. Everything follows from a user's number, so that a repeat gives the same.
 */
export async function insertUserBatch(db: Db, batch: UserBatch): Promise<number> {
  const digits = String(batch.total).length;
  const rows = await db.$queryRaw<{ inserted: number }[]>`
    WITH numbered AS (
      SELECT n, hashint8(n)::bigint + 2147483648 AS h1, hashint8(n + 1000000007)::bigint + 2147483648 AS h2,
        ${batch.now}::timestamptz - interval '1095 days' * (1 - n::float8 / ${batch.total}) AS created_at
      FROM generate_series(${batch.from}::bigint, ${batch.to}::bigint) AS n
    ), made AS (
      SELECT n, h1, h2, created_at,
        ${batch.prefix} || lpad(n::text, ${digits}::int, '0') AS user_id,
        (${batch.firstNames}::text[])[1 + h1 % ${batch.firstNames.length}::int] || ' ' ||
        (${batch.familyNames}::text[])[1 + h2 % ${batch.familyNames.length}::int] AS name,
        CASE WHEN h1 % 10 = 3 THEN NULL
          ELSE ${batch.now}::timestamptz - (${batch.now}::timestamptz - created_at) * power((h2 % 100003) / 100003.0, 4) END AS last_seen_at,
        h2 % 100 = 17 AS banned, h1 % 200 = 33 AS soft_deleted
      FROM numbered
    ), users_in AS (
      INSERT INTO users (environment_id, user_id, name, avatar_url, created_at, banned_until, soft_deleted_at, last_seen_at)
      SELECT ${batch.environmentId}::int, user_id,
        CASE WHEN soft_deleted THEN '' ELSE name END,
        CASE WHEN soft_deleted OR h1 % 3 > 0 THEN '' ELSE 'https://avatars.example.com/' || user_id || '.png' END,
        created_at,
        CASE WHEN banned AND NOT soft_deleted THEN ${batch.now}::timestamptz + interval '1 minute' * (60 + h1 % 43000) END,
        CASE WHEN soft_deleted THEN created_at + (${batch.now}::timestamptz - created_at) * 0.5 END,
        CASE WHEN NOT soft_deleted THEN last_seen_at END
      FROM made
      ON CONFLICT (environment_id, user_id) DO NOTHING
      RETURNING user_id, banned_until
    ), bans_in AS (
      INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
      SELECT ${batch.environmentId}::int, user_id, banned_until - interval '43200 minutes', banned_until, 43200,
        'Spam in public channels', 'app_server', 'seed', 'App server'
      FROM users_in WHERE banned_until IS NOT NULL
    )
    SELECT count(*)::int AS inserted FROM users_in`;
  return rows[0]?.inserted ?? 0;
}

/**
 * Brings the planner's statistics and the visibility map up to date after a bulk load, so that it is fast at once. For the address of the
 * tables' owner: PostgreSQL lets nobody else, and looks after them by itself some minutes later.
 */
export async function refreshStatistics(url: string): Promise<void> {
  // Ten million rows take longer than a request may.
  const session = { url, applicationName: "im-user-service seed" };
  await withConnection(session, (client) => client.query("VACUUM (ANALYZE) users, user_search_terms, bans"));
}
