import type pg from "pg";
import { searchName } from "@/lib/core/search/fold";
import { termsOf } from "@/lib/core/search/search-name-store";

export interface BulkUsersOptions {
  readonly environmentId: number;
  /** How many users to insert. */
  readonly count: number;
  /** Number of the first one, from 1; the numbers make the ids. Default 1. */
  readonly first?: number;
  /** Unix milliseconds; users are registered over the 400 days before. */
  readonly now: number;
  /** How many chunks are written at once. Default 1. */
  readonly writers?: number;
  /** Called after each chunk, which is committed then, with the number of users inserted so far. */
  readonly onProgress?: (done: number) => void;
}

const CHUNK = 50_000;

const FIRST_NAMES =
  "Ana Ben Carla David Elena Farid Grace Hugo Ines Jamal Kira Liam Mei Noah Olga Pablo Quinn Rosa Sami Tara Uma Viktor Wen Ximena Yusuf Zoe Alina Alison Bruno Chiara Dmitri Emre Fatima Goran Hanna Igor";
const LAST_NAMES =
  "Almeida Becker Castillo Dubois Eriksen Fischer Garcia Hoffmann Ivanov Jensen Kowalski Lopez Moreau Nakamura Okafor Petrov Quist Rossi Silva Tanaka Ueda Vargas Weber Xu Yilmaz Zhang Anders Brandt Costa Diaz Evans Fuchs Gomez Haas Ito Jung";
/** Of these a last name of three is made for one user of eight, so that most names are rare, as they are anywhere. */
const SYLLABLES =
  "ka lo mi ru sa te vo zan bri dał fø gue hin jã kle lun mar nok ore pîn qua ros sté tor ulm vik wen xan yor zü";

/** The words of a list as they are searched for, by the product's own rules. Each is one word, with others beside it as well. */
const folded = (words: string) => words.split(" ").map(searchName).join(" ");

/**
 * One chunk. `h` is a number between 0 and 2^31 that looks random and depends on the user's number alone, so that the
 * same call gives the same users; what has nothing to do with each other follows from different digits of it. Ids come in three kinds, as in real environments: half of them numbered in the order
 * of registration, the rest of random digits or made of the name.
 */
const CHUNK_SQL = `
  WITH numbers AS (
    SELECT n, hashint4extended(n, 1) & 2147483647 AS h, hashint4extended(n, 2) & 2147483647 AS h2
    FROM generate_series($2::int, $3::int) AS n
  ), people AS (
    SELECT n, h, h2, h2 % 50 = 9 AS deleted, h2 / 36 % 8 = 0 AS rare, h2 / 288 % 30 AS a, h2 / 8640 % 30 AS b, h2 / 259200 % 30 AS c,
      $4::timestamptz - interval '400 days' * (($8::float8 - n) / $8::float8) AS created_at
    FROM numbers
  ), named AS (
    SELECT *, first_names[1 + h % 36] AS first_name, folded_first_names[1 + h % 36] AS folded_first_name,
      CASE WHEN rare THEN initcap(syllables[1 + a] || syllables[1 + b] || syllables[1 + c]) ELSE last_names[1 + h2 % 36] END AS last_name,
      CASE WHEN rare THEN folded_syllables[1 + a] || folded_syllables[1 + b] || folded_syllables[1 + c]
        ELSE folded_last_names[1 + h2 % 36] END AS folded_last_name
    FROM people, (SELECT string_to_array($5, ' ') AS first_names, string_to_array($9, ' ') AS folded_first_names,
      string_to_array($6, ' ') AS last_names, string_to_array($10, ' ') AS folded_last_names,
      string_to_array($11, ' ') AS syllables, string_to_array($12, ' ') AS folded_syllables) AS lists
  ), made AS (
    INSERT INTO users (environment_id, user_id, name, search_name, avatar_url, created_at, last_seen_at, banned_until, soft_deleted_at)
    SELECT $1::int,
      CASE n % 10
        WHEN 0 THEN lower(first_name) || '.' || lower(last_name) || n
        WHEN 1 THEN md5(n::text)
        WHEN 2 THEN md5(n::text)
        WHEN 3 THEN 'u' || h || '-' || n
        WHEN 4 THEN lower(first_name) || n
        ELSE 'user_' || lpad(n::text, 9, '0')
      END,
      CASE WHEN deleted THEN '' WHEN h2 % 20 = 0 THEN first_name ELSE first_name || ' ' || last_name END,
      CASE WHEN deleted THEN '' WHEN h2 % 20 = 0 THEN folded_first_name ELSE folded_first_name || ' ' || folded_last_name END,
      CASE WHEN h / 36 % 4 = 0 AND NOT deleted THEN 'https://example.com/avatars/' || n || '.png' ELSE '' END,
      created_at,
      CASE WHEN h / 36 % 10 = 0 THEN NULL
        ELSE created_at + ($4::timestamptz - created_at) * (1 - ((h / 360 % 1000) / 1000.0) ^ 3) END,
      CASE WHEN h / 3600 % 100 = 7 AND NOT deleted THEN $4::timestamptz + interval '1 minute' * (1 + h / 360 % 43200) END,
      CASE WHEN deleted THEN created_at + ($4::timestamptz - created_at) * 0.5 END
    FROM named
    ON CONFLICT DO NOTHING
    RETURNING user_id, search_name, created_at, banned_until
  ), terms AS (
    INSERT INTO user_search_terms (environment_id, user_id, whole, term)
    SELECT $1::int, user_id, terms.whole, terms.term FROM made, LATERAL ${termsOf("made.search_name")} AS terms
  )
  INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
  SELECT $1::int, user_id, banned_until - interval '30 days', banned_until, 43200, 'Spam', 'app_server'::actor_kind, $7, 'App server'
  FROM made WHERE banned_until IS NOT NULL
  UNION ALL
  SELECT $1::int, user_id, created_at, created_at + interval '1 hour', 60, 'Flooding', 'operator'::actor_kind, 'op-bulk', 'Bulk load'
  FROM made WHERE hashtextextended(user_id, 3) % 33 = 0`;

/**
 * Inserts many plausible users by SQL alone, in the search index, about 1 % of them banned, 2 % soft-deleted, and some with bans
 * behind them. Each chunk is its own transaction. Ids that exist already are left as they are.
 */
export async function bulkInsertUsers(pool: pg.Pool, options: BulkUsersOptions): Promise<void> {
  const { environmentId, count, now, first = 1, writers = 1, onProgress } = options;
  const last = first + count - 1;
  const at = new Date(now).toISOString();
  const lists = [
    FIRST_NAMES,
    LAST_NAMES,
    "bulk",
    last,
    folded(FIRST_NAMES),
    folded(LAST_NAMES),
    SYLLABLES,
    folded(SYLLABLES),
  ];
  let next = first;
  let done = 0;
  const write = () =>
    unlimited(pool, async (client) => {
      while (next <= last) {
        const from = next;
        const to = Math.min(last, from + CHUNK - 1);
        next = to + 1;
        await client.query(CHUNK_SQL, [environmentId, from, to, at, ...lists]);
        done += to - from + 1;
        onProgress?.(done);
      }
    });
  await Promise.all(Array.from({ length: writers }, write));
  await unlimited(pool, async (client) => {
    await client.query("VACUUM ANALYZE users, bans, user_search_terms");
  });
}

/** Lends a connection on which statements may take any time. */
export async function unlimited(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    await work(client);
  } finally {
    // The connection carries a changed setting; the pool opens a fresh one when it needs it.
    client.release(true);
  }
}
