import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { banUsers } from "../bans/ban-users";
import type { Context } from "../context";
import { setUserProfile } from "../profiles/set-user-profile";
import { countUsers } from "./count-users";
import { countUsersElsewhere } from "./count-users-elsewhere";
import type { UserListQueryInput } from "./list-schema";
import { listUsers } from "./list-users";

/** What an operator types finds whom the operator means, whatever the locale of the database. */

const context = testContext();

const PEOPLE = {
  isla: "Isla MacDonald",
  qa: "QA load 01",
  maria: "María de la Concepción",
  parrot: "🦜 Party Parrot",
  li: "李娜",
  connor: "O'Connor",
  arger: "Ärger",
  ingrid: "INGRID",
  isik: "IŞIK",
  jose: "Jose\u0301 Garci\u0301a",
  strasse: "Straße",
  wide: "Ｗｉｄｅ",
};
type Person = keyof typeof PEOPLE;

const ROWS: ReadonlyArray<readonly [q: string, who: Person]> = [
  ["donald", "isla"],
  ["isla  macdonald", "isla"],
  ["load", "qa"],
  ["01   qa", "qa"],
  ["concep", "maria"],
  ["Concepción", "maria"],
  ["Maria", "maria"],
  ["concepcion maria", "maria"],
  ["de la", "maria"],
  ["Party", "parrot"],
  ["🦜", "parrot"],
  ["娜", "li"],
  ["李", "li"],
  ["oconnor", "connor"],
  ["o’connor", "connor"],
  ["connor", "connor"],
  ["ärger", "arger"],
  ["a\u0308rger", "arger"],
  ["ingrid", "ingrid"],
  ["ışık", "isik"],
  ["josé garcía", "jose"],
  ["STRASSE", "strasse"],
  ["wide", "wide"],
];

/** By the rules of each, `lower()` gives something else for some of these names. */
const DATABASES = {
  "with the server's own locale": "",
  "with LC_CTYPE=C": "LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc",
  "in Turkish": "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'",
};

describe.each(Object.entries(DATABASES))("in a database %s", (_, locale) => {
  const name = `im_test_locale_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  let db: Database;
  let here: Context;
  let environment: EnvironmentRef;

  const onServer = async (sql: string) => {
    const admin = new pg.Client({ connectionString: inject("serverUrl") });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  };

  beforeAll(async () => {
    await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' ${locale}`);
    const url = new URL(inject("serverUrl"));
    url.pathname = `/${name}`;
    await migrate(url.href);
    db = openDatabase({ url: url.href, poolSize: 4 });
    here = { ...context(), db };
    environment = (await createTestApp(here)).production.ref;
    await insertTestUsers(
      here,
      environment,
      Object.entries(PEOPLE).map(([who, called], n) => ({ userId: `id-${n}-${who}`, name: called })),
    );
  }, 60_000);
  afterAll(async () => {
    await db?.close();
    await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  test.each(ROWS)("%s finds %s", async (q, who) => {
    const found = await listUsers(here, operatorOf("viewer", environment), { q });
    expect(found.rows.map((row) => row.name)).toEqual([PEOPLE[who]]);
  });

  test("what no name has finds nobody", async () => {
    for (const q of ["onald", "zz", "isla concep", "…", "İngrid x"]) {
      const found = await listUsers(here, operatorOf("viewer", environment), { q });
      expect([q, found.rows.map((row) => row.name)]).toEqual([q, []]);
    }
  });
});

describe("a search", () => {
  const people = async (names: Readonly<Record<string, string>>) => {
    const app = await createTestApp(context());
    await insertTestUsers(
      context(),
      app.production.ref,
      Object.entries(names).map(([userId, name]) => ({ userId, name })),
    );
    return app;
  };
  const found = async (environment: EnvironmentRef, query: UserListQueryInput) =>
    (await listUsers(context(), operatorOf("viewer", environment), query)).rows.map((row) => row.userId);

  test("has the exact id first, then the profile's e-mail and unique id, ids, whole names, first and later words", async () => {
    const { production } = await people({
      ana: "Zed",
      "ana-2": "Zoe",
      u1: "Other",
      u2: "Ana Lind",
      u3: "Lind Ana",
      u4: "Ana",
      u5: "Li Anastasia Ana",
    });
    const server = appServerOf(production.ref);
    await setUserProfile(context(), server, { userId: "u1", userProfile: { uniqueId: "ana" } });
    expect(await found(production.ref, { q: "ana" })).toEqual(["ana", "u1", "ana-2", "u4", "u2", "u5", "u3"]);
    expect(await found(production.ref, { q: "ana lind" })).toEqual(["u2", "u3"]);
    expect(await found(production.ref, { q: "lind ana" })).toEqual(["u3", "u2"]);
  });

  test("finds by the exact hosted e-mail in any case, and by the exact unique id, not by parts of them", async () => {
    const { production } = await people({ u1: "One", u2: "Two", u3: "Three" });
    const server = appServerOf(production.ref);
    await setUserProfile(context(), server, { userId: "u1", userProfile: { email: "Ana.Lind@Example.com" } });
    await setUserProfile(context(), server, { userId: "u2", userProfile: { email: "ana.lind@example.com" } });
    await setUserProfile(context(), server, { userId: "u3", userProfile: { uniqueId: "90210" } });
    expect(await found(production.ref, { q: "ana.lind@EXAMPLE.com" })).toEqual(["u1", "u2"]);
    expect(await found(production.ref, { q: "90210" })).toEqual(["u3"]);
    expect(await found(production.ref, { q: "ana.lind@example" })).toEqual([]);
    expect(await found(production.ref, { q: "9021" })).toEqual([]);
  });

  test("is sorted by a column when one is chosen, with the filters, over pages and back", async () => {
    const app = await createTestApp(context());
    const { ref } = app.production;
    const start = Date.UTC(2026, 3, 1);
    await insertTestUsers(
      context(),
      ref,
      Array.from({ length: 90 }, (_, n) => ({
        userId: `u${String(n).padStart(2, "0")}`,
        name: n % 3 === 0 ? `Ana ${n}` : `${n} Lind Ana`,
        createdAt: start + ((n * 37) % 90) * 60_000,
      })),
    );
    await banUsers(context(), appServerOf(ref), {
      userIds: Array.from({ length: 45 }, (_, n) => `u${String(n * 2).padStart(2, "0")}`),
      durationMinutes: 60,
    });
    const actor = operatorOf("viewer", ref);
    const query = { q: "ana", sort: "-created", status: "banned", size: "25" } as const;
    const first = await listUsers(context(), actor, query);
    const second = await listUsers(context(), actor, { ...query, cursor: first.next ?? undefined });
    const times = [...first.rows, ...second.rows].map((row) => row.createdAt.getTime());
    expect(times).toHaveLength(45);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const back = await listUsers(context(), actor, { ...query, cursor: second.previous ?? undefined });
    expect(back.rows).toEqual(first.rows);
    expect(first).toMatchObject({ order: "-created", sortUnavailable: false });
  });

  test("of more users than can be sorted says so and has the best matches first", async () => {
    const { ref } = (await createTestApp(context())).production;
    await insertTestUsers(
      context(),
      ref,
      Array.from({ length: 10_002 }, (_, n) => ({ userId: `u${n}`, name: `Ana ${n}` })),
    );
    const page = await listUsers(context(), operatorOf("viewer", ref), { q: "ana", sort: "-seen" });
    expect(page).toMatchObject({ order: "relevance", sortUnavailable: true });
    expect(page.rows).toHaveLength(25);
    expect(await countUsers(context(), operatorOf("viewer", ref), { q: "ana" })).toEqual({
      count: 10_000,
      capped: true,
    });
  });

  test("that finds nobody here tells how many it finds in the app's other environment", async () => {
    const { production, development } = await people({ u1: "María Lind", u2: "Maria Berg" });
    const actor = operatorOf("viewer", development.ref);
    expect(await countUsersElsewhere(context(), actor, { q: "maria" })).toEqual({
      environment: "production",
      count: { count: 2, capped: false },
    });
    expect(await countUsersElsewhere(context(), actor, { q: " " })).toBeNull();
    expect(await countUsersElsewhere(context(), operatorOf("viewer", production.ref), { q: "maria" })).toMatchObject({
      environment: "development",
      count: { count: 0 },
    });
  });
});
