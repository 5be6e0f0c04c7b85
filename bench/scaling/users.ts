import type pg from "pg";
import { buildSearch } from "@/lib/core/search/build-search";
import { note, numberFlag } from "../common/flags";
import { openInstallation } from "../common/installation";
import { bulkInsertUsers } from "../console/bulk-users";
import { productionOf, runtimeOn } from "./context";

/**
 * Bytes on disk, indexes included, of each table that grows with users: `[--users N]`. What users have beside their row is said in
 * `EXTRAS`; a row of each of those tables costs the same for a million. A minute for each 100,000 users.
 */

const EXTRAS: ReadonlyArray<{ readonly table: string; readonly perUser: string; readonly sql: string }> = [
  {
    table: "user_profiles",
    perUser: "every second one has a hosted profile of three keys, with a unique id",
    sql: `INSERT INTO user_profiles (environment_id, user_id, unique_id, basic, extended, version, registered_at)
      SELECT environment_id, user_id, 'no' || n, jsonb_build_object('name', name, 'email', 'mail' || n || '@example.com'),
        '{"ext_city": "Hamburg"}', 1700000000000, created_at FROM numbered WHERE n % 2 = 0`,
  },
  {
    table: "user_tags",
    perUser: "every fifth one has two tags",
    sql: `INSERT INTO user_tags (environment_id, user_id, tags)
      SELECT environment_id, user_id, ARRAY['vip', 'group' || n % 50] FROM numbered WHERE n % 5 = 0`,
  },
  {
    table: "friendships",
    perUser: "10 friends, so 10 rows",
    sql: `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
      SELECT a.environment_id, a.user_id, b.user_id, a.created_at FROM numbered a
      CROSS JOIN unnest(ARRAY[-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]) AS step
      JOIN numbered b ON b.n = (a.n + step + (SELECT count(*) FROM numbered)) % (SELECT count(*) FROM numbered)
      ON CONFLICT DO NOTHING`,
  },
  {
    table: "audit_entries",
    perUser: "one act about every tenth one",
    sql: `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, after, request_id, source)
      SELECT environment_id, created_at, 'operator', 'op-bench', 'Bench', 'user.banned', 'user', user_id,
        '{"durationMinutes": 60, "reason": "Flooding"}', 'req-' || n, 'console' FROM numbered WHERE n % 10 = 0`,
  },
];

/** What grows with what is done: one row of each for each user, so that a row's bytes can be told. */
const ACTS: ReadonlyArray<{ readonly table: string; readonly sql: string }> = [
  {
    table: "messages_slot_0",
    sql: `INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, target_id, type, content, client_key)
      SELECT environment_id, n, 0, 1, 1700000000000 + n, user_id, user_id, 'RC:TxtMsg',
        '{"content":"An ordinary message, as people write them to each other all day long."}', md5(n::text)::uuid FROM numbered`,
  },
  {
    table: "inbox_entries_slot_0",
    sql: `INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence)
      SELECT environment_id, user_id, n, 0, n FROM numbered ORDER BY n`,
  },
  {
    table: "webhook_events",
    sql: `INSERT INTO webhook_events (environment_id, type, order_key, data, created_at, attempts, give_up_at, delivered_at)
      SELECT environment_id, 'user:connection_status', user_id,
        jsonb_build_object('userId', user_id, 'status', 'offline', 'os', 'Android', 'time', 1700000000000), created_at, 1, now(), now()
      FROM numbered ORDER BY n`,
  },
  {
    table: "webhook_attempts",
    sql: `INSERT INTO webhook_attempts (environment_id, event_id, attempt, at, ms, status)
      SELECT environment_id, n, 1, created_at, 12, 200 FROM numbered ORDER BY n`,
  },
];

const ACT_TABLES = new Set(ACTS.map(({ table }) => table));

const NUMBERED = `CREATE TEMP TABLE numbered AS
  SELECT environment_id, user_id, name, created_at, row_number() OVER (ORDER BY created_at, user_id) - 1 AS n FROM users WHERE environment_id = $1`;

async function seedExtras(client: pg.Client, environmentId: number): Promise<void> {
  await client.query(NUMBERED.replace("$1", String(environmentId)));
  await client.query("CREATE UNIQUE INDEX ON numbered (n)");
  await client.query("ANALYZE numbered");
  for (const { table, sql } of [...EXTRAS, ...ACTS]) {
    note(`  ${table}`);
    await client.query(sql);
  }
}

export async function measureUsers(): Promise<unknown> {
  const users = numberFlag("--users", 100_000);
  const installation = await openInstallation(async () => {});
  const { context, close } = await runtimeOn(installation);
  try {
    const environment = productionOf(installation);
    const empty = await sizes(context.db.pool);
    await bulkInsertUsers(context.db.pool, { environmentId: environment.id, count: users, now: Date.now() });
    note("  user_search_terms");
    await buildSearch(context, environment.id);
    return await context.db.maintain(async (client) => {
      await seedExtras(client, environment.id);
      await client.query("VACUUM ANALYZE");
      const full = await sizes(client);
      const tables = [...full].flatMap(([table, { bytes, heap, rows }]) => {
        const grown = bytes - (empty.get(table)?.bytes ?? 0);
        if (grown < 100_000 || ACT_TABLES.has(table)) return [];
        return [
          {
            table,
            rows,
            bytesPerRow: Math.round(grown / rows),
            ofThemIndexes: Math.round((100 * (bytes - heap)) / bytes),
            gibPerMillionUsers: Math.round(((grown / users) * 1e6 * 100) / 1024 ** 3) / 100,
          },
        ];
      });
      const gib = Math.round(tables.reduce((sum, { gibPerMillionUsers }) => sum + gibPerMillionUsers, 0) * 100) / 100;
      const acts = [...full]
        .filter(([table]) => ACT_TABLES.has(table))
        .map(([table, { bytes, rows }]) => ({ table, bytesPerRow: Math.round(bytes / rows) }));
      return {
        users,
        acts,
        tables,
        gibPerMillionUsers: gib,
        extras: EXTRAS.map(({ table, perUser }) => `${table}: ${perUser}`),
      };
    });
  } finally {
    await close();
    await installation.close();
  }
}

type Sizes = Map<string, { readonly bytes: number; readonly heap: number; readonly rows: number }>;

async function sizes(db: Pick<pg.Client, "query">): Promise<Sizes> {
  const { rows } = await db.query(
    `SELECT relname, pg_total_relation_size(oid)::float8 AS bytes, pg_table_size(oid)::float8 AS heap, reltuples::float8 AS rows
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`,
  );
  return new Map(
    rows.map(({ relname, ...of }) => [relname as string, of as { bytes: number; heap: number; rows: number }]),
  );
}
