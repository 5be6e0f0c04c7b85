import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { migrate, migrationNames, migrationSql } from "@/lib/db/migrate";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { parseEnv } from "@/lib/env";
import { TEST_MASTER_KEY } from "@/test/support/context";
import { ownDatabases, withSetting } from "@/test/support/own-databases";
import { main } from "../cli";
import { migrateInstallation, openInstallationDatabase } from "./database";

const { create, roleFor, run } = ownDatabases();
const folder = mkdtempSync(path.join(tmpdir(), "im-roles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Addresses = { readonly DATABASE_URL: string; readonly DATABASE_MIGRATE_URL?: string };

/** An empty database with an owner that is no superuser, and another role without any rights. */
async function twoRoles() {
  const admin = await create();
  const [owner, runtime] = [await roleFor(admin), await roleFor(admin)];
  await run(admin, `GRANT CREATE ON SCHEMA public TO ${owner.role}`);
  return { admin, owner, runtime, env: { DATABASE_URL: runtime.url, DATABASE_MIGRATE_URL: owner.url } };
}

/** What a start does first. */
async function start(env: Addresses): Promise<string[]> {
  const database = await openInstallationDatabase(parseEnv({ ...env, DATA_DIR: folder }), false);
  try {
    return await migrateInstallation(database);
  } finally {
    await database.close();
  }
}

async function cli(args: readonly string[], env: Addresses & { readonly MASTER_KEY?: string | undefined }) {
  let [stdout, stderr] = ["", ""];
  const code = await main(args, {
    env: { MASTER_KEY: TEST_MASTER_KEY, DATA_DIR: folder, BACKUP_PASSPHRASE: "a passphrase for a backup", ...env },
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
const DELETE = "DELETE FROM audit_entries";
const refused = { code: "42501" };

describe("two addresses", () => {
  test("the one migrates, the other runs; backup, restore and rotation go on with both", async () => {
    const { admin, runtime, env } = await twoRoles();
    expect(await start(env)).toEqual(migrationNames());
    expect(await start(env)).toEqual([]);
    expect(await cli(["apps", "create", "--name", "Mine"], env)).toMatchObject(DONE);
    const { rows } = await run(admin, "SELECT tableowner AS owner FROM pg_tables WHERE tablename = 'audit_entries'");
    expect(rows).toEqual([{ owner: new URL(env.DATABASE_MIGRATE_URL).username }]);
    await expect(run(runtime.url, DELETE)).rejects.toMatchObject(refused);

    const [file, keyFile] = [path.join(folder, "two.imbackup"), path.join(folder, "new-key")];
    expect(await cli(["backup", file], env)).toMatchObject(DONE);
    expect(await cli(["restore", file], env)).toMatchObject({ code: 1, stderr: expect.stringContaining("--replace") });
    const held = await run(runtime.url, "SELECT count(*)::int AS entries FROM audit_entries");
    expect(await cli(["restore", file, "--replace"], env)).toMatchObject(DONE);
    const { rows: after } = await run(runtime.url, "SELECT count(*)::int AS entries FROM audit_entries");
    // That it was backed up came after what the backup holds, and that it was restored.
    expect(after).toEqual([{ entries: held.rows[0].entries }]);
    await expect(run(runtime.url, DELETE)).rejects.toMatchObject(refused);
    expect(await cli(["rotate-master-key", "--new-key-file", keyFile], env)).toMatchObject(DONE);
    expect(await cli(["seed", "large", "--users", "200"], { ...env, MASTER_KEY: undefined })).toMatchObject({
      code: 1,
    });
  });

  test("bulk load leaves statistics as their owner, and the running role alone does without them", async () => {
    const { admin, env } = await twoRoles();
    await start(env);
    const analysed = async () =>
      (await run(admin, "SELECT last_analyze IS NOT NULL AS done FROM pg_stat_user_tables WHERE relname = 'users'"))
        .rows;
    expect(await cli(["seed", "large", "--users", "50"], { DATABASE_URL: env.DATABASE_URL })).toMatchObject({
      code: 0,
    });
    expect(await analysed()).toEqual([{ done: false }]);
    expect(await cli(["seed", "large", "--users", "60"], env)).toMatchObject({ code: 0 });
    await expect.poll(analysed, { timeout: 5_000 }).toEqual([{ done: true }]);
  });

  test("of different databases or schemas are refused, and nothing was migrated", async () => {
    const [one, other] = [await twoRoles(), await twoRoles()];
    const mixed = { DATABASE_URL: one.env.DATABASE_URL, DATABASE_MIGRATE_URL: other.env.DATABASE_MIGRATE_URL };
    await expect(start(mixed)).rejects.toThrow(/DATABASE_URL \(.*\) and DATABASE_MIGRATE_URL \(.*\) lead to different/);
    const inSchema = { ...one.env, DATABASE_MIGRATE_URL: withSetting(one.env.DATABASE_MIGRATE_URL, "schema", "im") };
    await expect(start(inSchema)).rejects.toThrow(/schema public and DATABASE_MIGRATE_URL im: give both the same/);
    await expect(start({ ...one.env, DATABASE_MIGRATE_URL: "postgresql://im:hush@127.0.0.1:1/im" })).rejects.toThrow(
      /^DATABASE_MIGRATE_URL \(127\.0\.0\.1:1\/im\) does not answer: nothing listens/,
    );
    for (const { admin } of [one, other]) {
      const { rows } = await run(admin, "SELECT FROM pg_tables WHERE schemaname IN ('public', 'im')");
      expect(rows).toEqual([]);
    }
  });

  test.each([
    ["a superuser", (role: string) => `ALTER ROLE ${role} SUPERUSER`, /is a superuser.*NOSUPERUSER/],
    ["one that makes roles", (role: string) => `ALTER ROLE ${role} CREATEROLE`, /may make roles.*NOCREATEROLE/],
    ["a member of the owner", (role: string, owner: string) => `GRANT ${owner} TO ${role}`, /is a member of a role/],
    ["one that may write anything", (role: string) => `GRANT pg_write_all_data TO ${role}`, /may write anything/],
    [
      "one that makes functions",
      (role: string) => `GRANT CREATE ON SCHEMA public TO ${role}`,
      /REVOKE CREATE ON SCHEMA/,
    ],
  ])("a running role that could change the audit log all the same is refused: %s", async (_, make, sentence) => {
    const { admin, owner, runtime, env } = await twoRoles();
    await run(admin, make(runtime.role, owner.role));
    await expect(start(env)).rejects.toThrow(sentence);
  });

  test("what everybody may do is no owner's to take from one role, and is named", async () => {
    const { admin, env } = await twoRoles();
    await start(env);
    await run(admin, "GRANT DELETE, TRUNCATE ON audit_entries TO PUBLIC");
    await expect(start(env)).rejects.toThrow(/everybody has DELETE on audit_entries, TRUNCATE on audit_entries/);
    await run(admin, "REVOKE ALL ON audit_entries FROM PUBLIC");
    expect(await start(env)).toEqual([]);
  });
});

describe("one address", () => {
  test("works as it did, and `doctor` says what the role could do, with the way to two", async () => {
    const admin = await create();
    const owner = await roleFor(admin);
    await run(admin, `GRANT CREATE ON SCHEMA public TO ${owner.role}`);
    const env = { DATABASE_URL: owner.url };
    expect(await cli(["apps", "create", "--name", "Mine"], env)).toMatchObject(DONE);
    const { stdout } = await cli(["doctor"], env);
    expect(stdout).toMatch(/note {3}database role: The role \w+ of DATABASE_URL could change audit entries\./);
    const [statement = ""] = /CREATE ROLE [^;]*;/.exec(stdout) ?? [];
    expect(statement).toBe("CREATE ROLE im_runtime LOGIN PASSWORD '…';");
    // Under another name, since roles are the whole server's.
    const runtime = await roleFor(admin);
    const both = { DATABASE_URL: runtime.url, DATABASE_MIGRATE_URL: owner.url };
    expect(await start(both)).toEqual([]);
    expect((await cli(["doctor"], both)).stdout).toMatch(/ok {5}database role: \w+ adds audit entries and cannot/);
    expect((await cli(["doctor"], { DATABASE_URL: runtime.url })).stdout).toMatch(/ok {5}database role:/);
    expect(await cli(["apps", "create", "--name", "Other"], { DATABASE_URL: runtime.url })).toMatchObject(DONE);
  });
});

describe("the embedded database of a version that knew one role", () => {
  test("is brought over when it opens, after a crash in the middle too, and keeps what it has", async () => {
    const dataDir = path.join(folder, "former");
    const former = await openEmbeddedPostgres({ dataDir, durable: false });
    // As that version left it: everything is the one superuser's.
    await run(former.ownerUrl, "DROP OWNED BY im_runtime; DROP ROLE im_runtime");
    await run(former.ownerUrl, "GRANT CONNECT, TEMPORARY ON DATABASE im_user_service TO PUBLIC");
    await migrate(former.ownerUrl);
    await run(former.ownerUrl, "DROP FUNCTION audit_add_seal; DROP FUNCTION audit_remove_sealed");
    await run(former.ownerUrl, "ALTER TABLE audit_seals DROP COLUMN removed_before");
    await run(former.ownerUrl, "DELETE FROM _prisma_migrations WHERE migration_name = '20261214100000_runtime_role'");
    await run(
      former.ownerUrl,
      `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
       VALUES (0, now(), 'system', 'cli', 'Command line', 'app.created', 'app', 'of before', 'r', 'cli')`,
    );
    await former.close();

    const settings = parseEnv({ DATA_DIR: dataDir });
    const opened = await openInstallationDatabase(settings, false);
    // A start that dies here has made the role and granted nothing, or has migrated and not granted.
    await expect(run(opened.url, "SELECT FROM audit_entries")).rejects.toMatchObject(refused);
    await migrate(opened.ownerUrl);
    await opened.close();

    const again = await openInstallationDatabase(settings, false);
    try {
      expect(await migrateInstallation(again)).toEqual([]);
      expect((await run(again.url, "SELECT target_id FROM audit_entries")).rows).toEqual([{ target_id: "of before" }]);
      await expect(run(again.url, DELETE)).rejects.toMatchObject(refused);
      await expect(run(again.url, migrationSql(migrationNames()[0] ?? ""))).rejects.toMatchObject(refused);
    } finally {
      await again.close();
    }
    const { stdout } = await cli(["doctor"], { DATABASE_URL: "", MASTER_KEY: undefined, DATA_DIR: dataDir } as never);
    expect(stdout).toMatch(/ok {5}database role: im_runtime adds audit entries and cannot change them/);
  });
});
