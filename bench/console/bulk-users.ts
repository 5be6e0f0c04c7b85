import type pg from "pg";

export interface BulkUsersOptions {
  readonly environmentId: number;
  /** How many users to insert. */
  readonly count: number;
  /** Number of the first one, from 1; the numbers make the ids. Default 1. */
  readonly first?: number;
  /** Unix milliseconds; users are registered over the 400 days before. */
  readonly now: number;
  /** Called after each chunk, which is committed then, with the number of users inserted so far. */
  readonly onProgress?: (done: number) => void;
}

const CHUNK = 50_000;

const FIRST_NAMES =
  "Ana Ben Carla David Elena Farid Grace Hugo Ines Jamal Kira Liam Mei Noah Olga Pablo Quinn Rosa Sami Tara Uma Viktor Wen Ximena Yusuf Zoe Alina Alison Bruno Chiara Dmitri Emre Fatima Goran Hanna Igor";
const LAST_NAMES =
  "Almeida Becker Castillo Dubois Eriksen Fischer Garcia Hoffmann Ivanov Jensen Kowalski Lopez Moreau Nakamura Okafor Petrov Quist Rossi Silva Tanaka Ueda Vargas Weber Xu Yilmaz Zhang Anders Brandt Costa Diaz Evans Fuchs Gomez Haas Ito Jung";

/**
 * One chunk. `h` is a number between 0 and 2^31 that looks random and depends on the user's number alone, so that the
 * same call gives the same users. Ids come in three kinds, as in real environments: half of them numbered in the order
 * of registration, the rest of random digits or made of the name.
 */
const CHUNK_SQL = `
  WITH numbers AS (
    SELECT n, hashint4extended(n, 1) & 2147483647 AS h, hashint4extended(n, 2) & 2147483647 AS h2
    FROM generate_series($2::int, $3::int) AS n
  ), people AS (
    SELECT n, h, h2, (string_to_array($5, ' '))[1 + h % 36] AS first_name, (string_to_array($6, ' '))[1 + h2 % 36] AS last_name,
      $4::timestamptz - interval '400 days' * (($8::float8 - n) / $8::float8) AS created_at
    FROM numbers
  ), made AS (
    INSERT INTO users (environment_id, user_id, name, avatar_url, created_at, last_seen_at, banned_until, soft_deleted_at)
    SELECT $1::int,
      CASE n % 10
        WHEN 0 THEN lower(first_name) || '.' || lower(last_name) || n
        WHEN 1 THEN md5(n::text)
        WHEN 2 THEN md5(n::text)
        WHEN 3 THEN 'u' || h || '-' || n
        WHEN 4 THEN lower(first_name) || n
        ELSE 'user_' || lpad(n::text, 9, '0')
      END,
      CASE WHEN h2 % 20 = 0 THEN first_name ELSE first_name || ' ' || last_name END,
      CASE WHEN h % 4 = 0 THEN 'https://example.com/avatars/' || n || '.png' ELSE '' END,
      created_at,
      CASE WHEN h % 10 = 0 THEN NULL
        ELSE created_at + ($4::timestamptz - created_at) * (1 - ((h2 % 1000) / 1000.0) ^ 3) END,
      CASE WHEN h % 100 = 7 AND h2 % 50 <> 9 THEN $4::timestamptz + interval '1 minute' * (1 + h2 % 43200) END,
      CASE WHEN h2 % 50 = 9 THEN created_at + ($4::timestamptz - created_at) * 0.5 END
    FROM people
    ON CONFLICT DO NOTHING
    RETURNING user_id, created_at, banned_until
  )
  INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
  SELECT $1::int, user_id, banned_until - interval '30 days', banned_until, 43200, 'Spam', 'app_server'::actor_kind, $7, 'App server'
  FROM made WHERE banned_until IS NOT NULL
  UNION ALL
  SELECT $1::int, user_id, created_at, created_at + interval '1 hour', 60, 'Flooding', 'operator'::actor_kind, 'op-bulk', 'Bulk load'
  FROM made WHERE hashtextextended(user_id, 3) % 33 = 0`;

/**
 * Inserts many plausible users by SQL alone, about 1 % of them banned, 2 % soft-deleted, and some with bans behind them.
 * Each chunk is its own transaction. Ids that exist already are left as they are.
 */
export async function bulkInsertUsers(pool: pg.Pool, options: BulkUsersOptions): Promise<void> {
  const { environmentId, count, now, first = 1, onProgress } = options;
  const last = first + count - 1;
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    for (let from = first; from <= last; from += CHUNK) {
      const to = Math.min(last, from + CHUNK - 1);
      const at = new Date(now).toISOString();
      await client.query(CHUNK_SQL, [environmentId, from, to, at, FIRST_NAMES, LAST_NAMES, "bulk", last]);
      onProgress?.(to - first + 1);
    }
    await client.query("VACUUM ANALYZE users, bans");
  } finally {
    // The connection carries a changed setting; the pool opens a fresh one when it needs it.
    client.release(true);
  }
}
