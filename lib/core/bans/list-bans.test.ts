import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { countActiveBans, listBans, listBansOfUser } from "./list-bans";
import type { BanListQueryInput, BannedByKind, BanRow } from "./list-schema";

const context = testContext();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface TestBan {
  readonly userId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly by?: BannedByKind;
  readonly liftedAt?: number;
  readonly replaced?: boolean;
}

async function insertBans(environment: EnvironmentRef, bans: readonly TestBan[]) {
  const userIds = [...new Set(bans.map((ban) => ban.userId))];
  await insertTestUsers(
    context(),
    environment,
    userIds.map((userId) => ({ userId })),
  );
  await context().db.prisma.ban.createMany({
    data: bans.map((ban) => ({
      environmentId: environment.id,
      userId: ban.userId,
      startsAt: new Date(ban.startsAt),
      endsAt: new Date(ban.endsAt),
      minutes: Math.round((ban.endsAt - ban.startsAt) / 60_000),
      reason: `because of ${ban.userId}`,
      bannedByKind: ban.by ?? "operator",
      bannedById: "op-1",
      bannedByName: "Ana",
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
