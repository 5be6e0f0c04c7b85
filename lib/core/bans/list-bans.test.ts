import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { countActiveBans, listBans, listBansOfUser, listUsualReasons } from "./list-bans";
import type { BanListQueryInput, BannedByKind, BanRow } from "./list-schema";

const context = testContext();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface TestBan {
  readonly userId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly by?: BannedByKind;
  readonly byId?: string;
  readonly byName?: string;
  readonly reason?: string;
  readonly name?: string;
  readonly liftedAt?: number;
  readonly replaced?: boolean;
}

async function insertBans(environment: EnvironmentRef, bans: readonly TestBan[]) {
  const userIds = [...new Set(bans.map((ban) => ban.userId))];
  await insertTestUsers(
    context(),
    environment,
    userIds.map((userId) => ({ userId, name: bans.find((ban) => ban.userId === userId)?.name })),
  );
  await context().db.prisma.ban.createMany({
    data: bans.map((ban) => ({
      environmentId: environment.id,
      userId: ban.userId,
      startsAt: new Date(ban.startsAt),
      endsAt: new Date(ban.endsAt),
      minutes: Math.round((ban.endsAt - ban.startsAt) / 60_000),
      reason: ban.reason ?? `because of ${ban.userId}`,
      bannedByKind: ban.by ?? "operator",
      bannedById: ban.byId ?? "op-1",
      bannedByName: ban.byName ?? "Ana",
      liftedAt: ban.liftedAt === undefined ? null : new Date(ban.liftedAt),
      liftedByKind: ban.liftedAt === undefined ? null : "operator",
      liftedById: ban.liftedAt === undefined ? null : "op-2",
      liftedByName: ban.liftedAt === undefined ? null : "Ben",
      replaced: ban.replaced ?? false,
    })),
  });
}

async function all(environment: EnvironmentRef, query: BanListQueryInput): Promise<BanRow[]> {
  const rows: BanRow[] = [];
  let cursor: string | undefined;
  let previous: string | null = null;
  do {
    const page = await listBans(context(), operatorOf("viewer", environment), { ...query, cursor });
    rows.push(...page.rows);
    if (previous !== null) {
      const back = await listBans(context(), operatorOf("viewer", environment), {
        ...query,
        cursor: page.previous ?? "",
      });
      expect(back.rows.at(-1)?.id).toBe(previous);
    }
    previous = page.rows.at(-1)?.id ?? null;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

test("active bans come soonest end first, ended ones latest first, each only in its tab and environment", async () => {
  const now = context().now();
  const { development, production } = await createTestApp(context());
  // Five bans share each end, so that the pages break inside ties.
  const bans = Array.from({ length: 120 }, (_, n) => ({
    userId: `u${n}`,
    startsAt: now - 30 * DAY_MS,
    endsAt: now + (Math.floor(n / 5) - 12) * HOUR_MS + HOUR_MS / 2,
  }));
  await insertBans(development.ref, bans);
  await insertBans(production.ref, bans.slice(0, 3));
  const active = await all(development.ref, {});
  const ended = await all(development.ref, { tab: "ended" });
  expect(active).toHaveLength(60);
  expect(ended).toHaveLength(60);
  expect(new Set([...active, ...ended].map((ban) => ban.userId)).size).toBe(120);
  const ends = active.map((ban) => ban.endsAt.getTime());
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  const endedAt = ended.map((ban) => ban.endsAt.getTime());
  expect(endedAt).toEqual([...endedAt].sort((a, b) => b - a));
  expect(await countActiveBans(context(), operatorOf("viewer", development.ref))).toEqual({ count: 60, capped: false });
  expect(await all(production.ref, { tab: "ended" })).toHaveLength(3);
});

describe("filters", () => {
  test("ends today means before the next midnight UTC", async () => {
    const { development } = await createTestApp(context());
    // Not in a day's last minute, which might end while the test runs.
    if (context().now() % DAY_MS > DAY_MS - 60_000) context().advance(60_000);
    const now = context().now();
    const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    await insertBans(development.ref, [
      { userId: "today", startsAt: now - DAY_MS, endsAt: midnight - 1 },
      { userId: "tomorrow", startsAt: now - DAY_MS, endsAt: midnight },
    ]);
    expect((await all(development.ref, { ends: "today" })).map((ban) => ban.userId)).toEqual(["today"]);
    expect(await all(development.ref, {})).toHaveLength(2);
  });

  test("by whom: operators or app servers", async () => {
    const { development } = await createTestApp(context());
    const now = context().now();
    await insertBans(development.ref, [
      { userId: "a", startsAt: now - DAY_MS, endsAt: now + DAY_MS, by: "app_server" },
      { userId: "b", startsAt: now - DAY_MS, endsAt: now + DAY_MS, by: "operator" },
      { userId: "c", startsAt: now - DAY_MS, endsAt: now - HOUR_MS, by: "operator" },
    ]);
    expect((await all(development.ref, { by: "app_server" })).map((ban) => ban.userId)).toEqual(["a"]);
    expect((await all(development.ref, { by: "operator" })).map((ban) => ban.userId)).toEqual(["b"]);
    expect((await all(development.ref, { by: "operator", tab: "ended" })).map((ban) => ban.userId)).toEqual(["c"]);
  });
});

describe("filters by operator and reason", () => {
  test("leave exactly those bans, in each tab and together, whatever their end", async () => {
    const { development, production } = await createTestApp(context());
    const now = context().now();
    const bans = Array.from({ length: 60 }, (_, n) => ({
      userId: `u${n}`,
      startsAt: now - 3 * DAY_MS,
      // Ends on both sides of now, some of them the same.
      endsAt: now + (Math.floor(n / 3) - 10) * HOUR_MS + HOUR_MS / 2,
      by: n % 5 === 0 ? ("app_server" as const) : ("operator" as const),
      byId: n % 5 === 0 ? "key" : `op-${n % 3}`,
      reason: n % 5 === 0 ? "" : n % 2 === 0 ? "Spam" : "spam",
    }));
    await insertBans(development.ref, bans);
    await insertBans(production.ref, bans.slice(0, 7));
    for (const tab of ["active", "ended"] as const) {
      for (const by of [undefined, "operator", "app_server", "op-1", "nobody"]) {
        for (const reason of [undefined, "Spam", "spam", "spa"]) {
          const expected = bans.filter(
            (ban) =>
              (tab === "active") === ban.endsAt > now &&
              (by === undefined || ban.by === by || (ban.by === "operator" && ban.byId === by)) &&
              (reason === undefined || ban.reason === reason),
          );
          const found = await all(development.ref, { tab, by, reason });
          expect(found.map(({ userId }) => userId).sort()).toEqual(expected.map(({ userId }) => userId).sort());
          const ends = found.map(({ endsAt }) => endsAt.getTime()).map((at) => (tab === "active" ? at : -at));
          expect(ends).toEqual([...ends].sort((a, b) => a - b));
        }
      }
    }
  });

  test("the reasons offered are those that operators gave, the most frequent first", async () => {
    const { development } = await createTestApp(context());
    const now = context().now();
    const ban = (userId: string, reason: string, by: BannedByKind = "operator") => ({
      userId,
      reason,
      by,
      startsAt: now - DAY_MS,
      endsAt: now + DAY_MS,
    });
    await insertBans(development.ref, [
      ban("a", "Spam"),
      ban("b", "Fraud"),
      ban("c", "Spam"),
      ban("d", ""),
      ban("e", "By a server", "app_server"),
    ]);
    expect(await listUsualReasons(context(), operatorOf("viewer", development.ref))).toEqual(["Spam", "Fraud"]);
  });
});

test("ends within, ended within", async () => {
  const { development } = await createTestApp(context());
  const now = context().now();
  await insertBans(development.ref, [
    { userId: "soon", startsAt: now - DAY_MS, endsAt: now + 20 * HOUR_MS },
    { userId: "later", startsAt: now - DAY_MS, endsAt: now + 6 * DAY_MS },
    { userId: "last", startsAt: now - DAY_MS, endsAt: now + 20 * DAY_MS },
    { userId: "just", startsAt: now - DAY_MS, endsAt: now - 20 * HOUR_MS },
    { userId: "week", startsAt: now - 9 * DAY_MS, endsAt: now - 6 * DAY_MS },
    { userId: "month", startsAt: now - 60 * DAY_MS, endsAt: now - 20 * DAY_MS },
    { userId: "old", startsAt: now - 90 * DAY_MS, endsAt: now - 60 * DAY_MS },
  ]);
  const ids = async (query: BanListQueryInput) => (await all(development.ref, query)).map((ban) => ban.userId);
  expect(await ids({ ends: "24h" })).toEqual(["soon"]);
  expect(await ids({ ends: "7d" })).toEqual(["soon", "later"]);
  expect(await ids({ tab: "ended", ended: "24h" })).toEqual(["just"]);
  expect(await ids({ tab: "ended", ended: "7d" })).toEqual(["just", "week"]);
  expect(await ids({ tab: "ended", ended: "30d" })).toEqual(["just", "week", "month"]);
  // Each belongs to its tab.
  expect(await ids({ tab: "ended", ends: "24h" })).toHaveLength(4);
  expect(await ids({ ended: "24h" })).toHaveLength(3);
});

describe("search", () => {
  const DAYS = Array.from({ length: 60 }, (_, n) => n + 1);

  async function searched() {
    const { development, production } = await createTestApp(context());
    const now = context().now();
    await context().db.prisma.operator.createMany({
      data: [{ id: "op-zoe", email: "zoe@corp.example", name: "Zoë Brandt", role: "support" as const }].map((row) => ({
        ...row,
        passwordHash: "",
        createdAt: new Date(),
      })),
      skipDuplicates: true,
    });
    const ban = (userId: string, more: Partial<TestBan> = {}): TestBan => ({
      userId,
      startsAt: now - 10 * DAY_MS,
      endsAt: now + DAY_MS,
      ...more,
    });
    const bans = [
      ban("maria", { name: "María de la Concepción", reason: "Spam" }),
      ban("mallory-1", { endsAt: now + 2 * DAY_MS, reason: "Sells accounts, Überfälle" }),
      ban("mallory-2", { endsAt: now + 3 * DAY_MS, byId: "op-zoe", byName: "Zoë Brandt", reason: "" }),
      ban("bob", { endsAt: now + 4 * DAY_MS, byId: "op-gone", byName: "Former Colleague", reason: "" }),
      ban("bob", { startsAt: now - 30 * DAY_MS, endsAt: now - 20 * DAY_MS, reason: "Sells accounts" }),
      ban("server", { endsAt: now + 5 * DAY_MS, by: "app_server", byId: "op-zoe", reason: "Flood" }),
      ...DAYS.map((day) => ban(`zed-${day}`, { endsAt: now + 5 * DAY_MS + day * HOUR_MS, reason: "Raid of the 3rd" })),
    ];
    await insertBans(development.ref, bans);
    await insertBans(production.ref, bans.slice(0, 3));
    const ids = async (query: BanListQueryInput) => (await all(development.ref, query)).map((found) => found.userId);
    return { development: development.ref, ids };
  }

  test("finds by user, operator and reason, in the order of the list, by keyset and with every filter", async () => {
    const { development, ids } = await searched();
    expect(await ids({ q: "maria" })).toEqual(["maria"]);
    expect(await ids({ q: "concep" })).toEqual(["maria"]);
    expect(await ids({ q: "mallory" })).toEqual(["mallory-1", "mallory-2"]);
    expect(await ids({ q: "mallory", by: "app_server" })).toEqual([]);
    // By operator: name, e-mail, id, and the name of one who is gone. An app server with such an id is none.
    for (const q of ["zoe", "brandt zoe", "zoe@corp", "op-zoe"]) expect(await ids({ q })).toEqual(["mallory-2"]);
    expect(await ids({ q: "former" })).toEqual(["bob"]);
    // By reason, folded; each tab has its own.
    expect(await ids({ q: "uberf" })).toEqual(["mallory-1"]);
    expect(await ids({ q: "accounts sells" })).toEqual(["mallory-1"]);
    expect(await ids({ q: "accounts", tab: "ended" })).toEqual(["bob"]);
    expect(await ids({ q: "raid" })).toEqual(DAYS.map((day) => `zed-${day}`));
    expect(await ids({ q: "raid", ends: "24h" })).toEqual([]);
    // Meant in two ways, there once.
    expect(await ids({ q: "zed" })).toHaveLength(60);
    expect(await ids({ q: "nobody at all" })).toEqual([]);
    const viewer = operatorOf("viewer", development);
    expect((await listBans(context(), viewer, { q: "spam" })).searched).toEqual({ manyUsers: false, manyBans: false });
    expect((await listBans(context(), viewer, {})).searched).toBeNull();
  });

  test("says when it cannot look at all of them, and still finds whom an id names", async () => {
    const { production } = await createTestApp(context());
    await context().db.pool.query(
      `WITH made AS (
        INSERT INTO users (environment_id, user_id, name, search_name, created_at, banned_until)
        SELECT $1::int, 'crowd-' || lpad(n::text, 5, '0'), '', '', now(), now() + interval '1 hour' + n * interval '1 second'
        FROM generate_series(0, 10049) AS n RETURNING user_id, banned_until
      )
      INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, reason, banned_by_kind, banned_by_id, banned_by_name)
      SELECT $1::int, user_id, now(), banned_until, 60,
        CASE user_id WHEN 'crowd-00020' THEN 'Rare too' WHEN 'crowd-10040' THEN 'Rare' ELSE 'Crowd' END, 'operator', 'op-1', 'Ana'
      FROM made`,
      [production.ref.id],
    );
    const search = (q: string) => listBans(context(), operatorOf("viewer", production.ref), { q });
    expect(await search("rare")).toMatchObject({
      rows: [{ userId: "crowd-00020" }],
      searched: { manyUsers: false, manyBans: true },
    });
    expect((await search("crowd-10040")).rows).toMatchObject([{ reason: "Rare" }]);
    expect((await search("crowd-0")).searched).toEqual({ manyUsers: true, manyBans: true });
  });
});

test("one user's bans come latest first and say how each ended", async () => {
  const { development } = await createTestApp(context());
  const now = context().now();
  await insertBans(development.ref, [
    { userId: "bob", startsAt: now - 9 * DAY_MS, endsAt: now - 8 * DAY_MS },
    { userId: "bob", startsAt: now - 7 * DAY_MS, endsAt: now - 6 * DAY_MS, liftedAt: now - 6 * DAY_MS },
    { userId: "bob", startsAt: now - 5 * DAY_MS, endsAt: now - HOUR_MS, replaced: true },
    { userId: "bob", startsAt: now - HOUR_MS, endsAt: now + DAY_MS },
    { userId: "eve", startsAt: now - HOUR_MS, endsAt: now + DAY_MS },
  ]);
  const { rows } = await listBansOfUser(context(), operatorOf("viewer", development.ref), { userId: "bob" });
  expect(rows.map((ban) => ban.state)).toEqual(["running", "replaced", "lifted", "expired"]);
  expect(rows[0]).toMatchObject({
    userName: "Name of bob",
    reason: "because of bob",
    by: { kind: "operator", name: "Ana" },
    lifted: null,
  });
  expect(rows[2]?.lifted).toMatchObject({ at: new Date(now - 6 * DAY_MS), by: { name: "Ben" } });
  const nobody = await listBansOfUser(context(), operatorOf("viewer", development.ref), { userId: "nobody" });
  expect(nobody).toEqual({ rows: [], next: null, previous: null });
});
