import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import { recordQueries, rowsPassedOver } from "@/test/plans/recorded-queries";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { Operator } from "../actor";
import { countUsers } from "./count-users";
import { listMatchingUserIds } from "./list-matching-user-ids";
import type { UserListQueryInput } from "./list-schema";
import { listUsers } from "./list-users";

/** Filters that look beyond the user's own row and leave more users than are taken at once, none of whom is among the newest. */

const context = testContext();
const USERS = 30_000;
const ONLINE = 11_000;
let viewer: Operator;
/** Ids of those online, oldest first. */
let online: string[];

beforeAll(async () => {
  const { ref } = (await createTestApp(context())).production;
  const { pool } = context().db;
  viewer = operatorOf("viewer", ref);
  await bulkInsertUsers(pool, { environmentId: ref.id, count: USERS, now: context().now() });
  const { rows } = await pool.query<{ user_id: string }>(
    `WITH oldest AS (
       SELECT user_id, created_at FROM users WHERE environment_id = $1 AND soft_deleted_at IS NULL ORDER BY created_at, user_id LIMIT $2
     ), made AS (
       INSERT INTO connections (environment_id, user_id, id, node_id, platform, sdk, device, ip, connected_at)
       SELECT $1, user_id, gen_random_uuid(), gen_random_uuid(), 'Web', '', '', '', now() FROM oldest
     ), tagged AS (
       INSERT INTO user_tags (environment_id, user_id, tags) SELECT $1, user_id, '{five}' FROM oldest ORDER BY created_at, user_id LIMIT 5
     )
     SELECT user_id FROM oldest ORDER BY created_at, user_id`,
    [ref.id, ONLINE],
  );
  online = rows.map((row) => row.user_id);
  await pool.query("VACUUM ANALYZE");
}, 120_000);

async function pagesOf(query: UserListQueryInput, most = Number.POSITIVE_INFINITY) {
  const pages = [await listUsers(context(), viewer, { ...query, size: 100 })];
  for (let next = pages[0]?.next; next !== null && next !== undefined && pages.length < most; ) {
    const page = await listUsers(context(), viewer, { ...query, size: 100, cursor: next });
    pages.push(page);
    next = page.next;
  }
  return pages;
}

const idsOf = (pages: Awaited<ReturnType<typeof pagesOf>>) =>
  pages.flatMap((page) => page.rows.map(({ userId }) => userId));
const bytewise = (one: string, other: string) => (one < other ? -1 : 1);

test("where the newest do not fill a page, it comes in the order of ids and says so, there and back", async () => {
  const pages = await pagesOf({ presence: "online" }, 4);
  expect(idsOf(pages)).toEqual([...online].sort(bytewise).slice(0, 400));
  expect(pages.map(({ order, sortUnavailable }) => [order, sortUnavailable])).toEqual(pages.map(() => ["id", true]));
  const back = await listUsers(context(), viewer, { presence: "online", size: 100, cursor: pages[2]?.previous ?? "" });
  expect(back.rows).toEqual(pages[1]?.rows);
  const downwards = await pagesOf({ presence: "online", sort: "-id" }, 2);
  expect(idsOf(downwards)).toEqual([...online].sort(bytewise).reverse().slice(0, 200));
  expect(downwards[0]?.sortUnavailable).toBe(false);
});

test("a list that has begun in its order stays in it to its end, and nobody is missing", async () => {
  const pages = await pagesOf({ presence: "online", sort: "created" });
  expect(idsOf(pages)).toEqual(online);
  expect(new Set(pages.map(({ order }) => order))).toEqual(new Set(["created"]));
  expect(pages.some(({ sortUnavailable }) => sortUnavailable)).toBe(false);
});

test("a count is exact where all were looked at, and says at least how many where not", async () => {
  const count = (filter: UserListQueryInput) => countUsers(context(), viewer, filter);
  expect(await count({ presence: "online" })).toEqual({ count: 10_000, capped: true });
  const active = await count({ presence: "online", status: "active" });
  expect(active.capped).toBe(true);
  expect(active.count).toBeGreaterThan(3_800);
  expect(active.count).toBeLessThan(4_001);
  expect(await count({ presence: "online", tag: "five" })).toEqual({ count: 5, capped: false });
  expect(await count({ presence: "online", platform: "iOS" })).toEqual({ count: 0, capped: false });
  const { count: banned, capped } = await count({ presence: "online", status: "banned" });
  expect(capped).toBe(false);
  expect(banned).toBe((await pagesOf({ presence: "online", status: "banned" })).flatMap(({ rows }) => rows).length);
});

test("ids to select are those of the filter, and nobody is looked for among the soft-deleted", async () => {
  const { userIds, capped } = await listMatchingUserIds(context(), viewer, { presence: "online" });
  expect(userIds).toEqual([...online].sort(bytewise).slice(0, 100));
  expect(capped).toBe(true);
  const queries = await recordQueries(async () => {
    expect((await listMatchingUserIds(context(), viewer, { status: "deleted" })).userIds).toEqual([]);
  });
  expect(queries).toEqual([]);
});

test("a filter that nobody passes costs a look at its own rows, not at all users", async () => {
  const client = new pg.Client({ connectionString: context().url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const asked = [
      () => listUsers(context(), viewer, { presence: "online", platform: "iOS" }),
      () => listUsers(context(), viewer, { presence: "online", email: "yes" }),
    ];
    for (const ask of asked) {
      for (const query of await recordQueries(ask)) {
        expect(await rowsPassedOver(client, query)).toBeLessThan(ONLINE + 100);
      }
    }
  } finally {
    await client.end();
  }
});
