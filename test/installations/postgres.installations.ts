import { writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { migrate, migrationNames } from "@/lib/db/migrate";
import { parseEnv } from "@/lib/env";
import { connectionsOfProcess } from "@/server/installation/connections";
import { migrateInstallation, openInstallationDatabase } from "@/server/installation/database";
import { inspectDatabase, LEAST_POSTGRES } from "@/server/installation/preflight";
import { selfSigned } from "@/test/support/certificate";
import { createTestApp, testContext } from "@/test/support/context";
import { findProgram, ownFolder, serverAccount, startProgram } from "@/test/support/foreign-programs";
import { freePort } from "@/test/support/free-port";
import { hasDebianPostgres, type OwnCluster, startCluster } from "@/test/support/own-cluster";
import { ownDatabases, withSetting } from "@/test/support/own-databases";
import { serviceProcesses } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";

/** `npm run test:installations`: PostgreSQL as companies have it, of the lowest version that is supported. */

const pgbouncer = findProgram("pgbouncer");
const context = testContext();
const startService = serviceProcesses();
const CALLS = 200;

/** Starts a service at `url`, on a migrated database, and sends it calls, some at a time; gives how many were answered with success. */
async function callsAnswered(url: string, directUrl = url): Promise<number> {
  await migrate(directUrl);
  const db = openDatabase({ url: directUrl, poolSize: 2 });
  const { production } = await createTestApp({ ...context(), db }).finally(() => db.close());
  const { apiUrl } = await startService({ DATABASE_URL: url, RATE_LIMITS: "off" });
  const api = signedClient({ baseUrl: apiUrl, appKey: production.ref.appKey, appSecret: production.appSecret });
  let answered = 0;
  for (let n = 0; n < CALLS; n += 20) {
    const codes = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const userId = `user-${n + at}`;
        const made = await api.send("/v4/auth/access-token/issue", { userId, name: userId });
        const read = await api.send("/v4/user/get", { userId });
        return made.body.code + read.body.code;
      }),
    );
    answered += codes.filter((code) => code === 0).length;
  }
  return answered;
}

describe.skipIf(!hasDebianPostgres)("Debian's PostgreSQL", () => {
  let cluster: OwnCluster;
  beforeAll(async () => {
    cluster = await startCluster({ settings: ["wal_level = replica", "max_wal_senders = 5"] });
  });
  afterAll(() => cluster?.stop());
  const { create, roleFor, run } = ownDatabases(() => cluster.url());

  const faults = async (url: string) =>
    (await inspectDatabase(url)).faults.map(({ check, sentence }) => `${check}: ${sentence}`).join("\n");

  test("is the lowest version that is supported; every migration applies and a service answers every call", async () => {
    const url = await create();
    const { version, ...rest } = await inspectDatabase(url);
    expect(version).toMatch(new RegExp(`^${LEAST_POSTGRES}\\.`));
    expect(rest).toMatchObject({ faults: [], pooler: "none" });
    expect(await callsAnswered(url)).toBe(CALLS);
  });

  test("a role without rights: refused before the first statement, and served after the statement it was told", async () => {
    const url = await create();
    const { role, url: theirs } = await roleFor(url);
    const [grant] = /GRANT [^;]*;/.exec(await faults(theirs)) ?? [];
    expect(grant).toBe(`GRANT USAGE, CREATE ON SCHEMA "public" TO "${role}";`);
    await run(url, grant ?? "");
    expect(await callsAnswered(theirs)).toBe(CALLS);
  });

  test("a schema of one's own, over the socket; the service holds no more connections than stated", async () => {
    const url = await create();
    const database = new URL(url).pathname.slice(1);
    const socket = `postgresql://postgres:own@/${database}?host=${encodeURIComponent(cluster.folder)}&port=${cluster.port}&schema=im`;
    expect(await faults(socket)).toBe("");
    expect(await callsAnswered(socket)).toBe(CALLS);
    const { rows } = await run(
      url,
      "SELECT count(*)::int AS held FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'im-user-service%'",
    );
    expect(rows[0].held).toBeGreaterThan(3);
    expect(rows[0].held).toBeLessThanOrEqual(connectionsOfProcess({ DATABASE_POOL_SIZE: 10 }));
  });

  test("a standby is refused, and the primary's address is asked for", async () => {
    const standby = await startCluster({ follows: cluster });
    try {
      expect(await faults(standby.url())).toMatch(/^standby: .*address of the primary/);
    } finally {
      await standby.stop();
    }
  });

  describe.skipIf(pgbouncer === null)("behind pgbouncer", () => {
    const startPooler = async (mode: string, database: string) => {
      const account = serverAccount();
      const { path: folder, remove } = ownFolder(account);
      const port = await freePort();
      writeFileSync(path.join(folder, "users.txt"), '"postgres" "own"\n', { mode: 0o644 });
      const settings = [
        "[databases]",
        `${database} = host=127.0.0.1 port=${cluster.port} password=own`,
        "[pgbouncer]",
        `listen_addr = 127.0.0.1`,
        `listen_port = ${port}`,
        "auth_type = plain",
        `auth_file = ${folder}/users.txt`,
        `unix_socket_dir =`,
        `pool_mode = ${mode}`,
      ];
      writeFileSync(path.join(folder, "pgbouncer.ini"), `${settings.join("\n")}\n`, { mode: 0o644 });
      const running = await startProgram(pgbouncer ?? "", [path.join(folder, "pgbouncer.ini")], port, account);
      return {
        url: `postgresql://postgres:own@127.0.0.1:${port}/${database}`,
        stop: async () => {
          await running.stop();
          remove();
        },
      };
    };

    test.each(["transaction", "statement"])("in the mode %s: refused, with what to do", async (mode) => {
      const url = await create();
      const pooler = await startPooler(mode, new URL(url).pathname.slice(1));
      try {
        expect(await faults(pooler.url)).toMatch(/^pooler: .*pool_mode=session/);
      } finally {
        await pooler.stop();
      }
    });

    test("in the mode session: migrates and answers every call, in a schema of one's own, without a setting of the pooler", async () => {
      const url = await create();
      const pooler = await startPooler("session", new URL(url).pathname.slice(1));
      const inSchema = withSetting(pooler.url, "schema", "im");
      try {
        expect(await inspectDatabase(inSchema)).toMatchObject({ faults: [], pooler: "session" });
        expect(await callsAnswered(inSchema)).toBe(CALLS);
      } finally {
        await pooler.stop();
      }
    });
  });
});

describe.skipIf(!hasDebianPostgres)("a PostgreSQL that demands TLS", () => {
  const tls = selfSigned("localhost", "127.0.0.1");
  const client = selfSigned("im_certified");
  let cluster: OwnCluster;
  beforeAll(async () => {
    cluster = await startCluster({
      tls,
      clients: client.cert,
      access: [
        "local all all scram-sha-256",
        "hostssl all im_certified 127.0.0.1/32 cert",
        "hostssl all all 127.0.0.1/32 scram-sha-256",
      ],
    });
  });
  afterAll(() => cluster?.stop());

  test("a client certificate stands in for the password of the running role", async () => {
    const at = (name: string, text: string) => {
      const file = path.join(cluster.folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    };
    const trusted = withSetting(
      withSetting(cluster.url(), "sslmode", "verify-full"),
      "sslrootcert",
      at("server.pem", tls.cert),
    );
    const admin = new pg.Client({ connectionString: trusted });
    await admin.connect();
    await admin.query("CREATE ROLE im_certified LOGIN").finally(() => admin.end());
    const named = new URL(trusted);
    named.username = "im_certified";
    named.password = "";
    const url = withSetting(
      withSetting(named.href, "sslcert", at("client.pem", client.cert)),
      "sslkey",
      at("client.key", client.key),
    );
    const settings = parseEnv({ DATABASE_URL: url, DATABASE_MIGRATE_URL: trusted, REQUIRE_TLS: "on" });
    const database = await openInstallationDatabase(settings, false);
    await migrateInstallation(database).finally(() => database.close());
    expect(await callsAnswered(url, trusted)).toBe(CALLS);
    const without = parseEnv({ DATABASE_URL: named.href, DATABASE_MIGRATE_URL: trusted });
    await expect(openInstallationDatabase(without, false)).rejects.toThrow(/does not answer/);
  });

  test("says so, then asks for the authority, then serves", async () => {
    const authority = path.join(cluster.folder, "authority.pem");
    writeFileSync(authority, tls.cert, { mode: 0o644 });
    const said = async (url: string) => (await inspectDatabase(url)).faults.map(({ sentence }) => sentence).join("\n");
    const url = cluster.url();
    expect(await said(url)).toMatch(/demands TLS.*sslmode=verify-full/);
    const verified = withSetting(url, "sslmode", "verify-full");
    expect(await said(verified)).toMatch(/authority.*sslrootcert=FILE/);
    const trusted = withSetting(verified, "sslrootcert", authority);
    expect(await said(trusted)).toBe("");
    expect(await migrate(trusted)).toEqual(migrationNames());
    expect(await callsAnswered(trusted)).toBe(CALLS);
    const plain = await startCluster();
    try {
      expect(await said(withSetting(plain.url(), "sslmode", "verify-full"))).toMatch(/has no TLS/);
    } finally {
      await plain.stop();
    }
  });
});
