import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers, type TestUser } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { searchName, searchWords } from "../search/fold";
import { countUsers } from "./count-users";
import { listMatchingUserIds } from "./list-matching-user-ids";
import {
  PRESENCES,
  USER_SORTS,
  USER_STATUSES,
  type UserListQueryInput,
  UserListQuerySchema,
  type UserPage,
} from "./list-schema";
import { listUsers } from "./list-users";
import { countListedUsers } from "./listed-users-store";
import { suggestUsers } from "./suggest-users";
import { userCondition } from "./user-condition";
import { findUsers } from "./user-list-store";

const context = testContext();
const DAY_MS = 86_400_000;
/** The tests' users live around this day; bans are relative to the real clock. */
const START = Date.UTC(2026, 4, 1);

/** Walks to the end and back again; returns the pages forwards. Fails when the way back shows other rows. */
async function walk(ctx: Context, environment: EnvironmentRef, query: UserListQueryInput): Promise<UserPage[]> {
  const actor = operatorOf("viewer", environment);
  const pages: UserPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUsers(ctx, actor, { ...query, cursor });
    pages.push(page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && pages.length < 50);
  const last = pages.at(-1);
  let back = last?.previous ?? undefined;
  for (let i = pages.length - 2; i >= 0; i--) {
    const page = await listUsers(ctx, actor, { ...query, cursor: back });
    expect(page.rows).toEqual(pages[i]?.rows);
    back = page.previous ?? undefined;
  }
  expect(back).toBeUndefined();
  return pages;
}

const idsOf = (pages: readonly UserPage[]) => pages.flatMap((page) => page.rows.map((row) => row.userId));

async function development(users: readonly TestUser[]): Promise<EnvironmentRef> {
  const app = await createTestApp(context());
  await insertTestUsers(context(), app.development.ref, users);
  return app.development.ref;
}

// The oracle: the same list worked out in memory, the slow and obvious way.

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function passes(user: Required<TestUser>, query: UserListQueryInput, now: number): boolean {
  const banned = user.bannedUntil !== null && user.bannedUntil > now;
  const status = user.softDeletedAt !== null ? "deleted" : banned ? "banned" : "active";
  if (query.status !== undefined && query.status !== "all" && status !== query.status) return false;
  if (query.presence === "online" && user.connections === 0) return false;
  if (query.presence === "offline" && user.connections > 0) return false;
  const connected = query.platform === undefined || (query.platform === "Web" && user.connections > 0);
  if (!connected) return false;
  if (query.tag !== undefined && !user.tags.includes(query.tag)) return false;
  if (query.group !== undefined && !user.groups.includes(query.group)) return false;
  if (query.run !== undefined && user.run !== query.run) return false;
  if (query.email !== undefined && query.email !== "any" && (query.email === "yes") !== (user.email !== ""))
    return false;
  const { uniqueId = "any", unseen, seenFrom, seenTo } = query;
  if (uniqueId !== "any" && (uniqueId === "yes") !== (user.uniqueId !== "")) return false;
  const seen = user.lastSeenAt ?? -Infinity;
  if (unseen !== undefined && seen >= now - Number(unseen) * DAY_MS) return false;
  if ((seenFrom !== undefined || seenTo !== undefined) && user.lastSeenAt === null) return false;
  if (seenFrom !== undefined && seen < Date.parse(seenFrom)) return false;
  if (seenTo !== undefined && seen >= Date.parse(seenTo) + DAY_MS) return false;
  if (query.from !== undefined && user.createdAt < Date.parse(query.from)) return false;
  return query.to === undefined || user.createdAt < Date.parse(query.to) + DAY_MS;
}

function relevance(user: Required<TestUser>, q: string, lead: string | null): [number, string] | null {
  if (user.userId === q) return [0, ""];
  if (user.userId.startsWith(q)) return [2, ""];
  // Its name is erased.
  if (user.softDeletedAt !== null) return null;
  const full = searchName(user.name);
  const [words, searched] = [full.split(" "), searchWords(q)];
  if (lead === null || !searched.every((word) => words.some((own) => own.startsWith(word)))) return null;
  if (full.startsWith(searched.join(" "))) return [3, full];
  const [first = "", ...later] = words;
  if (first.startsWith(lead)) return [4, full];
  const own = later.filter((word) => word.startsWith(lead)).sort(byBytes)[0] ?? "";
  const at = words.indexOf(own);
  return [5, `${words.slice(at).join(" ")} / ${words.slice(0, at).join(" ")}`];
}

/** The word that fewest names have, or the longest of those. */
function leadOf(users: readonly Required<TestUser>[], q: string): string | null {
  const searched = [...new Set(searchWords(q))];
  const all = users.filter((user) => user.softDeletedAt === null).flatMap((user) => searchName(user.name).split(" "));
  const count = (word: string) => all.filter((own) => own.startsWith(word)).length;
  const words = searched.filter((word) => !searched.some((other) => other !== word && other.startsWith(word)));
  return words.sort((a, b) => count(a) - count(b) || b.length - a.length)[0] ?? null;
}

function oracle(users: readonly Required<TestUser>[], query: UserListQueryInput, now: number): string[] {
  const q = query.q ?? "";
  const lead = leadOf(users, q);
  const found = users.flatMap((user) => {
    const place: [number, string] | null = q === "" ? [9, ""] : relevance(user, q, lead);
    return place === null || (place[0] > 0 && !passes(user, query, now)) ? [] : [{ user, place }];
  });
  if (q !== "" && (query.sort === undefined || query.sort === "relevance")) {
    return found
      .sort(
        (a, b) => a.place[0] - b.place[0] || byBytes(a.place[1], b.place[1]) || byBytes(a.user.userId, b.user.userId),
      )
      .map(({ user }) => user.userId);
  }
  const sort = query.sort === undefined || query.sort === "relevance" ? "-created" : query.sort;
  const key = (user: Required<TestUser>) =>
    sort.endsWith("created") ? user.createdAt : sort.endsWith("seen") ? (user.lastSeenAt ?? -Infinity) : 0;
  const direction = sort.startsWith("-") ? -1 : 1;
  return found
    .map(({ user }) => user)
    .sort((a, b) => {
      const [keyA, keyB] = [key(a), key(b)];
      return direction * (keyA === keyB ? byBytes(a.userId, b.userId) : keyA < keyB ? -1 : 1);
    })
    .map((user) => user.userId);
}

// Few different letters and times, so that prefixes, ties and duplicates between the groups of a search are common.
const letters = fc.string({ unit: fc.constantFrom("a", "b", "A", "-", "1"), minLength: 1, maxLength: 4 });
const word = fc.string({ unit: fc.constantFrom("a", "b", "A", "B", "é", "É", "ß", "娜"), minLength: 1, maxLength: 3 });
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
const moment = fc.integer({ min: 0, max: 6 }).map((day) => START + day * DAY_MS);
const userArbitrary = fc.record({
  userId: letters,
  name,
  createdAt: moment,
  lastSeenAt: fc.option(moment),
  bannedUntil: fc.option(fc.constantFrom(Date.now() - DAY_MS, Date.now() + DAY_MS)),
  softDeletedAt: fc.option(moment, { freq: 3 }),
  connections: fc.nat(2),
  tags: fc.subarray(["vip", "beta"]),
  groups: fc.subarray(["team", "Team"]),
  run: fc.constantFrom("", "", "pw"),
  email: fc.constantFrom("", "", "a@example.com"),
  uniqueId: fc.constantFrom("", "", "1"),
});
const day = fc.integer({ min: 0, max: 6 }).map((n) => new Date(START + n * DAY_MS).toISOString().slice(0, 10));
/** How many days ago the days of the tests are. */
const daysAgo = fc.integer({ min: 0, max: 6 }).map((n) => String(Math.floor((Date.now() - START) / DAY_MS) - n));
const queryArbitrary = fc.record({
  q: fc.option(fc.oneof(letters, word, name, fc.constant("")), { nil: undefined }),
  status: fc.constantFrom(...USER_STATUSES),
  presence: fc.constantFrom(...PRESENCES),
  from: fc.option(day, { nil: undefined }),
  to: fc.option(day, { nil: undefined }),
  sort: fc.constantFrom(...USER_SORTS, "relevance" as const),
  // Mostly none of these, so that some rows are left.
  tag: fc.option(fc.constantFrom("vip", "none"), { nil: undefined, freq: 2 }),
  group: fc.option(fc.constantFrom("team", "nowhere"), { nil: undefined, freq: 2 }),
  run: fc.option(fc.constantFrom("pw", "nowhere"), { nil: undefined, freq: 2 }),
  email: fc.constantFrom("any", "any", "yes", "no"),
  uniqueId: fc.constantFrom("any", "any", "yes", "no"),
  platform: fc.option(fc.constantFrom("Web", "iOS"), { nil: undefined, freq: 2 }),
  unseen: fc.option(daysAgo, { nil: undefined, freq: 2 }),
  seenFrom: fc.option(day, { nil: undefined, freq: 2 }),
  seenTo: fc.option(day, { nil: undefined, freq: 2 }),
});

describe("the users list agrees with the plain list worked out in memory", () => {
  test("under random filters, sorts and searches, to the end and back, and never shows another environment", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(userArbitrary, { selector: (user) => user.userId, minLength: 20, maxLength: 120 }),
        fc.array(queryArbitrary, { minLength: 6, maxLength: 6 }),
        async (users, queries) => {
          const app = await createTestApp(context());
          await insertTestUsers(context(), app.development.ref, users);
          await insertTestUsers(
            context(),
            app.production.ref,
            users.map((user) => ({ ...user, name: `Other ${user.name}` })),
          );
          for (const query of queries) {
            const expected = oracle(users, query, context().now());
            const pages = await walk(context(), app.development.ref, query);
            expect(idsOf(pages), JSON.stringify(query)).toEqual(expected);
            for (const row of pages.flatMap((page) => page.rows)) {
              expect(row.connections).toBe(users.find((user) => user.userId === row.userId)?.connections);
            }
            expect(pages.flatMap((page) => page.rows).some((row) => row.name.startsWith("Other "))).toBe(false);
            const { few, ...condition } = await userCondition(
              context(),
              app.development.ref,
              UserListQuerySchema.parse(query),
            );
            if ((query.q ?? "") === "" && few !== undefined) {
              // The other way to the same rows, taken where very many pass the filter.
              const { prisma } = context().db;
              const sort = query.sort === undefined || query.sort === "relevance" ? "-created" : query.sort;
              const walked = await findUsers(prisma, app.development.ref.id, condition, sort, null, 1_000);
              expect(walked.map((row) => row.userId)).toEqual(expected);
              const counted = await countListedUsers(prisma, app.development.ref.id, null, condition, 1_000);
              expect(counted).toEqual({ count: expected.length, capped: false });
            }
            const actor = operatorOf("viewer", app.development.ref);
            expect(await countUsers(context(), actor, query)).toEqual({ count: expected.length, capped: false });
            const deleted = new Set(users.filter((user) => user.softDeletedAt !== null).map((user) => user.userId));
            const matching = await listMatchingUserIds(context(), actor, query);
            expect(matching.userIds.sort()).toEqual(expected.filter((id) => !deleted.has(id)).sort());
            if (query.q) {
              const all = oracle(users, { q: query.q }, context().now());
              const suggested = await suggestUsers(context(), actor, { q: query.q });
              expect(suggested.map((row) => row.userId)).toEqual(all.slice(0, 8));
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});

test("in production the filter by a test run finds nobody, rather than everybody", async () => {
  const { production } = await createTestApp(context());
  await insertTestUsers(context(), production.ref, [{ userId: "alice" }]);
  const viewer = operatorOf("viewer", production.ref);
  for (const q of ["", "alice x", "ali"]) {
    expect((await listUsers(context(), viewer, { q, run: "pw" })).rows).toEqual([]);
    expect(await countUsers(context(), viewer, { q, run: "pw" })).toEqual({ count: 0, capped: false });
    expect((await listMatchingUserIds(context(), viewer, { q, run: "pw" })).userIds).toEqual([]);
  }
});

describe("every filter with every sort", () => {
  const users = Array.from({ length: 140 }, (_, n) => ({
    userId: `user-${String((n * 37) % 140).padStart(3, "0")}`,
    name: `Name ${n}`,
    // Many ties: seven users share each creation and each sighting.
    createdAt: START + Math.floor(n / 7) * 3_600_000,
    lastSeenAt: n % 5 === 0 ? null : START + (n % 20) * DAY_MS,
    bannedUntil: n % 2 === 0 ? Date.now() + DAY_MS : null,
    softDeletedAt: n % 3 === 0 ? START : null,
    connections: 0,
    tags: [],
    groups: [],
    run: "",
    email: "",
    uniqueId: "",
  }));
  const ranges = [{}, { from: "2026-05-01", to: "2026-05-01" }, { from: "2026-05-02" }, { to: "2026-04-30" }];

  test.each(USER_SORTS.flatMap((sort) => USER_STATUSES.map((status) => ({ sort, status }))))(
    "sort $sort, status $status, with and without a created range",
    async ({ sort, status }) => {
      const environment = await development(users);
      for (const range of ranges) {
        const query = { sort, status, ...range };
        const pages = await walk(context(), environment, query);
        expect(idsOf(pages)).toEqual(oracle(users, query, context().now()));
        expect(pages[0]?.order).toBe(sort);
        expect(pages[0]?.previous).toBeNull();
      }
    },
  );
});

describe("paging while users come and go", () => {
  const users = Array.from({ length: 75 }, (_, n) => ({
    userId: `u${String(n).padStart(2, "0")}`,
    createdAt: START + n,
  }));

  test("a user who registers meanwhile shifts nothing: no row twice, none lost", async () => {
    const environment = await development(users);
    const actor = operatorOf("viewer", environment);
    const first = await listUsers(context(), actor, {});
    await insertTestUsers(context(), environment, [{ userId: "new", createdAt: START + 1_000 }]);
    const second = await listUsers(context(), actor, { cursor: first.next ?? undefined });
    expect(first.rows.map((row) => row.userId)).toEqual(
      users
        .slice(50)
        .reverse()
        .map((user) => user.userId),
    );
    expect(second.rows.map((row) => row.userId)).toEqual(
      users
        .slice(25, 50)
        .reverse()
        .map((user) => user.userId),
    );
    // Back from the second page one row has been pushed over the edge, and Previous leads to the new one.
    const back = await listUsers(context(), actor, { cursor: second.previous ?? undefined });
    expect(back.rows.map((row) => row.userId)).toEqual(first.rows.map((row) => row.userId));
    const beginning = await listUsers(context(), actor, { cursor: back.previous ?? undefined });
    expect(beginning.rows[0]?.userId).toBe("new");
    expect(beginning.rows).toHaveLength(25);
    expect(beginning.previous).toBeNull();
  });

  test("a page whose rows are gone meanwhile shows the first page, never an empty one", async () => {
    const environment = await development(users);
    const actor = operatorOf("viewer", environment);
    const first = await listUsers(context(), actor, { size: 50 });
    await context().db.prisma.user.deleteMany({ where: { environmentId: environment.id, userId: { lt: "u25" } } });
    const second = await listUsers(context(), actor, { size: 50, cursor: first.next ?? undefined });
    expect(second.rows).toEqual(first.rows);
    expect(second).toMatchObject({ next: null, previous: null });
  });

  test.each(["nonsense", "", "a".repeat(3_000), Buffer.from('["-created",1,["x",5]]').toString("base64url")])(
    "a cursor that cannot be read gives the first page: %.20s",
    async (cursor) => {
      const environment = await development(users);
      const actor = operatorOf("viewer", environment);
      expect((await listUsers(context(), actor, { cursor })).rows[0]?.userId).toBe("u74");
    },
  );

  test("a cursor of another sort gives that sort's first page", async () => {
    const environment = await development(users);
    const actor = operatorOf("viewer", environment);
    const { next } = await listUsers(context(), actor, {});
    expect((await listUsers(context(), actor, { sort: "id", cursor: next ?? undefined })).rows[0]?.userId).toBe("u00");
  });

  test("random text as a cursor never fails", async () => {
    const environment = await development(users);
    const actor = operatorOf("viewer", environment);
    const forged = fc
      .tuple(fc.constantFrom("-created", "seen", "id", "relevance"), fc.constantFrom(0, 1), fc.anything())
      .map((parts) => Buffer.from(JSON.stringify(parts) ?? "").toString("base64url"));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), forged), fc.constantFrom(...USER_SORTS), async (cursor, sort) => {
        expect((await listUsers(context(), actor, { cursor, sort })).rows).toHaveLength(25);
      }),
      { numRuns: 100 },
    );
  });
});

describe("search", () => {
  test("puts the exact id first whatever its state, then ids, names and later words of names that start with it", async () => {
    const environment = await development([
      { userId: "ali", name: "Zed", softDeletedAt: START },
      { userId: "alice", name: "Alice Adams" },
      { userId: "Alina", name: "Ali Baba" },
      { userId: "u1", name: "ALISON" },
      { userId: "u2", name: "Muhammad Ali" },
      { userId: "u3", name: "Muhammad Ali Khan" },
      { userId: "u4", name: "Natalie" },
    ]);
    const page = await listUsers(context(), operatorOf("viewer", environment), { q: " ali ", status: "active" });
    expect(page.rows.map((row) => row.userId)).toEqual(["ali", "alice", "Alina", "u1", "u2", "u3"]);
    expect(page).toMatchObject({ order: "relevance", exactMatch: "ali", sortUnavailable: false });
    expect(page.rows[0]?.status).toBe("deleted");
  });

  test.each(["%", "_", "\\", "'", "a\u0000b", "\u{10FFFF}", "\uD800", "x".repeat(500)])(
    "finds nothing and fails at nothing for odd text %j",
    async (q) => {
      const environment = await development([{ userId: "alice" }]);
      const actor = operatorOf("viewer", environment);
      expect((await listUsers(context(), actor, { q })).rows).toEqual([]);
      expect(await countUsers(context(), actor, { q })).toEqual({ count: 0, capped: false });
    },
  );

  test("suggests at most eight, and none for an empty box", async () => {
    const environment = await development(Array.from({ length: 12 }, (_, n) => ({ userId: `qa-${n}` })));
    const actor = operatorOf("viewer", environment);
    expect(await suggestUsers(context(), actor, { q: "qa-" })).toHaveLength(8);
    expect(await suggestUsers(context(), actor, { q: "  " })).toEqual([]);
  });
});

describe("what the list tells and refuses", () => {
  test("a ban that has passed makes the user active, without anybody clearing it", async () => {
    const environment = await development([{ userId: "bob", bannedUntil: Date.now() - 1 }]);
    const page = await listUsers(context(), operatorOf("viewer", environment), { status: "active" });
    expect(page.rows).toMatchObject([{ userId: "bob", status: "active", bannedUntil: null }]);
  });

  test("days are whole days in UTC, times are exact, and what is neither is no bound", async () => {
    const environment = await development([
      { userId: "before", createdAt: Date.UTC(2026, 4, 2, 23, 59, 59, 999) },
      { userId: "first", createdAt: Date.UTC(2026, 4, 3) },
      { userId: "last", createdAt: Date.UTC(2026, 4, 3, 23, 59, 59, 999) },
      { userId: "after", createdAt: Date.UTC(2026, 4, 4) },
    ]);
    const actor = operatorOf("viewer", environment);
    const ids = async (query: UserListQueryInput) =>
      (await listUsers(context(), actor, { sort: "created", ...query })).rows.map((row) => row.userId);
    expect(await ids({ from: "2026-05-03", to: "2026-05-03" })).toEqual(["first", "last"]);
    expect(await ids({ from: "2026-05-03T02:00:00+02:00", to: "2026-05-04T00:00:00Z" })).toEqual([
      "first",
      "last",
      "after",
    ]);
    expect(await ids({ from: "2026-02-30", to: "yesterday" })).toHaveLength(4);
  });

  test("an unknown status, sort or size falls back instead of failing", async () => {
    const environment = await development([{ userId: "alice" }]);
    const odd = { status: "gone", sort: "name", size: "7", from: ["2026"] } as unknown as UserListQueryInput;
    const page = await listUsers(context(), operatorOf("viewer", environment), odd);
    expect(page).toMatchObject({ order: "-created", rows: [{ userId: "alice" }] });
  });

  test("counts stop at 10,000, ids to tick at 100, and a sort without an index says so", async () => {
    const app = await createTestApp(context());
    const { id } = app.production.ref;
    await context().db.prisma.$executeRaw`
      INSERT INTO users (environment_id, user_id, name, created_at)
      SELECT ${id}, 'bulk-' || lpad(n::text, 5, '0'), 'Bulk ' || n, '2026-05-01T00:00:00Z'::timestamptz + n * interval '1 second'
      FROM generate_series(1, 10002) AS n`;
    const actor = operatorOf("viewer", app.production.ref);
    expect(await countUsers(context(), actor, {})).toEqual({ count: 10_000, capped: true });
    expect(await countUsers(context(), actor, { q: "bulk" })).toEqual({ count: 10_000, capped: true });
    const matching = await listMatchingUserIds(context(), actor, {});
    expect(matching).toMatchObject({ capped: true });
    expect(matching.userIds).toHaveLength(100);

    const wide = { from: "2026-05-01", sort: "id" } as const;
    const first = await listUsers(context(), actor, wide);
    expect(first).toMatchObject({ order: "-created", sortUnavailable: true });
    expect(first.rows[0]?.userId).toBe("bulk-10002");
    const second = await listUsers(context(), actor, { ...wide, cursor: first.next ?? undefined });
    expect(second).toMatchObject({ order: "-created", sortUnavailable: true });
    expect(second.rows[0]?.userId).toBe("bulk-09977");
    const narrow = await listUsers(context(), actor, { ...wide, to: "2026-05-01T00:01:00Z" });
    expect(narrow).toMatchObject({ order: "id", sortUnavailable: false });
  });
});
