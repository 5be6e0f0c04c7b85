import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { databaseAccount } from "@/lib/embedded-postgres/account";
import { clusterMajor, createCluster } from "@/lib/embedded-postgres/cluster";
import { prepareDataDir, readOrCreateState, readState } from "@/lib/embedded-postgres/cluster-state";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { chooseFreePort } from "@/lib/embedded-postgres/port";
import { packageName, reachablePrograms } from "@/lib/embedded-postgres/programs";
import { serveCluster } from "@/lib/embedded-postgres/serve-cluster";
import { createRuntime } from "@/lib/runtime";
import { main } from "@/server/cli";
import { loadSettings } from "@/server/installation/settings";
import { createTestApp, TEST_MASTER_KEY } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";

/** `npm run test:installations`: an embedded database of PostgreSQL 17, as an earlier release has made it, and this version's PostgreSQL. */

const OLD = "17.10.0-beta.17";
const USERS = 2_000;

const root = mkdtempSync(path.join(tmpdir(), "im-upgrade-"));
const dataDir = path.join(root, "data");
const oldPackage = path.join(root, "old");
const programsFolder = path.join(oldPackage, "node_modules", packageName());

async function cli(...args: string[]) {
  let [stdout, stderr] = ["", ""];
  const code = await main(args, {
    env: { DATA_DIR: dataDir, MASTER_KEY: TEST_MASTER_KEY },
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

const runtimeOn = (url: string) =>
  createRuntime(
    "test",
    loadSettings({ DATABASE_URL: url, MASTER_KEY: TEST_MASTER_KEY, DATA_DIR: dataDir, LOG_LEVEL: "silent" }),
  );

beforeAll(async () => {
  chmodSync(root, 0o755);
  const options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("mkdir", ["-p", oldPackage]);
  execFileSync("npm", ["install", "--prefix", oldPackage, ...options, `${packageName()}@${OLD}`], { stdio: "pipe" });
  prepareDataDir(dataDir);
  const account = await databaseAccount();
  const { state } = await readOrCreateState(dataDir, account, await chooseFreePort());
  const programs = await reachablePrograms({ folder: programsFolder, version: OLD }, account);
  await createCluster(programs, state, account);
  await serveCluster(programs, state, account, async (url) => {
    await migrate(url);
    const runtime = await runtimeOn(url);
    try {
      const { production } = await createTestApp(runtime.context);
      const users = Array.from({ length: USERS }, (_, n) => ({ userId: `user-${n}`, createdAt: Date.now() }));
      await insertTestUsers(runtime.context, production.ref, users);
    } finally {
      await runtime.close();
    }
  });
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("an embedded database of an older PostgreSQL", () => {
  test("is not started but named, with the command that helps", async () => {
    await expect(openEmbeddedPostgres({ dataDir })).rejects.toThrow(
      /made by PostgreSQL 17, and this version comes with 18\. Run `npm run --silent cli -- upgrade-database`/,
    );
    const { code, stderr } = await cli("apps", "list");
    expect(code).toBe(1);
    expect(stderr).toContain("upgrade-database");
  });

  test("stays in use, unchanged, when the upgrade fails", async () => {
    const before = readFileSync(path.join(dataDir, "postgres.json"), "utf8");
    const wrong = await cli("upgrade-database", "--programs", path.join(root, "nothing"));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining("has no programs of PostgreSQL") });
    const other = await cli("upgrade-database", "--programs", path.resolve("node_modules", packageName()));
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("the database was made by 17") });
    expect(readFileSync(path.join(dataDir, "postgres.json"), "utf8")).toBe(before);
    expect(clusterMajor(path.join(dataDir, "postgres"))).toBe(17);
  });

  test("is brought to this version's with every row, and the old one is kept until it is told to go", async () => {
    const upgraded = await cli("upgrade-database");
    expect(upgraded).toMatchObject({ code: 0, stdout: expect.stringContaining("is PostgreSQL 18's now") });
    const state = readState(dataDir);
    expect(state?.cluster).toBe(path.join(dataDir, "postgres-18"));
    expect(clusterMajor(path.join(dataDir, "postgres-18"))).toBe(18);
    expect(clusterMajor(path.join(dataDir, "postgres-17.old"))).toBe(17);
    expect(existsSync(path.join(dataDir, "postgresql-17"))).toBe(false);
    expect(existsSync(path.join(dataDir, "postgres.upgrade"))).toBe(false);

    const server = await openEmbeddedPostgres({ dataDir });
    try {
      expect(await migrate(server.url)).toEqual([]);
      const runtime = await runtimeOn(server.url);
      const users = await runtime.context.db.prisma.user.count();
      const { rows } = await runtime.context.db.pool.query("SHOW server_version_num");
      // The next registration gets a number that nobody has.
      await createTestApp(runtime.context);
      await runtime.close();
      expect(users).toBe(USERS);
      expect(rows[0]?.server_version_num).toMatch(/^18/);
    } finally {
      await server.close();
    }
    expect(await cli("upgrade-database")).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to do") });
    const removed = await cli("upgrade-database", "--remove-old");
    expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining("postgres-17.old") });
    expect(existsSync(path.join(dataDir, "postgres-17.old"))).toBe(false);
    expect(await cli("upgrade-database", "--remove-old")).toMatchObject({
      code: 0,
      stdout: "There is no old database.\n",
    });
  });

  test("is found in a data directory that has lost the file which says where it lies", async () => {
    rmSync(path.join(dataDir, "postgres.json"));
    const server = await openEmbeddedPostgres({ dataDir });
    expect(server.cluster).toBe(path.join(dataDir, "postgres-18"));
    await server.close();
  });
});
