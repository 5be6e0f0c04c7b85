import type pg from "pg";
import { searchName } from "@/lib/core/search/fold";
import { termsOf } from "@/lib/core/search/search-name-store";
import { unlimited } from "./bulk-users";

/** Tables that `bulkInsertAround` fills, but for those too small to matter. */
export const TABLES_AROUND = [
  "user_profiles",
  "user_tags",
  "connections",
  "groups",
  "group_members",
  "group_search_terms",
  "audit_entries",
  "webhook_events",
  "webhook_attempts",
  "job_items",
] as const;

const GROUP_TOPICS = "Alpine Baking Chess Danube Esperanto Football Gardening Hiking Indie Jazz Knitting Lakeside";
const GROUP_KINDS = "Club Crew Fans Friends Guild League Masters Night Office Parents Team Society";

/** `h` looks random and depends on the user alone. */
const MINE = `(SELECT *, hashtextextended(user_id, 5) & 2147483647 AS h FROM users WHERE environment_id = $1::int) AS u`;

/** One user of three has a hosted profile; one of five an e-mail address, one of ten a unique id. */
const PROFILES = `
  INSERT INTO user_profiles (environment_id, user_id, unique_id, basic, version, registered_at)
  SELECT environment_id, user_id, CASE WHEN h % 30 < 10 THEN h || '-' || user_id END,
    CASE WHEN h % 30 < 6 THEN jsonb_build_object('name', name, 'email', user_id || '@example.com') ELSE jsonb_build_object('name', name) END,
    1, created_at
  FROM ${MINE} WHERE h % 3 = 0 AND soft_deleted_at IS NULL`;

/** One user of five has tags: "trial" one of ten, "beta" one of a hundred, "vip" one of ten thousand; and there are a thousand cohorts. */
const TAGS = `
  INSERT INTO user_tags (environment_id, user_id, tags)
  SELECT environment_id, user_id, array_remove(ARRAY[CASE WHEN h % 10 = 1 THEN 'trial' END, CASE WHEN h % 100 = 1 THEN 'beta' END,
    CASE WHEN h % 10000 = 1 THEN 'vip' END, 'cohort-' || h / 10 % 1000], NULL)
  FROM ${MINE} WHERE h % 5 = 1 AND soft_deleted_at IS NULL`;

const CONNECTIONS = `
  INSERT INTO connections (environment_id, user_id, id, node_id, platform, sdk, device, ip, connected_at)
  SELECT environment_id, user_id, gen_random_uuid(), '00000000-0000-4000-8000-000000000001',
    CASE WHEN h % 1000 = 2 THEN 'HarmonyOS' ELSE (ARRAY['Android', 'iOS', 'Web', 'PC'])[1 + h / 50 % 4] END, 'js/1.0', 'Device', '203.0.113.7', $2
  FROM ${MINE} WHERE h % 50 = 2 AND soft_deleted_at IS NULL AND banned_until IS NULL`;

/** A group for each fifty users, with ten members each; the first has three thousand. */
const GROUPS = `
  WITH made AS (
    INSERT INTO groups (environment_id, group_id, name, search_name, owner_id, created_at, member_count)
    SELECT $1::int, CASE WHEN n = 0 THEN 'g-large' ELSE 'g' || lpad(n::text, 8, '0') END, topics[1 + n % 12] || ' ' || kinds[1 + n / 12 % 12] || ' ' || n,
      folded_topics[1 + n % 12] || ' ' || folded_kinds[1 + n / 12 % 12] || ' ' || n,
      'user_' || lpad((5 + n * 10)::text, 9, '0'), $4::timestamptz - interval '400 days' * (1 - n::float8 / $3::int), 10
    FROM generate_series(0, $3::int) AS n, (SELECT string_to_array($5, ' ') AS topics, string_to_array($6, ' ') AS kinds,
      string_to_array($7, ' ') AS folded_topics, string_to_array($8, ' ') AS folded_kinds) AS lists
    RETURNING group_id, search_name, created_at
  ), terms AS (
    INSERT INTO group_search_terms (environment_id, group_id, whole, term)
    SELECT $1::int, group_id, terms.whole, terms.term FROM made, LATERAL ${termsOf("made.search_name")} AS terms
  )
  INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
  SELECT $1::int, group_id, 'user_' || lpad((10 * ((hashtext(group_id) & 2147483647) % ($2::int / 10) + seat * 7919) % $2::int + 5 + seat % 5)::text, 9, '0'),
    1, created_at + interval '1 minute' * seat
  FROM made CROSS JOIN LATERAL generate_series(1, CASE WHEN group_id = 'g-large' THEN least(3000, $2::int / 10) ELSE 10 END) AS seat`;

/** What was done to users, mostly by app servers; each soft deletion and each ban has its entry. */
const AUDIT = `
  INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, after, request_id, source, result)
  SELECT $1::int, at, (CASE WHEN by < 5 THEN 'operator' ELSE 'app_server' END)::actor_kind, CASE WHEN by < 5 THEN 'op-' || by ELSE 'key-bench' END,
    CASE WHEN by < 5 THEN 'Operator ' || by ELSE 'App server' END, action, kind, target, '', '{"n":1}', 'r-' || (h % 100000000) || '-' || right(target, 6),
    CASE WHEN by < 5 THEN 'console' ELSE 'server_api' END, result
  FROM (
    SELECT at, action, 'user' AS kind, user_id AS target, h / 64 % 100 AS by, h, CASE WHEN h % 200 = 7 AND action = 'user.updated' THEN 'forbidden' ELSE 'ok' END AS result
    FROM ${MINE} CROSS JOIN LATERAL (
      SELECT soft_deleted_at AS at, 'user.soft_deleted' AS action WHERE soft_deleted_at IS NOT NULL
      UNION ALL SELECT least(banned_until - interval '30 days', $2::timestamptz), 'user.banned' WHERE banned_until IS NOT NULL
      UNION ALL SELECT least(created_at + interval '1 hour', $2::timestamptz), 'user.updated' WHERE h % 5 = 2
      UNION ALL SELECT least(created_at + interval '3 days', $2::timestamptz), 'user.tags_changed' WHERE h % 100 = 11
    ) AS happened
    UNION ALL
    SELECT $2::timestamptz - interval '1 hour' * n, 'settings.changed', 'settings', 'settings', n % 5, n, 'ok' FROM generate_series(1, 2000) AS n
  ) AS entries ORDER BY at`;

/** One user of ten had an event; of the latest thousand some wait, and one of a thousand was given up. */
const DELIVERIES = `
  WITH made AS (
    INSERT INTO webhook_events (environment_id, type, order_key, data, created_at, attempts, failures, due_at, give_up_at, delivered_at, dead_at)
    SELECT $1::int, CASE WHEN h / 32 % 50 = 0 THEN 'user:activation_state' ELSE 'user:connection_status' END, user_id, jsonb_build_object('userId', user_id),
      at, 1 + (dead OR failing)::int, (dead OR failing)::int, CASE WHEN failing THEN $2::timestamptz END, at + interval '3 days',
      CASE WHEN NOT dead AND NOT failing THEN at + interval '1 second' END, CASE WHEN dead THEN at + interval '3 days' END
    FROM (
      SELECT *, h / 32 % 1000 = 1 AS dead, h / 32 % 1000 = 2 AND at > $2::timestamptz - interval '3 days' AS failing
      FROM (SELECT *, coalesce(last_seen_at, created_at) AS at FROM ${MINE} WHERE h % 10 = 4) AS had
    ) AS had ORDER BY at
    RETURNING id, created_at, dead_at
  )
  INSERT INTO webhook_attempts (environment_id, event_id, attempt, at, ms, status, error)
  SELECT $1::int, id, 1, created_at, 12, CASE WHEN dead_at IS NULL THEN 200 ELSE 500 END, CASE WHEN dead_at IS NULL THEN '' ELSE 'status' END
  FROM made WHERE created_at > $2::timestamptz - interval '7 days'`;

/** Two thousand jobs, the latest of them of one user in a hundred. */
const JOBS = `
  WITH made AS (
    INSERT INTO jobs (environment_id, id, kind, state, params, total, succeeded, created_at, created_by_id, created_by_name, request_id, finished_at)
    SELECT $1::int, 'job-' || n, 'unban', 'finished', '{}', 10, 10, $2::timestamptz - interval '1 hour' * n, 'op-1', 'Operator 1', 'r',
      $2::timestamptz - interval '1 hour' * n
    FROM generate_series(1, 2000) AS n RETURNING id
  )
  INSERT INTO job_items (environment_id, job_id, position, target_id, state, error_code)
  SELECT $1::int, id, n, 'user_' || lpad((n * 10 + 5)::text, 9, '0'), (CASE WHEN n % 1000 = 1 THEN 'failed' ELSE 'succeeded' END)::job_item_state,
    CASE WHEN n % 1000 = 1 THEN 'user_not_found' END
  FROM made CROSS JOIN LATERAL generate_series(1, CASE WHEN id = 'job-1' THEN $3::int / 100 ELSE 10 END) AS n`;

export interface AroundOptions {
  readonly environmentId: number;
  /** Users there are, as `bulkInsertUsers` made them. */
  readonly users: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Gives users what stands around them in the console: hosted profiles, tags, connections, groups, entries of the audit log, deliveries, jobs. */
export async function bulkInsertAround(pool: pg.Pool, { environmentId, users, now }: AroundOptions): Promise<void> {
  const at = new Date(now).toISOString();
  const fold = (words: string) => words.split(" ").map(searchName).join(" ");
  const words = [GROUP_TOPICS, GROUP_KINDS, fold(GROUP_TOPICS), fold(GROUP_KINDS)];
  const groups = Math.floor(users / 50);
  const run = (...steps: [string, unknown[]][]) =>
    unlimited(pool, async (client) => {
      for (const [text, values] of steps) await client.query(text, [environmentId, ...values]);
    });
  await Promise.all([
    run([PROFILES, []], [TAGS, []], [GROUPS, [users, groups, at, ...words]]),
    run([AUDIT, [at]], [CONNECTIONS, [at]], [DELIVERIES, [at]], [JOBS, [at, users]]),
  ]);
}
