import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import type { EnvironmentRef } from "@/lib/core/actor";
import { countNewerAuditEntries } from "@/lib/core/audit/count-newer-audit-entries";
import { getAuditEntry } from "@/lib/core/audit/get-audit-entry";
import { listAuditEntries, listUserActivity } from "@/lib/core/audit/list-audit-entries";
import type { AuditListQueryInput } from "@/lib/core/audit/list-schema";
import { banUsers } from "@/lib/core/bans/ban-users";
import { countActiveBans, listBans, listBansOfUser, listUsualReasons } from "@/lib/core/bans/list-bans";
import { planBulk } from "@/lib/core/bulk/plan-bulk";
import { bulkPhrase } from "@/lib/core/bulk/schema";
import { startBulk } from "@/lib/core/bulk/start-bulk";
import { deleteTestUser } from "@/lib/core/deletion/delete-test-user";
import { planDeletion } from "@/lib/core/deletion/plan-deletion";
import { startDeletion } from "@/lib/core/deletion/start-deletion";
import { planImport } from "@/lib/core/imports/plan-import";
import { startImport } from "@/lib/core/imports/start-import";
import { cancelJob } from "@/lib/core/jobs/cancel-job";
import { getJob } from "@/lib/core/jobs/get-job";
import { deleteItemsOfOldJobs, deleteOldJobs } from "@/lib/core/jobs/job-sweep-store";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import { listJobs } from "@/lib/core/jobs/list-jobs";
import { listRunningJobs } from "@/lib/core/jobs/list-running-jobs";
import { retryFailed } from "@/lib/core/jobs/retry-failed";
import { runJob } from "@/lib/core/jobs/run-job";
import { undoJob } from "@/lib/core/jobs/undo-job";
import { claimJob, findEnvironmentsWithJobs } from "@/lib/core/jobs/unfinished-job-store";
import { countNewer, markNewest } from "@/lib/core/newer/newer-lists";
import { NEWER_LISTS } from "@/lib/core/newer/schema";
import { getDailyFigures } from "@/lib/core/overview/get-daily-figures";
import { getFirstSteps } from "@/lib/core/overview/get-first-steps";
import {
  countBanned,
  countNewUsers,
  countOnlineNow,
  countRegistered,
  getBansEndingSoon,
} from "@/lib/core/overview/get-overview";
import { listConnections } from "@/lib/core/presence/list-connections";
import { batchGetUserProfiles } from "@/lib/core/profiles/batch-get-user-profiles";
import { getProfileDetail } from "@/lib/core/profiles/get-profile-detail";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import { getApiUse } from "@/lib/core/quota/get-api-use";
import { getQuota, getQuotaUse } from "@/lib/core/quota/get-quota";
import { deleteOldRefusedRequests } from "@/lib/core/quota/refused-request-store";
import { getSettingsImpact } from "@/lib/core/settings/get-settings-impact";
import { IMPACT_FIGURES } from "@/lib/core/settings/impact-schema";
import { planRevert } from "@/lib/core/settings/plan-revert";
import { batchGetUserTags } from "@/lib/core/tags/batch-get-user-tags";
import { countUsers, countUsersAndDeleted, countUsersByStatus } from "@/lib/core/users/count-users";
import { findUserElsewhere } from "@/lib/core/users/find-user-elsewhere";
import { getUserDetail } from "@/lib/core/users/get-user-detail";
import { listMatchingUserIds } from "@/lib/core/users/list-matching-user-ids";
import { USER_SORTS, USER_STATUSES, type UserListQueryInput } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { suggestUsers } from "@/lib/core/users/suggest-users";
import { listWaves } from "@/lib/core/waves/list-waves";
import { deleteOldRegistrationCounts } from "@/lib/core/waves/registration-count-store";
import { watchRegistrations } from "@/lib/core/waves/watch-registrations";
import { deleteOldWaves } from "@/lib/core/waves/wave-store";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { recordQueries, rowsPassedOver } from "./recorded-queries";
import { scansOf as guardedScansOf, walk } from "./scans";

/**
 * No query of the console reads a table from end to end. The use cases run on 80,000 users in four environments, 20,000
 * of them in the one looked at, and on audit entries, bans and jobs of that order; every statement they send is explained.
 */

const context = testContext();
const GUARDED = new Set([
  "users",
  "bans",
  "audit_entries",
  "jobs",
  "job_items",
  "connections",
  "user_profiles",
  "user_tags",
  "user_search_terms",
  "friendships",
  "messages_slot_0",
  "refused_requests",
  "registration_counts",
  "registration_waves",
  "group_members",
]);
const DAY_MS = 86_400_000;

let production: EnvironmentRef;
let development: EnvironmentRef;
/** Where more users are online than are sorted at once. */
let crowded: EnvironmentRef;

beforeAll(async () => {
  const apps = [await createTestApp(context()), await createTestApp(context())] as const;
  production = apps[0].production.ref;
  development = apps[0].development.ref;
  crowded = apps[1].production.ref;
  for (const { id } of [production, crowded, apps[1].development.ref]) {
    await bulkInsertUsers(context().db.pool, { environmentId: id, count: 20_000, now: context().now() });
    await context().db.pool.query(AUDIT_SQL, [id]);
    await context().db.pool.query(JOBS_SQL, [id]);
    await context().db.pool.query(PROFILES_SQL, [id]);
    await context().db.pool.query(MESSAGES_SQL, [id]);
    await context().db.pool.query(REFUSED_SQL, [id]);
    await context().db.pool.query(REGISTRATION_COUNTS_SQL, [id]);
    await context().db.pool.query(WAVES_SQL, [id]);
    await context().db.pool.query(FRIENDSHIPS_SQL, [id]);
    await context().db.pool.query(CONNECTIONS_SQL, [id, id === production.id ? 300 : 12_000]);
  }
  await insertTestUsers(
    context(),
    development,
    Array.from({ length: 100 }, (_, n) => ({
      userId: `e2e-run${n % 3}-${n}`,
      createdAt: context().now() - n * DAY_MS,
    })),
  );
  await context().db.prisma.operator.create({
    data: {
      id: "op-3",
      email: "olga@example.com",
      name: "Olga",
      role: "viewer",
      passwordHash: "",
      createdAt: new Date(),
    },
  });
  await context().db.pool.query("VACUUM ANALYZE");
}, 120_000);

const AUDIT_SQL = `
  INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source, result)
  SELECT $1::int, now() - interval '1 minute' * n,
    (CASE WHEN n % 50 = 0 THEN 'operator' ELSE 'app_server' END)::actor_kind, CASE WHEN n % 50 = 0 THEN 'op-' || n % 7 ELSE 'key' END, 'Name',
    CASE WHEN n % 200 = 0 THEN 'settings.changed' WHEN n % 3 = 0 THEN 'user.unbanned' ELSE 'user.banned' END,
    CASE WHEN n % 200 = 0 THEN 'settings' ELSE 'user' END, 'user_' || lpad((n % 4000)::text, 9, '0'), 'request-' || n, 'server_api',
    CASE WHEN n % 300 = 0 THEN 'forbidden' ELSE 'ok' END
  FROM generate_series(1, 20000) AS n`;

/** 300 users of the environment looked at are online, far more of the others. */
const CONNECTIONS_SQL = `
  INSERT INTO connections (environment_id, user_id, id, node_id, platform, sdk, device, ip, connected_at)
  SELECT $1::int, 'user_' || lpad((n * 61 % 20000)::text, 9, '0'), gen_random_uuid(), gen_random_uuid(), 'Web', '', '', '', now()
  FROM generate_series(1, $2::int) AS n`;

/** Everybody has a unique id and the tag "vip"; one in a hundred an e-mail address, the tag "beta" and a seat in "team". */
const PROFILES_SQL = `
  WITH profiles AS (
    INSERT INTO user_profiles (environment_id, user_id, unique_id, basic, version, registered_at)
    SELECT environment_id, user_id, 'u-' || user_id,
      CASE WHEN hashtext(user_id) % 100 = 0 THEN jsonb_build_object('email', user_id || '@example.com') ELSE '{"name":"x"}' END, 1, created_at
    FROM users WHERE environment_id = $1::int RETURNING user_id
  ), teams AS (
    INSERT INTO groups (environment_id, group_id, name, owner_id, created_at) SELECT $1::int, 'team', 'Team', '', now() RETURNING group_id
  ), members AS (
    INSERT INTO group_members (environment_id, group_id, user_id, joined_at)
    SELECT $1::int, group_id, user_id, now() FROM profiles, teams WHERE hashtext(user_id) % 100 = 0
  )
  INSERT INTO user_tags (environment_id, user_id, tags)
  SELECT $1::int, user_id, CASE WHEN hashtext(user_id) % 100 = 0 THEN '{vip,beta}'::text[] ELSE '{vip}' END FROM profiles`;

const MESSAGES_SQL = `
  INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, target_id, type, content, client_key)
  SELECT $1::int, n, 0, 1 + 2 * (n % 2), extract(epoch FROM now())::bigint * 1000, 'user_' || lpad((n % 5000)::text, 9, '0'),
    'user_' || lpad((n % 7000)::text, 9, '0'), 't', '', gen_random_uuid()
  FROM generate_series(1, 20000) AS n`;

const REGISTRATION_COUNTS_SQL = `
  INSERT INTO registration_counts (environment_id, bucket, kind, key, count, counted_at)
  SELECT $1::int, date_bin('10 minutes', now(), '2000-01-01') - interval '10 minutes' * n, k[1], k[2], 30, now()
  FROM generate_series(1, 2160) AS n, (VALUES (ARRAY['all', '']), (ARRAY['prefix', 'user_']), (ARRAY['name', 'ali'])) AS kinds(k)`;

const WAVES_SQL = `
  INSERT INTO registration_waves (environment_id, kind, key, since, last_at, ended_at, users, usual, threshold)
  SELECT $1::int, 'prefix', 'p' || n, now() - interval '1 hour' * n, now() - interval '1 hour' * n,
    CASE WHEN n > 1 THEN now() END, 60, 1, 50
  FROM generate_series(1, 3000) AS n`;

const REFUSED_SQL = `
  INSERT INTO refused_requests (environment_id, hour, endpoint, count)
  SELECT $1::int, date_trunc('hour', now()) - interval '1 hour' * n, '/v4/endpoint/' || e, 3
  FROM generate_series(0, 167) AS n, generate_series(1, 20) AS e`;

const FRIENDSHIPS_SQL = `
  INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
  SELECT $1::int, 'user_' || lpad((n % 5000)::text, 9, '0'), 'user_' || lpad((n % 7000)::text, 9, '0'), now()
  FROM generate_series(1, 20000) AS n`;

const JOBS_SQL = `
  WITH jobs AS (
    INSERT INTO jobs (environment_id, id, kind, state, params, total, created_at, created_by_id, created_by_name, request_id)
    SELECT $1::int, 'job-' || n, 'delete_test_users', 'finished', '{}', 10, now() - interval '1 hour' * n, 'op', 'Op', 'r'
    FROM generate_series(1, 2000) AS n RETURNING id
  )
  INSERT INTO job_items (environment_id, job_id, position, target_id, state)
  SELECT $1::int, id, n, 'user-' || n, 'succeeded' FROM jobs, generate_series(1, 10) AS n`;

const scansOf = (work: () => Promise<unknown>) => guardedScansOf(context().url, GUARDED, work);

test("the guard itself sees a scan", async () => {
  const scans = await scansOf(() => context().db.prisma.user.count({ where: { avatarUrl: "x" } }));
  expect(scans).toEqual([expect.stringMatching(/^users: SELECT/)]);
});

describe("users", () => {
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const ranges: UserListQueryInput[] = [{}, { from: day(200), to: day(199) }, { from: day(300), to: day(20) }];
  const searches = ["user_0000", "Ali", "nakamura", "a", "zzz", "user_000000017", "hoff gra", "an li", "x@example.com"];
  const viewer = () => operatorOf("viewer", production);

  test.each(USER_SORTS.flatMap((sort) => USER_STATUSES.map((status) => ({ sort, status }))))(
    "sort $sort, status $status",
    async ({ sort, status }) => {
      const scans = await scansOf(async () => {
        for (const range of ranges) {
          await walk((cursor) => listUsers(context(), viewer(), { sort, status, ...range, cursor }));
        }
      });
      expect(scans).toEqual([]);
    },
  );

  test.each(searches.flatMap((q) => USER_STATUSES.map((status) => ({ q, status }))))(
    "search $q, status $status",
    async ({ q, status }) => {
      const scans = await scansOf(async () => {
        for (const range of ranges) {
          await walk((cursor) => listUsers(context(), viewer(), { q, status, ...range, cursor }));
        }
      });
      expect(scans).toEqual([]);
    },
  );

  test.each(["all", "active"] as const)(
    "search by the start of ids numbered by registration passes at most a week of users older than the range, status %s",
    async (status) => {
      const queries = await recordQueries(() =>
        walk((cursor) => listUsers(context(), viewer(), { q: "user_", status, from: day(20), cursor })),
      );
      const client = new pg.Client({ connectionString: context().url, options: "-c timezone=UTC" });
      await client.connect();
      try {
        // Which way is the shortest, a page, the next, the one before it, the connections of a page's users, and the index's state.
        expect(queries).toHaveLength(6);
        // 9,500 ids before the range start with the text, 175 of them in a week. The names of the 1,000 users in it are looked at.
        for (const query of queries) expect(await rowsPassedOver(client, query)).toBeLessThan(1_400);
      } finally {
        await client.end();
      }
    },
  );

  test.each(["", ...searches].flatMap((q) => USER_STATUSES.map((status) => ({ q, status }))))(
    "counts and ids to select, search “$q”, status $status",
    async ({ q, status }) => {
      const scans = await scansOf(async () => {
        for (const range of ranges) {
          await countUsers(context(), viewer(), { q, status, ...range });
          await listMatchingUserIds(context(), viewer(), { q, status, ...range });
        }
      });
      expect(scans).toEqual([]);
    },
  );

  test.each(
    (["online", "offline"] as const).flatMap((presence) => USER_STATUSES.map((status) => ({ presence, status }))),
  )("$presence, status $status: every sort, search and count", async ({ presence, status }) => {
    const scans = await scansOf(async () => {
      for (const range of ranges) {
        for (const sort of USER_SORTS) {
          await walk((cursor) => listUsers(context(), viewer(), { presence, sort, status, ...range, cursor }));
        }
        for (const q of ["", ...searches]) {
          if (q !== "")
            await walk((cursor) => listUsers(context(), viewer(), { presence, q, status, ...range, cursor }));
          await countUsers(context(), viewer(), { presence, q, status, ...range });
          await listMatchingUserIds(context(), viewer(), { presence, q, status, ...range });
        }
      }
    });
    expect(scans).toEqual([]);
  });

  test.each<UserListQueryInput>([
    { tag: "vip" },
    { tag: "beta" },
    { tag: "nobody" },
    { group: "team" },
    { email: "yes" },
    { email: "no" },
    { uniqueId: "yes" },
    { uniqueId: "no" },
    { platform: "Web" },
    { platform: "iOS" },
    { unseen: 1 },
    { unseen: 90 },
    { seenFrom: day(3), seenTo: day(2) },
    { seenFrom: day(300) },
    { tag: "vip", uniqueId: "yes", unseen: 7, presence: "offline" },
  ])("filter %j: sorted, searched, counted, in a range and not", async (filter) => {
    const scans = await scansOf(async () => {
      // Each way of looking once: every combination is another order of the same parts.
      for (const [status, sort, q, range] of [
        ["all", "-created", "ali", {}],
        ["all", "seen", "hoff gra", { from: day(200), to: day(199) }],
        ["banned", "id", "user_0000", {}],
      ] as const) {
        const asked = { ...filter, status, ...range };
        await walk((cursor) => listUsers(context(), viewer(), { ...asked, sort, cursor }));
        await walk((cursor) => listUsers(context(), viewer(), { ...asked, q, cursor }));
        for (const searched of ["", q]) {
          await countUsers(context(), viewer(), { ...asked, q: searched });
          await listMatchingUserIds(context(), viewer(), { ...asked, q: searched });
        }
      }
    });
    expect(scans).toEqual([]);
  });

  test("online where more are connected than are sorted at once", async () => {
    const crowd = operatorOf("viewer", crowded);
    const scans = await scansOf(async () => {
      for (const sort of USER_SORTS) {
        await walk((cursor) => listUsers(context(), crowd, { presence: "online", sort, cursor }));
      }
      await countUsers(context(), crowd, { presence: "online", q: "ali" });
      await countOnlineNow(context(), crowd);
      await listConnections(context(), crowd, { userId: "user_000000061" });
    });
    expect(scans).toEqual([]);
  });

  test("the numbers beside the statuses and the heading", async () => {
    const scans = await scansOf(async () => {
      await countUsersByStatus(context(), viewer(), { q: "ali", unseen: 30 });
      await countUsersAndDeleted(context(), viewer(), {});
    });
    expect(scans).toEqual([]);
  });

  test("suggestions, one user's page and the other environment", async () => {
    const scans = await scansOf(async () => {
      await suggestUsers(context(), viewer(), { q: "ali" });
      await getUserDetail(context(), viewer(), { userId: "user_000000017" });
      await getProfileDetail(context(), viewer(), { userId: "user_000000017" });
      await batchGetUserProfiles(context(), viewer(), { userIds: ["user_000000017", "user_000000018"] });
      await batchGetUserTags(context(), viewer(), { userIds: ["user_000000017", "user_000000018"] });
      await findUserElsewhere(context(), operatorOf("viewer", development), { userId: "user_000000017" });
    });
    expect(scans).toEqual([]);
  });
});

describe("chat settings", () => {
  test("the impact of every change, and the plan of a revert", async () => {
    const viewer = operatorOf("viewer", production);
    const scans = await scansOf(async () => {
      await getSettingsImpact(context(), viewer, { figures: IMPACT_FIGURES.join(","), keys: "ext_a,ext_b" });
      await expect(planRevert(context(), viewer, { requestId: "request-200" })).rejects.toMatchObject({
        code: "not_found",
      });
    });
    expect(scans).toEqual([]);
  });
});

describe("bans and audit log", () => {
  const viewer = () => operatorOf("viewer", production);

  test.each([undefined, "operator", "app_server", "op-3", "op-none"])("bans by %s", async (by) => {
    const scans = await scansOf(async () => {
      for (const tab of ["active", "ended"] as const) {
        for (const reason of ["spam", "none such"]) {
          await walk((cursor) => listBans(context(), viewer(), { by, reason, tab, cursor }));
        }
      }
      await listUsualReasons(context(), viewer());
      await walk((cursor) => listBans(context(), viewer(), { by, cursor }));
      await walk((cursor) => listBans(context(), viewer(), { by, tab: "ended", cursor }));
      await listBans(context(), viewer(), { by, ends: "today" });
      for (const tab of ["active", "ended"] as const) {
        for (const q of ["user_00000001", "hoff gra", "a", "olga", "spam", "zzz"]) {
          await walk((cursor) => listBans(context(), viewer(), { by, tab, q, cursor }));
        }
        await listBans(context(), viewer(), { by, tab, ends: "7d", ended: "30d" });
      }
      await countActiveBans(context(), viewer());
      await listBansOfUser(context(), viewer(), { userId: "user_000000017" });
    });
    expect(scans).toEqual([]);
  });

  test.each<AuditListQueryInput>([
    {},
    { q: "op-3" },
    { q: "request-77" },
    { q: "Olga" },
    { action: "settings.changed" },
    { action: "user.banned" },
    { actor: "op-3" },
    { actorKind: "operator" },
    { actorKind: "system" },
    { user: "user_000000017" },
    { targetKind: "settings" },
    { request: "request-77" },
    { result: "refused" },
    { result: "forbidden" },
    { from: new Date(Date.now() - 5 * DAY_MS).toISOString(), to: new Date(Date.now() - 4 * DAY_MS).toISOString() },
    { action: "user.banned", actor: "op-3", result: "refused" },
    { category: "security" },
    { category: "security", q: "op-3" },
  ])("audit entries, %j", async (query) => {
    const scans = await scansOf(async () => {
      await walk((cursor) => listAuditEntries(context(), viewer(), { ...query, cursor }));
      const { rows } = await listAuditEntries(context(), viewer(), { size: 5 });
      const after = rows.at(-1)?.id ?? "";
      await countNewerAuditEntries(context(), viewer(), { ...query, after });
      await getAuditEntry(context(), viewer(), { id: after });
      await listUserActivity(context(), viewer(), { userId: "user_000000017" });
    });
    expect(scans).toEqual([]);
  });
});

test.each(NEWER_LISTS)("what has come since on the list %s", async (list) => {
  const viewer = operatorOf("viewer", production);
  const scans = await scansOf(async () => {
    const asked: Record<string, string>[] = [
      {},
      { q: "user_0000" },
      { tab: "ended", by: "operator" },
      { status: "banned", state: "dead" },
    ];
    for (const query of asked) {
      const after = await markNewest(context(), viewer, list, query);
      await countNewer(context(), viewer, { ...query, list, after });
    }
  });
  expect(scans).toEqual([]);
});

describe("registration waves", () => {
  test("what the sweeper asks while one begins and goes on, and what the overview asks", async () => {
    await insertTestUsers(
      context(),
      production,
      Array.from({ length: 200 }, (_, n) => ({ userId: `promo-${n}`, createdAt: context().now() - n })),
    );
    const scans = await scansOf(async () => {
      await watchRegistrations(context());
      context().advance(60_000);
      await watchRegistrations(context());
      const [wave] = await listWaves(context(), operatorOf("viewer", production));
      expect(wave).toMatchObject({ kind: "prefix", key: "promo-" });
      await deleteOldRegistrationCounts(context().db.prisma, new Date(context().now()), 10);
      await deleteOldWaves(context().db.prisma, new Date(context().now()), 10);
      await deleteOldRefusedRequests(context().db.prisma, new Date(context().now()), 10);
    });
    expect(scans).toEqual([]);
  });
});

describe("overview, quota, deletion and jobs", () => {
  test.each(["production", "development"] as const)("the overview of %s", async (name) => {
    const viewer = operatorOf("viewer", name === "production" ? production : development);
    const scans = await scansOf(async () => {
      await countRegistered(context(), viewer);
      await countNewUsers(context(), viewer);
      await getDailyFigures(context(), viewer, { days: 90 });
      await getFirstSteps(context(), viewer);
      await countBanned(context(), viewer);
      await getBansEndingSoon(context(), viewer);
      await listRunningJobs(context(), viewer);
      await getQuotaUse(context(), viewer);
      await getApiUse(context(), viewer);
    });
    expect(scans).toEqual([]);
  });

  /** Claims the environment's job and does some steps of it: parts of its selection, then batches. */
  const runSome = async (jobId: string, steps: number) => {
    const job = await claimJob(context().db.prisma, production.id, context().now());
    if (job?.id !== jobId) throw new Error("no job to claim");
    let left = steps;
    await runJob(context(), job, () => left-- === 0);
  };

  test.each([
    { by: "users", filter: {} },
    { by: "users", filter: { q: "nakamura", status: "active" } },
    { by: "users", filter: { status: "banned" } },
    { by: "bans", filter: {} },
    { by: "bans", filter: { by: "operator" } },
    { by: "bans", filter: { by: "op-3", reason: "spam" } },
    { by: "deleted", filter: {} },
  ] as const)("the dry run of %j, and how the worker chooses", { timeout: 60_000 }, async (selection) => {
    const admin = operatorOf("admin", production);
    const act = selection.by === "deleted" ? ({ kind: "restore" } as const) : ({ kind: "unban" } as const);
    const scans = await scansOf(async () => {
      const plan = await planBulk(context(), admin, { act, selection });
      const { jobId } = await startBulk(context(), admin, {
        act,
        selection,
        plan: { ...plan, count: Math.max(1, plan.count) },
        phrase: bulkPhrase(act.kind, "production", plan) ?? "",
      });
      await runSome(jobId, 2);
      await cancelJob(context(), admin, { jobId });
    });
    expect(scans).toEqual([]);
  });

  test.each([
    { kind: "add_tag", tag: "wave" },
    { kind: "ban", durationMinutes: 60, reason: "raid" },
    { kind: "unban" },
    { kind: "invalidate_tokens" },
  ] as const)("a job that does %j, and its undo", { timeout: 60_000 }, async (act) => {
    const admin = operatorOf("admin", production);
    const userIds = Array.from({ length: 40 }, (_, n) => `user_${String(n * 401).padStart(9, "0")}`);
    const selection = { by: "ids", userIds } as const;
    if (act.kind === "unban") await banUsers(context(), admin, { userIds, durationMinutes: 60, reason: "raid" });
    const scans = await scansOf(async () => {
      const plan = await planBulk(context(), admin, { act, selection });
      const { jobId } = await startBulk(context(), admin, { act, selection, plan });
      await runSome(jobId, 3);
      expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished" });
      if (act.kind === "invalidate_tokens") return;
      await runSome((await undoJob(context(), admin, { jobId })).jobId, 3);
    });
    expect(scans).toEqual([]);
  });

  test("all jobs, and the sweep of old ones", async () => {
    const viewer = operatorOf("viewer", production);
    const scans = await scansOf(async () => {
      for (const query of [{}, { state: "cancelled" }, { kind: "ban" }] as const) {
        await walk((cursor) => listJobs(context(), viewer, { ...query, cursor }));
      }
      await deleteItemsOfOldJobs(context().db.prisma, new Date(context().now()), 1_000);
      await deleteOldJobs(context().db.prisma, new Date(context().now()), 1_000);
    });
    expect(scans).toEqual([]);
  });

  test("an import, from the dry run to its report", async () => {
    const admin = operatorOf("admin", production);
    const text = [
      "userId,name",
      ...Array.from({ length: 300 }, (_, n) => `user_${String(n * 97).padStart(9, "0")},Ana ${n}`),
    ];
    const mapping = { userId: "userId", name: "name", avatarUrl: "" };
    const scans = await scansOf(async () => {
      const file = { text: text.join("\n"), mapping, existing: "update" } as const;
      await planImport(context(), admin, file);
      const { jobId } = await startImport(context(), admin, file);
      const job = await claimJob(context().db.prisma, production.id, context().now());
      if (job?.id !== jobId) throw new Error("no job to claim");
      await runJob(context(), job, () => false);
    });
    expect(scans).toEqual([]);
  });

  test("the quota, every dry run, the start, the worker and the job's page", async () => {
    const admin = operatorOf("admin", development);
    const scans = await scansOf(async () => {
      await getQuota(context(), admin);
      await changeUserLimit(context(), operatorOf("owner", development), { limit: 200, seen: { limit: 100 } });
      const since = new Date(Date.now() - 50 * DAY_MS);
      await planDeletion(context(), admin, { by: "ids", userIds: ["e2e-run0-0", "nobody"] });
      await planDeletion(context(), admin, { by: "created", before: since });
      await planDeletion(context(), admin, { by: "unseen", since });
      const selection = { by: "prefix", prefix: "e2e-run1-" } as const;
      const plan = await planDeletion(context(), admin, selection);
      const { jobId } = await startDeletion(context(), admin, {
        selection,
        phrase: plan.phrase,
        expectedCount: plan.count,
      });
      const [found] = await findEnvironmentsWithJobs(context().db.prisma, context().now());
      if (found !== development.id) throw new Error("no job to find");
      const job = await claimJob(context().db.prisma, found, context().now());
      if (job === null) throw new Error("no job to claim");
      await runJob(context(), job, () => false);
      await getJob(context(), admin, { jobId });
      await walk((cursor) => listJobItems(context(), admin, { jobId, cursor }));
      await listJobItems(context(), admin, { jobId, state: "failed" });
      await retryFailed(context(), admin, { jobId });
      await cancelJob(context(), admin, { jobId });
      await deleteTestUser(context(), admin, { userId: "e2e-run0-0", confirmation: "e2e-run0-0" });
    });
    expect(scans).toEqual([]);
  });
});
