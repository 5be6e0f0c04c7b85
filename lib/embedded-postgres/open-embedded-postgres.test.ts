import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./open-embedded-postgres";
import { findServer } from "./server";

const root = mkdtempSync(path.join(tmpdir(), "im embedded "));
const dataDir = path.join(root, "with spaces");
const stateFile = () => path.join(dataDir, "postgres.json");
const open = (): Promise<EmbeddedPostgres> => openEmbeddedPostgres({ dataDir, durable: false });

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const until = async (condition: () => boolean) => {
  await expect.poll(condition, { timeout: 15_000, interval: 20 }).toBe(true);
};

describe("openEmbeddedPostgres", () => {
  beforeAll(() => {
    chmodSync(root, 0o755);
    mkdirSync(dataDir);
  });
  afterAll(async () => {
    const server = await open();
    await server.close();
    for (const folder of [server.cluster, root]) rmSync(folder, { recursive: true, force: true });
  });

  test("first starts at the same moment make one cluster, in UTF-8 and UTC, with a password only its owner can read", async () => {
    const servers = await Promise.all([open(), open(), open()]);
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1);
    const url = servers[0]?.url ?? "";
    const rows = await query<Record<string, string>>(
      url,
      "SELECT current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone, current_setting('listen_addresses') AS listen, lower('ÄÖ') AS lower",
    );
    expect(rows[0]).toEqual({ encoding: "UTF8", zone: "UTC", listen: "127.0.0.1", lower: "äö" });
    expect(statSync(path.join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
    for (const { url: theirs, ownerUrl } of servers) {
      expect([theirs, ownerUrl]).toEqual([url, servers[0]?.ownerUrl]);
      for (const address of [theirs, ownerUrl]) {
        const withoutPassword = new URL(address);
        withoutPassword.password = "";
        await expect(query(withoutPassword.href, "SELECT 1")).rejects.toThrow();
      }
    }
    for (const server of servers) await server.close();
  }, 60_000);

  test("the product's own role signs in to its database alone, reads nothing that it was not granted, and makes nothing", async () => {
    const server = await open();
    await query(server.ownerUrl, "CREATE TABLE secret (n int)");
    const refused = { code: "42501" };
    for (const sql of [
      "SELECT * FROM secret",
      "CREATE TABLE mine (n int)",
      "CREATE TEMPORARY TABLE mine (n int)",
      "CREATE SCHEMA mine",
      "CREATE ROLE mine",
      "CREATE DATABASE mine",
      "SET ROLE im",
      "ALTER ROLE im PASSWORD 'mine'",
      "ALTER SYSTEM SET log_connections = on",
      "SELECT pg_read_file('postgresql.conf')",
    ]) {
      await expect(query(server.url, sql), sql).rejects.toMatchObject(refused);
    }
    expect(new URL(server.url).password).not.toBe(new URL(server.ownerUrl).password);
    await query(server.ownerUrl, "DROP TABLE secret");
    await server.close();
  });

  test("a cluster of before there was that role gets it when it opens, found running or started, as often as it takes", async () => {
    const first = await open();
    const asBefore = `DROP OWNED BY im_runtime; DROP ROLE im_runtime; GRANT CONNECT, TEMPORARY ON DATABASE im_user_service TO PUBLIC`;
    await query(first.ownerUrl, `CREATE TABLE of_before (n int); ${asBefore}`);
    const found = await Promise.all([open(), open(), open()]);
    for (const { url, origin } of found) {
      expect(origin).toBe("found");
      expect(await query(url, "SELECT current_user::text AS me")).toEqual([{ me: "im_runtime" }]);
      await expect(query(url, "CREATE TEMPORARY TABLE mine (n int)")).rejects.toMatchObject({ code: "42501" });
    }
    await query(first.ownerUrl, asBefore);
    for (const one of [first, ...found]) await one.close();
    const started = await open();
    expect(started.origin).toBe("started");
    expect(await query(started.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await query(started.ownerUrl, "DROP TABLE of_before; ALTER ROLE im_runtime NOLOGIN PASSWORD 'another' CREATEROLE");
    const mended = await open();
    expect(await query(mended.url, "SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user")).toEqual([
      { rolcreaterole: false },
    ]);
    await mended.close();
    await started.close();
  });

  test("the last one to leave stops the server, and only the last", async () => {
    const first = await open();
    const second = await open();
    expect(second.origin).toBe("found");
    expect(await first.close()).toEqual({ stopped: false });
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(findServer(second.cluster)).toMatchObject({ pid: second.pid, port: second.port });
    expect(await second.close()).toEqual({ stopped: true });
    expect(findServer(second.cluster)).toBeNull();
    expect(existsSync(path.join(second.cluster, "postmaster.pid"))).toBe(false);
  });

  test("data and port stay across starts", async () => {
    const first = await open();
    await query(first.ownerUrl, "CREATE TABLE kept (n int)");
    await first.close();
    const second = await open();
    expect(second.origin).toBe("started");
    expect(second.port).toBe(first.port);
    expect(await query(second.ownerUrl, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 0 }]);
    await second.close();
  });

  test("another port is taken when the remembered one is used by another program", async () => {
    const first = await open();
    await first.close();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(first.port, "127.0.0.1", resolve));
    const second = await open();
    expect(second.port).not.toBe(first.port);
    await second.close();
    await new Promise((resolve) => other.close(resolve));
  });

  test("a hard kill of the server is noticed, and its stale postmaster.pid does not stop the next start", async () => {
    const server = await openEmbeddedPostgres({ dataDir });
    await query(server.ownerUrl, "CREATE TABLE before_kill (n int)");
    process.kill(server.pid, "SIGKILL");
    expect(await server.lost).toContain("ended");
    const again = await open();
    expect(again.pid).not.toBe(server.pid);
    expect(await query(again.ownerUrl, "SELECT count(*)::int AS n FROM before_kill")).toEqual([{ n: 0 }]);
    await again.close();
  });

  test("a postmaster.pid whose number belongs to another program by now does not stop a start", async () => {
    const server = await open();
    const file = path.join(server.cluster, "postmaster.pid");
    const stale = readFileSync(file, "utf8").replace(/^\d+/, String(process.pid));
    await server.close();
    writeFileSync(file, stale);
    const again = await open();
    expect(again.pid).not.toBe(process.pid);
    await again.close();
  });

  test("the server of a launcher that was killed ends by itself", async () => {
    const orphan = [
      `const { openEmbeddedPostgres } = await import(${JSON.stringify(path.resolve("lib/embedded-postgres/open-embedded-postgres.ts"))});`,
      `const server = await openEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });`,
      "console.log(server.cluster);",
      "process.kill(process.pid, 'SIGKILL');",
    ].join("\n");
    const holder = await open();
    const { cluster, pid } = holder;
    await holder.close();
    try {
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", orphan], { stdio: "pipe" });
    } catch (error) {
      expect((error as { signal?: string }).signal).toBe("SIGKILL");
    }
    await until(() => findServer(cluster) === null);
    const again = await open();
    expect(again.pid).not.toBe(pid);
    await again.close();
  });

  test.each([
    ["is empty, as a power cut leaves a file that was never synced", () => writeFileSync(stateFile(), "")],
    ["holds nothing but zeros", () => writeFileSync(stateFile(), "\0".repeat(200))],
    ["is gone", () => rmSync(stateFile())],
  ])("the database opens with a new password when the file of the old one %s", async (_, lose) => {
    const first = await open();
    const table = `kept_${Date.now()}`;
    await query(first.ownerUrl, `CREATE TABLE ${table} (n int)`);
    await first.close();
    lose();
    const again = await open();
    expect(again.ownerUrl).not.toBe(first.ownerUrl);
    expect(again.url).not.toBe(first.url);
    expect(await query(again.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await query(again.ownerUrl, `SELECT count(*)::int AS n FROM ${table}`)).toEqual([{ n: 0 }]);
    await again.close();
    const third = await open();
    expect(await query(third.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await third.close();
  });

  test("a damaged postgres.json is one sentence that says what to restore", async () => {
    const before = readFileSync(stateFile(), "utf8");
    writeFileSync(stateFile(), before.slice(0, 40));
    await expect(open()).rejects.toThrow(/postgres\.json is damaged.*Restore it from a backup/);
    writeFileSync(stateFile(), before);
  });

  test("a data directory that was moved keeps its data", async () => {
    const first = await open();
    await query(first.ownerUrl, "CREATE TABLE moved (n int)");
    await first.close();
    const elsewhere = path.join(root, "elsewhere");
    execFileSync("mv", [dataDir, elsewhere]);
    const server = await openEmbeddedPostgres({ dataDir: elsewhere, durable: false });
    expect(await query(server.ownerUrl, "SELECT count(*)::int AS n FROM moved")).toEqual([{ n: 0 }]);
    await server.close();
    execFileSync("mv", [elsewhere, dataDir]);
  });
});

describe.runIf(process.getuid?.() === 0)("as root below a folder that nobody else may enter", () => {
  const closed = mkdtempSync(path.join(tmpdir(), "im-closed-"));

  test("the cluster lies in an open place, and a copy of the data directory does not use it", async () => {
    const inside = path.join(closed, "data");
    const server = await openEmbeddedPostgres({ dataDir: inside, durable: false });
    expect(server.cluster.startsWith("/var/lib/im-user-service/")).toBe(true);
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    execFileSync("cp", ["-r", inside, path.join(closed, "copy")]);
    await expect(openEmbeddedPostgres({ dataDir: path.join(closed, "copy") })).rejects.toThrow(/is a copy of/);
    await server.close();
    writeFileSync(path.join(inside, "postgres.json"), "");
    await expect(openEmbeddedPostgres({ dataDir: inside })).rejects.toThrow(
      /is empty, so it is not known which database/,
    );
    for (const folder of [server.cluster, closed]) rmSync(folder, { recursive: true, force: true });
  });
});
