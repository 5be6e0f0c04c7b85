import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { findDrift } from "./drift";
import {
  MigrationError,
  migrate,
  migrationNames,
  migrationObstacle,
  pendingMigrations,
  readMigrations,
  readSchema,
  refuseNewerDatabase,
} from "./migrate";
import { LOCK_WAIT_MS, withSchemaEngine } from "./schema-engine";

const name = `im_migrate_${process.pid}`;
const url = new URL(inject("serverUrl"));
url.pathname = `/${name}`;
let admin: pg.Client;
let client: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject("serverUrl") });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
  // As earlier versions made it, with the queue's own tables.
  await client.query(`CREATE SCHEMA graphile_worker
    CREATE TABLE _private_jobs (id bigint PRIMARY KEY, key text)
    CREATE VIEW jobs AS SELECT id, key FROM _private_jobs`);
});
afterAll(async () => {
  await client.end();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
});

describe("migrate", () => {
  test("five processes at once: one applies every migration, the others wait and find nothing to do", async () => {
    expect(await pendingMigrations(client)).toEqual(migrationNames());
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(url.href)));
    expect(results.filter((applied) => applied.length > 0)).toEqual([migrationNames()]);
    const { rows } = await client.query("SELECT migration_name FROM _prisma_migrations ORDER BY started_at");
    expect(rows.map((row) => row.migration_name)).toEqual(migrationNames());
    expect(await pendingMigrations(client)).toEqual([]);
  });

  test("what Prisma's language cannot say arrives as written", async () => {
    const { rows } = await client.query("SELECT indexdef FROM pg_indexes WHERE indexname = 'users_last_seen_idx'");
    expect(rows[0]?.indexdef).toContain("'-infinity'");
  });

  test("the job queue of earlier versions is gone", async () => {
    const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname = 'graphile_worker'");
    expect(rows).toEqual([]);
  });

  test("a database of a newer version is refused by name, also when it has all that this version knows", async () => {
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('later', '', '99990101000000_later', now(), now(), 1)`,
    );
    const before = await client.query("SELECT * FROM _prisma_migrations ORDER BY id");
    await expect(refuseNewerDatabase(client)).rejects.toThrow(/newer version.*99990101000000_later/s);
    await expect(migrate(url.href)).rejects.toThrow(/newer version.*99990101000000_later/s);
    await client.query("DELETE FROM _prisma_migrations WHERE migration_name = $1", [migrationNames().at(-1)]);
    await expect(migrate(url.href)).rejects.toThrow(/newer version.*99990101000000_later/s);
    const after = await client.query("SELECT * FROM _prisma_migrations ORDER BY id");
    expect(after.rows).toEqual(before.rows.filter((row) => row.migration_name !== migrationNames().at(-1)));
    await client.query("UPDATE _prisma_migrations SET finished_at = NULL WHERE id = 'later'");
    await expect(migrate(url.href)).rejects.toThrow(/newer version.*99990101000000_later/s);
  });

  test("a migration that was left half done is named, not repeated", async () => {
    await client.query("DELETE FROM _prisma_migrations WHERE id = 'later'");
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
       VALUES ('half', '', $1, now(), 0)`,
      [migrationNames().at(-1)],
    );
    await expect(migrate(url.href)).rejects.toThrow(MigrationError);
    await expect(migrate(url.href)).rejects.toThrow(/half done/);
  });
});

describe("a migration beside processes that use the database", () => {
  /** It changes a table that others read, so it waits for them. */
  const WAITING = "20261213100000_group_words";
  const later = migrationNames().filter((each) => each >= WAITING);

  /** A database that lacks it and what came after, as before an upgrade. */
  async function beforeUpgrade(): Promise<{ url: string; connect(): Promise<pg.Client>; drop(): Promise<void> }> {
    const older = `${name}_older`;
    await admin.query(`CREATE DATABASE ${older}`);
    const olderUrl = new URL(url);
    olderUrl.pathname = `/${older}`;
    const all = readMigrations();
    const migrations = { ...all, migrationDirectories: all.migrationDirectories.slice(0, -later.length) };
    await withSchemaEngine(olderUrl.href, readSchema(), (engine) => engine.applyMigrations(migrations));
    const clients: pg.Client[] = [];
    return {
      url: olderUrl.href,
      async connect() {
        const made = new pg.Client({ connectionString: olderUrl.href });
        await made.connect();
        clients.push(made);
        return made;
      },
      async drop() {
        await Promise.all(clients.map((made) => made.end()));
        await admin.query(`DROP DATABASE ${older} WITH (FORCE)`);
      },
    };
  }

  test("waits for their locks in short turns, behind which nobody waits for long, and is done once they are free", async () => {
    const { url: olderUrl, connect, drop } = await beforeUpgrade();
    try {
      const [holder, reader] = [await connect(), await connect()];
      await holder.query("BEGIN; SELECT count(*) FROM groups");
      const migrating = migrate(olderUrl);
      let longestMs = 0;
      for (const end = performance.now() + 4_000; performance.now() < end; ) {
        const began = performance.now();
        await reader.query("SELECT count(*) FROM groups");
        longestMs = Math.max(longestMs, performance.now() - began);
      }
      // It did wait behind the migration, and no longer than that waits.
      expect(longestMs).toBeGreaterThan(LOCK_WAIT_MS / 4);
      expect(longestMs).toBeLessThan(LOCK_WAIT_MS * 3);
      await holder.query("COMMIT");
      expect(await migrating).toEqual(later);
      expect(await pendingMigrations(reader)).toEqual([]);
      expect(await migrationObstacle(reader)).toBeNull();
      expect(await migrate(olderUrl)).toEqual([]);
    } finally {
      await drop();
    }
  });
});

describe("findDrift", () => {
  test("the schema and the migrations agree", async () => {
    expect(await findDrift(inject("serverUrl"))).toBe("");
  });

  test("a column that no migration adds is found", async () => {
    const schema = readSchema();
    const content = schema.content.replace('@map("avatar_url")\n', '@map("avatar_url")\n  nickname String?\n');
    expect(content).not.toBe(schema.content);
    expect(await findDrift(inject("serverUrl"), { ...schema, content })).toContain(
      'ALTER TABLE "users" ADD COLUMN     "nickname" TEXT',
    );
  });

  test("an index that no migration makes, and a column that the schema forgot, are found", {
    timeout: 60_000,
  }, async () => {
    const schema = readSchema();
    const indexed = schema.content.replace("@@index([email])", "@@index([email])\n  @@index([role])");
    expect(await findDrift(inject("serverUrl"), { ...schema, content: indexed })).toContain("CREATE INDEX");
    const forgotten = schema.content.replace(/^ {2}lastSignInAt.*\n/m, "");
    expect(await findDrift(inject("serverUrl"), { ...schema, content: forgotten })).toContain("DROP COLUMN");
  });

  test("the scratch databases are gone afterwards", async () => {
    const { rows } = await admin.query("SELECT datname FROM pg_database WHERE datname LIKE $1", [`%_${process.pid}_%`]);
    const left = rows.map((row) => row.datname).filter((datname) => /^(drift|shadow)_/.test(datname));
    expect(left).toEqual([]);
  });
});
