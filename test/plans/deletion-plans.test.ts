import { beforeAll, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import type { EnvironmentRef } from "@/lib/core/actor";
import { deleteTestUser } from "@/lib/core/deletion/delete-test-user";
import { countListedDeletedUsers, listDeletedUsers } from "@/lib/core/soft-delete/list-deleted-users";
import type { DeletedUserListQueryInput } from "@/lib/core/soft-delete/list-schema";
import { listSoftDeletedUsers } from "@/lib/core/soft-delete/list-soft-deleted-users";
import { restoreUsers } from "@/lib/core/soft-delete/restore-users";
import { softDeleteUsers } from "@/lib/core/soft-delete/soft-delete-users";
import { USER_DATA } from "@/lib/core/user-data/user-data";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { scansOf as guardedScansOf, walk } from "./scans";

/**
 * Deleting and restoring users reads no table from end to end, however much of other users is stored. The use cases run on
 * 60,000 users in three environments with what belongs to them; every statement they send is explained.
 */

const context = testContext();
const GUARDED = new Set(["users", ...USER_DATA.map((rule) => rule.table)]);

let production: EnvironmentRef;
let development: EnvironmentRef;

const USER = (n: string) => `'user_' || lpad((1 + ${n} % 20000)::text, 9, '0')`;

const RELATIONS_SQL = [
  `INSERT INTO user_profiles (environment_id, user_id, version, registered_at)
   SELECT $1::int, user_id, 1, created_at FROM users WHERE environment_id = $1::int`,
  `INSERT INTO user_tags (environment_id, user_id, tags)
   SELECT $1::int, user_id, ARRAY['vip'] FROM users WHERE environment_id = $1::int`,
  `INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
   SELECT $1::int, ${USER("n")}, ${USER("n + 20000 + 17 * k")}, now() FROM generate_series(1, 20000) AS n, unnest(ARRAY[-1, 1]) AS k`,
  `INSERT INTO friend_requests (environment_id, requester_id, target_id, requested_at)
   SELECT $1::int, ${USER("n")}, ${USER("n + 5")}, now() FROM generate_series(1, 20000) AS n`,
  `INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
   SELECT $1::int, ${USER("n")}, ${USER("n + 3")}, now() FROM generate_series(1, 20000) AS n`,
  `INSERT INTO test_run_users (environment_id, user_id, run_id)
   SELECT $1::int, user_id, 'run-' || right(user_id, 2) FROM users WHERE environment_id = $1::int`,
  `INSERT INTO user_notes (environment_id, user_id, text, created_at, created_by_id, created_by_name)
   SELECT $1::int, user_id, 'Called.', created_at, 'op', 'Ana' FROM users WHERE environment_id = $1::int`,
  `INSERT INTO refused_connects (environment_id, user_id, day, code, platform, count, first_at, last_at, sdk, device, ip)
   SELECT $1::int, user_id, now()::date, 'banned', 'web', 1, now(), now(), '', '', '' FROM users WHERE environment_id = $1::int`,
  `INSERT INTO user_data_copies (environment_id, job_id, user_id, content, created_at)
   SELECT $1::int, 'job-' || right(user_id, 2), user_id, '{}', now() FROM users WHERE environment_id = $1::int`,
  `INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
   SELECT $1::int, 'group-' || n, 'Group', ${USER("n")}, now(), 10 FROM generate_series(1, 2000) AS n`,
  `INSERT INTO group_members (environment_id, group_id, user_id, joined_at)
   SELECT $1::int, 'group-' || n, ${USER("n * 10 + k")}, now() FROM generate_series(1, 2000) AS n, generate_series(1, 10) AS k`,
  `INSERT INTO group_aliases (environment_id, user_id, group_id, alias)
   SELECT $1::int, ${USER("n * 10")}, 'group-' || n, 'Ours' FROM generate_series(1, 2000) AS n`,
  `INSERT INTO group_favorites (environment_id, group_id, user_id, favorite_id, favorited_at)
   SELECT $1::int, 'group-' || n, ${USER("n * 10")}, ${USER("n * 10 + 1")}, now() FROM generate_series(1, 2000) AS n`,
  `INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, target_id, type, content)
   SELECT $1::int, n, n % 3, 1, 1, ${USER("n")}, ${USER("n + 9")}, 'app:text', 'Hello' FROM generate_series(1, 20000) AS n`,
  `INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence)
   SELECT $1::int, ${USER("n + k")}, n, n % 3, n FROM generate_series(1, 20000) AS n, unnest(ARRAY[0, 9]) AS k`,
];

beforeAll(async () => {
  const apps = [await createTestApp(context()), await createTestApp(context())] as const;
  production = apps[0].production.ref;
  development = apps[0].development.ref;
  for (const { id } of [production, apps[1].production.ref, development]) {
    await bulkInsertUsers(context().db.pool, { environmentId: id, count: 20_000, now: context().now() });
    for (const text of RELATIONS_SQL) await context().db.pool.query(text, [id]);
  }
  await context().db.pool.query("VACUUM ANALYZE");
}, 120_000);

const scansOf = (work: () => Promise<unknown>) => guardedScansOf(context().url, GUARDED, work);
const few = ["user_000000005", "user_000000006"];
const many = Array.from({ length: 100 }, (_, n) => `user_${String(5 + n * 110).padStart(9, "0")}`);

test.each([
  ["two users", few],
  ["as many users as a call takes", many],
])("soft-deleting and restoring %s", async (_, userIds) => {
  const scans = await scansOf(async () => {
    const { deleted } = await softDeleteUsers(context(), appServerOf(production), { userIds });
    const later = { ...context(), now: () => context().now() + context().restoreAfterMs };
    const { restored } = await restoreUsers(later, appServerOf(production), { userIds });
    expect(restored.map((user) => user.userId)).toEqual(expect.arrayContaining([...deleted]));
    expect(deleted.length).toBeGreaterThan(userIds.length / 2);
  });
  expect(scans).toEqual([]);
});

test.each<DeletedUserListQueryInput>([{}, { sort: "deleted" }, { q: "user_0000" }])(
  "the console's list of soft-deleted users, %j",
  async (query) => {
    const viewer = operatorOf("viewer", production);
    const scans = await scansOf(async () => {
      await walk((cursor) => listDeletedUsers(context(), viewer, { ...query, cursor }));
      await countListedDeletedUsers(context(), viewer, query);
    });
    expect(scans).toEqual([]);
  },
);

test("the Server API's list of soft-deleted users", async () => {
  const scans = await scansOf(() => listSoftDeletedUsers(context(), appServerOf(production), { page: 2 }));
  expect(scans).toEqual([]);
});

test("deleting a test user", async () => {
  const [userId = ""] = few;
  const scans = await scansOf(() =>
    deleteTestUser(context(), operatorOf("admin", development), { userId, confirmation: userId }),
  );
  expect(scans).toEqual([]);
});
