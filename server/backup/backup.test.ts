import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openAppSecret, sealAppSecret } from "@/lib/core/apps/app-secret";
import { createSecretBox } from "@/lib/core/secrets";
import { migrate, migrationNames, pendingMigrations } from "@/lib/db/migrate";
import { createTestApp, TEST_MASTER_KEY, type TestEnvironment, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { plantRow } from "@/test/support/plant-row";
import { main } from "../cli";
import { openSecrets, readHeader } from "./read-backup";
import { restoreBackup } from "./restore-backup";

const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-backup-"));
const PASSPHRASE = "a passphrase that nobody guesses";
const HOSTILE = "back\\slash \\. tab\t line\nfeed \r\n\\.\n 'quote' \"double\" ÄÖ 😀 \\N";

const made: string[] = [];
let admin: pg.Client;
let environment: TestEnvironment;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject("serverUrl") });
  await admin.connect();
  environment = (await createTestApp(context())).development;
});
afterAll(async () => {
  for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty database. */
async function newDatabase(): Promise<string> {
  const name = `im_restore_${process.pid}_${made.length}`;
  made.push(name);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject("serverUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function cli(args: readonly string[], env: Record<string, string | undefined> = {}) {
  let [stdout, stderr] = ["", ""];
  const code = await main(args, {
    env: {
      DATABASE_URL: context().url,
      MASTER_KEY: TEST_MASTER_KEY,
      DATA_DIR: path.join(folder, "data"),
      BACKUP_PASSPHRASE: PASSPHRASE,
      PUBLIC_CONSOLE_URL: "https://console.example.com",
      ...env,
    },
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

const DONE = { code: 0, stderr: "" };
const fileAt = (name: string) => path.join(folder, name);

/** An installation of its own that nothing was put into: its settings, and where its master key will be. */
async function emptyInstallation(name: string) {
  const dataDir = fileAt(name);
  const url = await newDatabase();
  return { url, dataDir, env: { DATABASE_URL: url, DATA_DIR: dataDir, MASTER_KEY: undefined } };
}

/** How many rows each table has, and a sum of all of them; without what backups and restores write down themselves. */
async function contentsOf(url: string): Promise<Record<string, string>> {
  return on(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relpersistence = 'p' AND relname <> '_prisma_migrations' ORDER BY relname`,
    );
    const contents: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const others = name === "audit_entries" ? "WHERE action NOT LIKE 'installation.%'" : "";
      const { rows } = await client.query(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS sum FROM "${name}" t ${others}`,
      );
      contents[name] = rows[0].sum;
    }
    return contents;
  });
}

/** A row in every table, with text that COPY has to escape wherever text stands. */
async function plantEverywhere(): Promise<void> {
  const { owner: pool } = context();
  const { operatorId } = await createTestOperator(context(), "owner");
  const { rows } = await pool.query<{ name: string; texts: string[]; slot: string | null; of_operator: boolean }>(
    `SELECT c.relname AS name, substring(c.relname FROM '_slot_(.)$') AS slot, ARRAY(
       SELECT a.attname::text FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype
         AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))) AS texts,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = 'operators'::regclass) AS of_operator
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
       AND c.relname <> ALL (ARRAY['_prisma_migrations', 'operators', 'audit_chain', 'message_slots'])`,
  );
  for (const { name, texts, slot, of_operator } of rows) {
    await plantRow(pool, name, {
      ...(slot === null ? {} : { slot: Number(slot) }),
      ...(of_operator ? { operator_id: operatorId } : {}),
      ...Object.fromEntries(texts.map((column) => [column, HOSTILE])),
    });
  }
  // Planted App Secrets must open as well.
  const box = createSecretBox(TEST_MASTER_KEY);
  const planted = await pool.query("SELECT app_key FROM environments WHERE app_key <> $1", [environment.ref.appKey]);
  for (const { app_key } of planted.rows) {
    const sealed = sealAppSecret(box, app_key, "planted");
    await pool.query("UPDATE environments SET app_secret_encrypted = $1 WHERE app_key = $2", [sealed, app_key]);
  }
}

describe("a backup", () => {
  test("under load is one moment, and is restored into an empty installation with everything in it", async () => {
    await plantEverywhere();
    // Enough between the first table and the last for writers to get between.
    await context().db.pool.query(
      "INSERT INTO request_nonces SELECT $1, n, 'filler' FROM generate_series(1, 150000) AS n",
      [environment.ref.id],
    );
    const writer = startWriter();
    await writer.reached(5);
    const before = writer.count();
    const file = fileAt("under load.imbackup");
    expect(await cli(["backup", file])).toMatchObject(DONE);
    const after = writer.count();
    await writer.stop();
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);

    const { env, url, dataDir } = await emptyInstallation("under load");
    const settingsFile = fileAt("settings.env");
    const ended = await cli(["restore", file, "--settings-file", settingsFile], env);
    expect(ended).toMatchObject(DONE);
    expect(readFileSync(settingsFile, "utf8")).toBe("PUBLIC_CONSOLE_URL='https://console.example.com'\n");
    expect(readFileSync(path.join(dataDir, "master-key"), "utf8")).toBe(`${TEST_MASTER_KEY}\n`);
    expect(readdirSync(dataDir)).toEqual(["master-key"]);

    const seen = await on(url, async (client) => {
      const { rows } = await client.query(
        `SELECT (SELECT value ->> 'n' FROM installation_facts WHERE key = 'load')::int AS fact,
           (SELECT value ->> 'n' FROM settings WHERE key = 'load')::int AS setting,
           (SELECT count(*)::int FROM users WHERE user_id LIKE 'load-%') AS users`,
      );
      return rows[0];
    });
    expect(seen.fact).toBeGreaterThanOrEqual(before);
    expect(seen.fact).toBeLessThan(after);
    expect(seen).toEqual({ fact: seen.fact, setting: seen.fact, users: seen.fact });
  }, 120_000);

  test("has every row of every table, the schema, and the numbers that were given out", async () => {
    const file = fileAt("everything.imbackup");
    expect(await cli(["backup", file])).toMatchObject(DONE);
    const { env, url } = await emptyInstallation("everything");
    expect(await cli(["restore", file], env)).toMatchObject(DONE);
    expect(await contentsOf(url)).toEqual(await contentsOf(context().url));
    expect(await on(url, pendingMigrations)).toEqual([]);
    expect(await migrate(url)).toEqual([]);
    const foreignKeys = `SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' ORDER BY conname`;
    const of = (place: string) => on(place, async (client) => (await client.query(foreignKeys)).rows);
    expect(await of(url)).toEqual(await of(context().url));
    const { rows } = await context().db.pool.query("SELECT nextval('audit_entries_id_seq')::int AS next");
    const next = await on(url, (client) => client.query("SELECT nextval('audit_entries_id_seq')::int AS next"));
    expect(next.rows[0].next).toBeGreaterThanOrEqual(rows[0].next);
    const secrets = await on(url, (client) => client.query("SELECT app_key, app_secret_encrypted FROM environments"));
    const box = createSecretBox(TEST_MASTER_KEY);
    const opened = secrets.rows.map((row) => openAppSecret(box, row.app_key, row.app_secret_encrypted));
    expect(opened).toEqual(expect.arrayContaining([environment.appSecret, "planted"]));
    expect(await cli(["apps", "list"], env)).toMatchObject(DONE);
  }, 120_000);

  test("never takes the place of another file, and leaves nothing when it fails", async () => {
    const file = fileAt("taken");
    writeFileSync(file, "mine");
    expect(await cli(["backup", file])).toMatchObject({ code: 1, stderr: expect.stringContaining("there already") });
    expect(readFileSync(file, "utf8")).toBe("mine");
    const wrongKey = await cli(["backup", fileAt("wrong")], { MASTER_KEY: "11".repeat(32) });
    expect(wrongKey).toMatchObject({ code: 1, stderr: expect.stringContaining("does not open the stored secrets") });
    const nowhere = await cli(["backup", path.join(folder, "no", "such", "folder")]);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be written/) });
    expect(readdirSync(folder).filter((name) => /wrong|part$/.test(name))).toEqual([]);
    const nobody = await cli(["backup", fileAt("no passphrase")], { BACKUP_PASSPHRASE: undefined });
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining("passphrase is missing") });
  });
});

describe("restoring", () => {
  let file: string;
  beforeAll(async () => {
    file = fileAt("small.imbackup");
    await context().db.pool.query("DELETE FROM request_nonces");
    expect(await cli(["backup", file])).toMatchObject(DONE);
  });

  const changedTo = (name: string, bytes: Buffer) => {
    writeFileSync(fileAt(name), bytes);
    return fileAt(name);
  };

  test("a file that was cut off, damaged, changed, added to or is none is refused, and nothing is touched", async () => {
    const { env, url } = await emptyInstallation("damaged");
    const whole = readFileSync(file);
    const flipped = Buffer.from(whole);
    flipped[whole.length >> 1] = (flipped[whole.length >> 1] ?? 0) ^ 1;
    const lines = gunzipSync(whole).toString("utf8");
    const rich = lines.replace("https://", "http://").replace("Test app", "Best app");
    const rows = lines.split("\n");
    const cases = [
      changedTo("cut", whole.subarray(0, whole.length - 20)),
      changedTo("half", whole.subarray(0, whole.length >> 1)),
      changedTo("flipped", flipped),
      changedTo("changed", gzipSync(rich)),
      changedTo("a line less", gzipSync([...rows.slice(0, 3), ...rows.slice(4)].join("\n"))),
      changedTo("no end", gzipSync(rows.slice(0, -3).join("\n"))),
      changedTo("added to", Buffer.concat([whole, Buffer.from("more")])),
      changedTo("text", Buffer.from("not a backup")),
      changedTo("empty", Buffer.alloc(0)),
    ];
    expect(rich).not.toBe(lines);
    for (const damaged of cases) {
      const verified = await cli(["backup", "verify", damaged], { BACKUP_PASSPHRASE: undefined });
      expect(verified, damaged).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/damaged/) });
      const restored = await cli(["restore", damaged], env);
      expect(restored, damaged).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/damaged/) });
    }
    expect(await contentsOf(url)).toEqual({});
    expect(existsSync(path.join(fileAt("damaged"), "master-key.next"))).toBe(false);
  }, 120_000);

  test("what a stranger has changed, checksum and all, is found with the passphrase", async () => {
    const lines = gunzipSync(readFileSync(file)).toString("utf8").replace("Test app", "Best app").trimEnd().split("\n");
    const body = `${lines.slice(0, -1).join("\n")}\n`;
    const sum = JSON.parse(lines.at(-1) ?? "");
    const sha256 = createHash("sha256").update(body).digest("hex");
    const forged = changedTo("forged", gzipSync(`${body}${JSON.stringify({ ...sum, sha256 })}\n`));
    expect(await cli(["backup", "verify", forged], { BACKUP_PASSPHRASE: undefined })).toMatchObject(DONE);
    expect(await cli(["backup", "verify", forged])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/changed/),
    });
    expect(await cli(["backup", "verify", file])).toMatchObject({
      ...DONE,
      stdout: expect.stringMatching(/secrets open/),
    });
  });

  test("another passphrase is refused", async () => {
    const { env, url } = await emptyInstallation("passphrase");
    const wrong = { BACKUP_PASSPHRASE: "another passphrase altogether" };
    const refused = { code: 1, stdout: "", stderr: expect.stringContaining("The passphrase is not the one") };
    expect(await cli(["restore", file], { ...env, ...wrong })).toMatchObject(refused);
    expect(await cli(["backup", "verify", file], wrong)).toMatchObject(refused);
    expect(await contentsOf(url)).toEqual({});
    const passphraseFile = changedTo("passphrase.txt", Buffer.from(`${PASSPHRASE}\n`));
    expect(await cli(["restore", file, "--passphrase-file", passphraseFile], { ...env, ...wrong })).toMatchObject(DONE);
  });

  test("a database that holds data is left alone without --replace, and replaced with it", async () => {
    const { env, url } = await emptyInstallation("replaced");
    expect(await cli(["restore", file], env)).toMatchObject(DONE);
    await on(url, (client) =>
      client.query("UPDATE apps SET name = 'Changed since'; CREATE TABLE made_by_a_later_version (id int)"),
    );
    const before = await contentsOf(url);
    expect(await cli(["restore", file], env)).toMatchObject({ code: 1, stderr: expect.stringContaining("--replace") });
    expect(await contentsOf(url)).toEqual(before);
    expect(await cli(["restore", file, "--replace"], env)).toMatchObject(DONE);
    expect(await contentsOf(url)).toEqual(await contentsOf(context().url));
  });

  test("a schema of its own is made, filled, and backed up again", async () => {
    const { env, url } = await emptyInstallation("schema");
    const address = new URL(url);
    address.searchParams.set("schema", "im");
    const inSchema = { ...env, DATABASE_URL: address.href };
    expect(await cli(["restore", file], inSchema)).toMatchObject(DONE);
    expect(await contentsOf(url)).toEqual({});
    const again = await cli(["backup", fileAt("schema.imbackup"), "--json"], inSchema);
    expect(again).toMatchObject(DONE);
    expect(JSON.parse(again.stdout).rows.apps).toBeGreaterThan(0);
  });

  test("tables of somebody else, a running product and another MASTER_KEY are never touched", async () => {
    const { env, url } = await emptyInstallation("theirs");
    await on(url, (client) => client.query("CREATE TABLE theirs (id int)"));
    const theirs = await cli(["restore", file, "--replace"], env);
    expect(theirs).toMatchObject({ code: 1, stderr: expect.stringContaining("not this product's") });
    const running = await cli(["restore", file, "--replace"], { ...env, DATABASE_URL: context().url });
    expect(running).toMatchObject({ code: 1, stderr: expect.stringMatching(/Stop it/) });
    const other = await cli(["restore", file], { ...env, MASTER_KEY: "11".repeat(32) });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("another key than the backup's") });
    expect(Object.keys(await contentsOf(url))).toEqual(["theirs"]);
  });

  test("one of an older schema is restored and migrated; one of a newer version is refused", async () => {
    const older = await newDatabase();
    const last = migrationNames().at(-1) ?? "";
    const { env, url } = await emptyInstallation("older");
    await makeOlder(older);
    const fromOlder = fileAt("older.imbackup");
    expect(await cli(["backup", fromOlder], { DATABASE_URL: older })).toMatchObject(DONE);
    expect(await on(older, pendingMigrations)).not.toEqual([]);
    const ended = await cli(["restore", fromOlder, "--json"], env);
    expect(ended).toMatchObject(DONE);
    expect(JSON.parse(ended.stdout).migrated).toContain(last);
    expect(await on(url, pendingMigrations)).toEqual([]);
    const kept = await on(url, (client) => client.query("SELECT app_key, app_secret_encrypted FROM environments"));
    const [row] = kept.rows;
    expect(openAppSecret(createSecretBox(TEST_MASTER_KEY), row.app_key, row.app_secret_encrypted)).toBe("old secret");

    const lines = gunzipSync(readFileSync(file)).toString("utf8");
    const newer = changedTo("newer", gzipSync(lines.replace(`"${last}"`, `"${last}","99990101000000_later"`)));
    const refused = await cli(["restore", newer], { ...env, DATABASE_URL: await newDatabase() });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/newer version.*99990101000000_later/) });
  }, 120_000);
});

/** A database that the first migrations alone have made, with an app in it. */
async function makeOlder(url: string): Promise<void> {
  const source = fileAt("small.imbackup");
  const { keys } = await openSecrets(await readHeader(source), PASSPHRASE);
  const kept = migrationNames().slice(0, 3);
  const header = JSON.parse(gunzipSync(readFileSync(source)).toString("utf8").split("\n")[0] ?? "");
  const body = `${JSON.stringify({ ...header, migrations: kept })}\n${JSON.stringify({ end: { rows: {}, sequences: {} } })}\n`;
  const sha256 = createHash("sha256").update(body).digest("hex");
  const bare = fileAt("bare.imbackup");
  writeFileSync(bare, gzipSync(`${body}${JSON.stringify({ sha256, hmac: keys.authenticate(sha256) })}\n`));
  await on(url, (client) => restoreBackup(client, { file: bare, keys, replace: false, beforeCommit: () => undefined }));
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const sealed = sealAppSecret(createSecretBox(TEST_MASTER_KEY), "old-app-key", "old secret");
  await plantRow(pool, "environments", { app_key: "old-app-key", app_secret_encrypted: sealed });
  await pool.end();
}

/** Changes three tables in each transaction, until it is stopped. */
function startWriter() {
  const { db } = context();
  const { id } = environment.ref;
  let count = 0;
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const next = count + 1;
      const value = JSON.stringify({ n: next });
      const client = await db.pool.connect();
      try {
        await client.query("BEGIN");
        await client.query(
          `INSERT INTO installation_facts (key, value, updated_at) VALUES ('load', $1, now())
           ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
          [value],
        );
        await client.query(
          `INSERT INTO settings (environment_id, key, value, updated_at, updated_by_name) VALUES ($1, 'load', $2, now(), '')
           ON CONFLICT (environment_id, key) DO UPDATE SET value = excluded.value`,
          [id, value],
        );
        await client.query(
          "INSERT INTO users (environment_id, user_id, name, search_name, created_at) VALUES ($1, $2, '', '', now())",
          [id, `load-${next}`],
        );
        await client.query("COMMIT");
        count = next;
      } finally {
        client.release();
      }
    }
  })();
  return {
    count: () => count,
    reached: (least: number) =>
      expect.poll(() => count, { timeout: 15_000, interval: 5 }).toBeGreaterThanOrEqual(least),
    async stop() {
      stopped = true;
      await running;
    },
  };
}
