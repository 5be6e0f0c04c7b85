import { beforeAll, describe, expect, test } from "vitest";
import { bulkInsertUsers } from "@/bench/console/bulk-users";
import { scansOf } from "@/test/plans/scans";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentRef } from "../actor";
import { buildSearch } from "../search/build-search";
import { countUsers } from "./count-users";
import { listMatchingUserIds } from "./list-matching-user-ids";
import type { UserListQueryInput } from "./list-schema";
import { listUsers } from "./list-users";

/**
 * A word that very many bear under a filter that leaves very many, of whom few are both: whichever side is looked at, the same users
 * come in the same order.
 */

const context = testContext();
const HALF = 13_000;
const DAY_MS = 86_400_000;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly banned: boolean;
  readonly tagged: boolean;
  readonly created: number;
}

/** One half are Ana, active and without a tag; the other half are Ben, banned and tagged; a few of each are as the others. */
const PEOPLE: readonly Person[] = Array.from({ length: 2 * HALF }, (_, n) => {
  const ana = n < HALF;
  const other = n % 331 === 330;
  return {
    id: `${ana ? "ua" : "ub"}${String((n * 7_919) % HALF).padStart(5, "0")}`,
    name: `${ana ? "Ana" : "Ben"} ${n % 97}${n % 5 === 0 ? " Ana" : ""}`,
    banned: ana === other,
    tagged: ana === other,
    created: n,
  };
});

let environment: EnvironmentRef;
const viewer = () => operatorOf("viewer", environment);

beforeAll(async () => {
  const { production, development } = await createTestApp(context());
  environment = production.ref;
  // Without others in the table, reading all of it would be the best plan.
  await bulkInsertUsers(context().db.pool, { environmentId: development.ref.id, count: 120_000, now: context().now() });
  const now = context().now();
  await context().db.pool.query(
    `WITH people AS (
      SELECT * FROM unnest($2::text[], $3::text[], $4::boolean[], $5::boolean[], $6::int[]) AS p(id, name, banned, tagged, created)
    ), made AS (
      INSERT INTO users (environment_id, user_id, name, avatar_url, created_at, banned_until)
      SELECT $1::int, id, name, '', $7::timestamptz + interval '1 second' * created, CASE WHEN banned THEN $7::timestamptz + interval '60 days' END
      FROM people
    )
    INSERT INTO user_tags (environment_id, user_id, tags) SELECT $1::int, id, '{vip}' FROM people WHERE tagged`,
    [
      environment.id,
      PEOPLE.map(({ id }) => id),
      PEOPLE.map(({ name }) => name),
      PEOPLE.map(({ banned }) => banned),
      PEOPLE.map(({ tagged }) => tagged),
      PEOPLE.map(({ created }) => created),
      new Date(now - 30 * DAY_MS).toISOString(),
    ],
  );
  await buildSearch(context(), environment.id);
  await context().owner.query("VACUUM ANALYZE users, user_search_terms, user_tags");
}, 120_000);

/** The pages up to `most`, and that the way back meets the same. */
async function walked(query: UserListQueryInput, most: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUsers(context(), viewer(), { ...query, size: 100, cursor });
    if (cursor !== undefined) {
      const back = await listUsers(context(), viewer(), { ...query, size: 100, cursor: page.previous ?? "" });
      expect(back.rows.map(({ userId }) => userId)).toEqual(ids.slice(-100));
    }
    ids.push(...page.rows.map(({ userId }) => userId));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && ids.length < most);
  return ids;
}

/** The group of a match and its key within the group, as decision 65 orders them; null: no match. For one word, and ids. */
function placeOf({ id, name }: Person, q: string): readonly [group: number, key: string] | null {
  if (id.startsWith(q)) return [2, ""];
  const words = name.toLowerCase().split(" ");
  const at = words.findIndex((word) => word.startsWith(q));
  if (at === -1) return null;
  if (at === 0) return [3, words.join(" ")];
  return [5, `${words.slice(at).join(" ")} / ${words.slice(0, at).join(" ")}`];
}

const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function expected(q: string, passes: (person: Person) => boolean): string[] {
  return PEOPLE.flatMap((person) => {
    const place = placeOf(person, q);
    return place === null || !passes(person) ? [] : [{ id: person.id, place }];
  })
    .sort((a, b) => a.place[0] - b.place[0] || byBytes(a.place[1], b.place[1]) || byBytes(a.id, b.id))
    .map(({ id }) => id);
}

const CASES: ReadonlyArray<readonly [query: UserListQueryInput & { q: string }, passes: (person: Person) => boolean]> =
  [
    [{ q: "ana", status: "banned" }, ({ banned }) => banned],
    [{ q: "ben", status: "banned" }, ({ banned }) => banned],
    // Nobody can be taken from this one: only the words are left.
    [{ q: "ben", status: "active" }, ({ banned }) => !banned],
    [{ q: "ana", tag: "vip" }, ({ tagged }) => tagged],
    [{ q: "ana", tag: "vip", status: "banned" }, ({ tagged, banned }) => tagged && banned],
    [{ q: "ua", tag: "vip" }, ({ tagged }) => tagged],
    [{ q: "u", tag: "vip" }, ({ tagged }) => tagged],
    [{ q: "ben", presence: "offline", status: "active" }, ({ banned }) => !banned],
  ];

describe.each(CASES)("%j", (query, passes) => {
  test("comes as by looking at everybody, page by page and back", async () => {
    const all = expected(query.q, passes);
    const found = await walked(query, 500);
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(all.slice(0, found.length));
    if (found.length < 500) expect(found).toHaveLength(all.length);
  });

  test("counts and names the same", async () => {
    const all = expected(query.q, passes);
    const counted = await countUsers(context(), viewer(), query);
    expect(counted).toEqual({ count: Math.min(all.length, 10_000), capped: all.length > 10_000 });
    const { userIds, capped } = await listMatchingUserIds(context(), viewer(), query);
    expect(capped).toBe(all.length > 100);
    if (!capped) expect([...userIds].sort(byBytes)).toEqual([...all].sort(byBytes));
  });

  test("reads no table from end to end", async () => {
    // Nobody else has tags: reading all of them is right here.
    const scans = await scansOf(context().url, new Set(["users", "user_search_terms"]), async () => {
      await listUsers(context(), viewer(), query);
      await countUsers(context(), viewer(), query);
      await listMatchingUserIds(context(), viewer(), query);
    });
    expect(scans).toEqual([]);
  });
});
