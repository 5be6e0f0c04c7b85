import type pg from "pg";
import {
  ENDING_GROUPS,
  GROUPS,
  KNOWN_USERS,
  LARGE_GROUP,
  LARGE_GROUP_MEMBERS,
  ONLINE_USERS,
  POOL,
  POPULAR,
  POPULAR_RELATIONS,
} from "./scenario";

const FRIENDSHIPS_PER_STEP = 500_000;

/** The users, friendships, blocks and groups that the scenarios rely on, in one environment. */
export async function seedScenarios(pool: pg.Pool, environmentId: number): Promise<void> {
  const run = (text: string, ...values: unknown[]) => pool.query(text, [environmentId, ...values]);
  await run(
    `INSERT INTO users (environment_id, user_id, name, created_at, friend_count, blocked_count)
     SELECT $1, 'known-' || n, 'Known user', now(), 2, 1 FROM generate_series(0, $2::int - 1) n`,
    KNOWN_USERS,
  );
  await run(
    `INSERT INTO users (environment_id, user_id, name, created_at, soft_deleted_at)
     SELECT $1, kind || '-' || n, kind, now(), CASE kind WHEN 'lost' THEN now() - interval '2 days' END
     FROM generate_series(0, $2::int - 1) n, (VALUES ('lost'), ('gone')) AS kinds(kind)`,
    POOL,
  );
  await run(
    `WITH node AS (
       INSERT INTO gateway_nodes (id, started_at, heartbeat_at) VALUES (gen_random_uuid(), now(), now() + interval '1 day')
       RETURNING id
     ), users AS (
       INSERT INTO users (environment_id, user_id, name, created_at)
       SELECT $1, 'online-' || n, 'Online user', now() FROM generate_series(0, $2::int - 1) n RETURNING user_id
     )
     INSERT INTO connections (environment_id, user_id, id, node_id, platform, sdk, device, ip, connected_at)
     SELECT $1, user_id, gen_random_uuid(), node.id, 'web', '', '', '', now() FROM users, node`,
    ONLINE_USERS,
  );
  // Neighbours are friends, and each has blocked the next one.
  await run(
    `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
     SELECT $1, 'known-' || n, 'known-' || m, now() FROM generate_series(0, $2::int - 1) n,
       LATERAL (VALUES ((n + 1) % $2::int), ((n + $2::int - 1) % $2::int)) AS friends(m)`,
    KNOWN_USERS,
  );
  await run(
    `INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
     SELECT $1, 'known-' || n, 'known-' || ((n + 1) % $2::int), now() FROM generate_series(0, $2::int - 1) n`,
    KNOWN_USERS,
  );
  await seedRelated(run, POPULAR, POPULAR_RELATIONS);
  for (let number = 0; number < 100; number += 1) await seedRelated(run, `sociable-${number}`, 60);
  await run(
    `WITH made AS (
       INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
       SELECT $1, 'bench-' || n, 'Small', 'known-' || n, now(), 1 FROM generate_series(0, $2::int - 1) n
     )
     INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
     SELECT $1, 'bench-' || n, 'known-' || n, 3, now() FROM generate_series(0, $2::int - 1) n`,
    GROUPS,
  );
  await run(
    `WITH named AS (
       SELECT 'end-' || n AS group_id FROM generate_series(0, $2::int - 1) n
     ), made AS (
       INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
       SELECT $1, group_id, 'Ending', 'known-0', now(), 1 FROM named
     )
     INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
     SELECT $1, group_id, 'known-0', 3, now() FROM named`,
    ENDING_GROUPS,
  );
  await run(
    `WITH made AS (
       INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
       VALUES ($1, $2, 'Large', 'known-0', now(), $3::int)
     )
     INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
     SELECT $1, $2, 'known-' || n, CASE n WHEN 0 THEN 3 ELSE 1 END, now() + n * interval '1 millisecond'
     FROM generate_series(0, $3::int - 1) n`,
    LARGE_GROUP,
    LARGE_GROUP_MEMBERS,
  );
}

type Run = (text: string, ...values: unknown[]) => Promise<unknown>;

/** A user with so many friends, and as many users blocked, among the known ones. */
async function seedRelated(run: Run, userId: string, count: number): Promise<void> {
  await run(
    `INSERT INTO users (environment_id, user_id, name, created_at, friend_count, blocked_count)
     VALUES ($1, $2, 'Has many', now(), $3::int, $3::int)`,
    userId,
    count,
  );
  await run(
    `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
     SELECT $1, $2, 'known-' || n, now() - n * interval '1 second' FROM generate_series(0, $3::int - 1) n`,
    userId,
    count,
  );
  await run(
    `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
     SELECT $1, 'known-' || n, $2, now() FROM generate_series(0, $3::int - 1) n`,
    userId,
    count,
  );
  await run(
    `INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
     SELECT $1, $2, 'known-' || n, now() - n * interval '1 second' FROM generate_series(0, $3::int - 1) n`,
    userId,
    count,
  );
}

/** So many friendships of other users, so that the table is large: in two directions each, 40 friends a user. */
export async function seedFriendships(
  pool: pg.Pool,
  environmentId: number,
  count: number,
  progress: (done: number) => void,
): Promise<void> {
  const users = Math.ceil(count / 40);
  const step = FRIENDSHIPS_PER_STEP / 40;
  for (let from = 0; from < users; from += step) {
    await pool.query(
      `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
       SELECT $1, 'other-' || n, 'other-' || ((n + side * d + $4::int) % $4::int), now() - d * interval '1 hour'
       FROM generate_series($2::int, $3::int - 1) n, generate_series(1, 20) d, (VALUES (1), (-1)) AS sides(side)
       ON CONFLICT DO NOTHING`,
      [environmentId, from, Math.min(users, from + step), users],
    );
    progress(Math.min(count, (from + step) * 40));
  }
}
