import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { migrate, migrationNames } from "@/lib/db/migrate";
import { grantRuntimeRights } from "@/lib/db/runtime-role";
import { ownDatabases, withSetting } from "@/test/support/own-databases";
import { connectionsNote, connectionsOfProcess } from "./connections";
import { inspectDatabase } from "./preflight";

const { create, roleFor, run } = ownDatabases();

const sentences = async (url: string, now?: () => number) =>
  (await inspectDatabase(url, now === undefined ? {} : { now })).faults
    .map(({ check, sentence }) => `${check}: ${sentence}`)
    .join("\n");

const tablesOf = async (url: string) => {
  const { rows } = await run(
    url,
    "SELECT schemaname, count(*)::int AS tables FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1",
  );
  return Object.fromEntries(rows.map(({ schemaname, tables }) => [schemaname, tables]));
};

describe("a PostgreSQL of one's own, before the first statement", () => {
  test("an empty database in UTF-8 is sound, whatever its locale", async () => {
    for (const locale of ["", "LOCALE 'C'", "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C.UTF-8'"]) {
      const url = await create(locale === "" ? "" : `TEMPLATE template0 ENCODING 'UTF8' ${locale}`);
      expect(await inspectDatabase(url), locale).toMatchObject({ faults: [], pooler: "none" });
    }
  });

  test("a server, database or password that is not there is said in words, without the password", async () => {
    const url = await create();
    expect(await sentences("postgresql://im:hush@127.0.0.1:1/im")).toMatch(/127\.0\.0\.1:1\/im.*nothing listens/);
    expect(await sentences("postgresql://im:hush@127.0.0.1:1/im")).not.toContain("hush");
    expect(await sentences(url.replace(/\/im_own_\w+/, "/no_such_database"))).toMatch(/CREATE DATABASE/);
    expect(await sentences("postgresql:///im?host=/no/such/folder")).toMatch(/no such socket/);
    const wrong = new URL((await roleFor(url)).url);
    wrong.password = "wrong";
    expect(await sentences(wrong.href)).toMatch(/refuses the password/);
  });

  test("another encoding than UTF-8", async () => {
    const url = await create("TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    expect(await sentences(url)).toMatch(/^encoding: .*LATIN1.*ENCODING 'UTF8'/);
  });

  test("transactions that are read-only by default, for the role or in the database", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    await run(
      url,
      `GRANT CREATE ON SCHEMA public TO ${role}; ALTER ROLE ${role} SET default_transaction_read_only = on`,
    );
    expect(await sentences(theirs)).toContain(`ALTER ROLE "${role}" RESET default_transaction_read_only;`);
  });

  test("a clock that is far from this machine's, in either direction", async () => {
    const url = await create();
    expect(await sentences(url, () => Date.now() + 30_000)).toMatch(/^clock: .*(29|30) s apart.*NTP/);
    expect(await sentences(url, () => Date.now() - 30_000)).toMatch(/^clock: .*(29|30) s apart/);
    expect(await sentences(url, () => Date.now() + 3_000)).toBe("");
  });

  test("connections: what is wanted is stated, and how to get along with fewer", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    await run(url, `ALTER ROLE ${role} CONNECTION LIMIT 20`);
    const { connections } = await inspectDatabase(theirs);
    expect(connections).toBe(20);
    const settings = { DATABASE_POOL_SIZE: 10, SERVICE_WORKERS: 1, NODE_ENV: "production" } as const;
    expect(connectionsOfProcess(settings)).toBe(13);
    expect(connectionsNote(settings, connections)).toMatch(/hold 26 .* at most 20: set DATABASE_POOL_SIZE=7 or /);
    expect(connectionsNote({ ...settings, DATABASE_POOL_SIZE: 7 }, connections)).toBeNull();
  });
});

describe("a role with few rights", () => {
  test("one that may not make tables is refused with the statement that helps, and nothing was migrated", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    const said = await sentences(theirs);
    expect(said).toMatch(/^rights: /);
    const [grant] = /GRANT USAGE, CREATE ON SCHEMA [^;]*;/.exec(said) ?? [];
    expect(grant).toBe(`GRANT USAGE, CREATE ON SCHEMA "public" TO "${role}";`);
    expect(await tablesOf(url)).toEqual({});
    await run(url, grant ?? "");
    expect(await sentences(theirs)).toBe("");
    expect(await migrate(theirs)).toEqual(migrationNames());
    expect(await sentences(theirs)).toBe("");
  });

  test("one that may not make the schema of ?schema= gets it made by the statement that it is told", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    const inSchema = withSetting(theirs, "schema", "im users");
    const [made] = /CREATE SCHEMA [^;]*;/.exec(await sentences(inSchema)) ?? [];
    expect(made).toBe(`CREATE SCHEMA "im users" AUTHORIZATION "${role}";`);
    await run(url, made ?? "");
    expect(await sentences(inSchema)).toBe("");
    await migrate(inSchema);
    expect(Object.keys(await tablesOf(url))).toEqual(["im users"]);
  });

  test("tables of another role: neither migrated nor read", async () => {
    const url = await create();
    await migrate(url);
    const { role, url: theirs } = await roleFor(url);
    expect(await sentences(theirs)).toMatch(/lacks SELECT on \w+ and \d+ more rights\. .*DATABASE_MIGRATE_URL/);
    expect((await grantRuntimeRights(url, role)).missing).toEqual([]);
    expect(await sentences(theirs)).toBe("");
    await run(url, `DELETE FROM _prisma_migrations WHERE migration_name = '${migrationNames().at(-1)}'`);
    expect(await sentences(theirs)).toMatch(
      new RegExp(`DATABASE_MIGRATE_URL; or, as a superuser: REASSIGN OWNED BY "\\w+" TO "${role}";`),
    );
  });
});

describe("what a role, a database or an address has set", () => {
  test("?schema= is followed by migrations, Prisma, the pool and the pipeline; search_path and a schema of the role's name are not", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    await run(url, `CREATE SCHEMA ${role} AUTHORIZATION ${role}; CREATE SCHEMA im AUTHORIZATION ${role}`);
    await run(url, `ALTER ROLE ${role} SET search_path = 'pg_catalog'`);
    const inSchema = withSetting(theirs, "schema", "im");
    await migrate(inSchema);
    expect(Object.keys(await tablesOf(url))).toEqual(["im"]);
    const db = openDatabase({ url: inSchema, poolSize: 2 });
    try {
      expect(await db.prisma.app.count()).toBe(0);
      expect((await db.pool.query("SELECT count(*)::int AS n FROM apps")).rows).toEqual([{ n: 0 }]);
      expect(await db.pipeline.run({ name: "apps", text: "SELECT count(*) FROM apps" }, [])).toEqual([["0"]]);
      expect(await db.maintain(async (client) => (await client.query("SELECT FROM apps")).rowCount)).toBe(0);
    } finally {
      await db.close();
    }
  });

  test("settings of the role do not reach the product's statements", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    await run(
      url,
      `ALTER ROLE ${role} SET timezone = 'Asia/Tokyo'; ALTER ROLE ${role} SET datestyle = 'SQL, DMY';
       ALTER ROLE ${role} SET statement_timeout = 1; ALTER ROLE ${role} SET lock_timeout = 1;
       ALTER ROLE ${role} SET default_transaction_isolation = 'serializable'; ALTER ROLE ${role} SET bytea_output = 'escape'`,
    );
    const db = openDatabase({ url: theirs, poolSize: 2, statementTimeoutMs: 4_000 });
    try {
      const asked = `SELECT concat_ws(' ', current_setting('timezone'), current_setting('datestyle'), current_setting('statement_timeout'),
        current_setting('lock_timeout'), current_setting('transaction_isolation'), current_setting('bytea_output')) AS settings`;
      const expected = "UTC ISO, MDY 4s 0 read committed hex";
      expect((await db.pool.query(asked)).rows).toEqual([{ settings: expected }]);
      expect(await db.pipeline.run({ name: "settings", text: asked }, [])).toEqual([[expected]]);
      const maintained = await db.maintain(async (client) => (await client.query(asked)).rows);
      expect(maintained).toEqual([{ settings: expected.replace("4s", "0") }]);
    } finally {
      await db.close();
    }
  });
});
