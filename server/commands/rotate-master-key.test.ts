import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { INSTALLATION } from "@/lib/core/actor";
import { openAppSecret } from "@/lib/core/apps/app-secret";
import { auditKeyOf } from "@/lib/core/audit/audit-key";
import { checkEveryLog } from "@/lib/core/audit/check-log";
import { findLastSeal } from "@/lib/core/audit/seal-store";
import type { Context } from "@/lib/core/context";
import { hashesOfRecoveryCode, hashRecoveryCode } from "@/lib/core/factors/codes";
import { spendRecoveryCode } from "@/lib/core/factors/factor-store";
import { appPurpose } from "@/lib/core/factors/prove-factor";
import { mailPurpose } from "@/lib/core/mail/mail-store";
import { SEALED_COLUMNS } from "@/lib/core/master-key/sealed-column-store";
import { findStoredIssuer, saveIssuer } from "@/lib/core/oidc/issuer-store";
import { createSecretBox } from "@/lib/core/secrets";
import { signingSecret } from "@/lib/core/webhooks/signing-secret";
import { onPool } from "@/lib/db/statement";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { createTestApp, TEST_MASTER_KEY, type TestEnvironment } from "@/test/support/context";
import { testDatabase } from "@/test/support/database";
import { createTestOperator } from "@/test/support/operators";
import { sealAll } from "@/test/support/sealing";
import { main } from "../cli";

const databaseUrl = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "im-rotation-"));
const keyFile = path.join(folder, "master-key");
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const keyOnDisk = () => readFileSync(keyFile, "utf8").trim();
const settings = (env: Record<string, string> = {}) => ({ DATABASE_URL: databaseUrl(), DATA_DIR: folder, ...env });

/** What the product itself cannot do. */
async function asOwner(sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl.owner() });
  await client.connect();
  await (values.length === 0 ? client.query(sql) : client.query(sql, values)).finally(() => client.end());
}

/** A process of the product, for as long as `work` takes. */
async function withKey<T>(masterKey: string, work: (context: Context) => Promise<T>): Promise<T> {
  const env = parseEnv({
    ...settings(),
    MASTER_KEY: masterKey,
    LOG_LEVEL: "silent",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "a@example.com",
  });
  const runtime = await createRuntime("service", env);
  try {
    return await work(runtime.context);
  } finally {
    await runtime.close();
  }
}

async function cli(args: readonly string[], env: Record<string, string> = {}) {
  let [stdout, stderr] = ["", ""];
  const code = await main(args, {
    env: settings(env),
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

const ISSUER = {
  name: "Acme",
  issuer: "https://acme.example.com",
  clientId: "im",
  clientSecret: "client secret",
  scopes: "openid",
  groupsClaim: "groups",
  roles: [],
  otherRole: null,
  domains: [],
  create: false,
  factors: [],
  only: false,
};
const MAIL = "00000000-0000-4000-8000-000000000001";
const CODE = "k7qm-2xwp-9dzt";

interface Made {
  readonly environment: TestEnvironment;
  readonly operatorId: string;
}

/** Everything that is sealed, or follows from the master key. */
async function fill(context: Context): Promise<Made> {
  const { prisma } = context.db;
  const { development: environment } = await createTestApp(context);
  const { operatorId } = await createTestOperator(context, "owner");
  const now = new Date();
  const secretEncrypted = context.secrets.encrypt("totp secret", appPurpose(operatorId));
  await prisma.authenticatorApp.create({ data: { operatorId, secretEncrypted, lastStep: 0, createdAt: now } });
  await prisma.recoveryCode.create({ data: { operatorId, codeHash: hashRecoveryCode(context.secrets, CODE) } });
  const sealed = context.secrets.encrypt("https://link", mailPurpose(MAIL));
  await prisma.mail.create({ data: { id: MAIL, kind: "test", about: {}, sealed, createdAt: now, dueAt: now } });
  await saveIssuer(context, prisma, ISSUER, now);
  await sealAll(context, INSTALLATION);
  return { environment, operatorId };
}

async function everythingOpens(context: Context, { environment, operatorId }: Made): Promise<void> {
  const { prisma } = context.db;
  const stored = await prisma.environment.findUniqueOrThrow({ where: { id: environment.ref.id } });
  expect(openAppSecret(context.secrets, stored.appKey, stored.appSecretEncrypted)).toBe(environment.appSecret);
  const app = await prisma.authenticatorApp.findUniqueOrThrow({ where: { operatorId } });
  expect(context.secrets.decrypt(app.secretEncrypted, appPurpose(operatorId))).toBe("totp secret");
  const mail = await prisma.mail.findUniqueOrThrow({ where: { id: MAIL } });
  expect(context.secrets.decrypt(mail.sealed ?? Buffer.alloc(0), mailPurpose(MAIL))).toBe("https://link");
  expect(await findStoredIssuer(context, prisma)).toMatchObject({ clientSecret: "client secret" });
  const { logs, misfits } = await checkEveryLog(context);
  expect([...misfits, ...logs.flatMap((log) => log.misfits)]).toEqual([]);
}

let made: Made;
beforeEach(async () => {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    rmSync(path.join(folder, name), { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, `${TEST_MASTER_KEY}\n`);
  await asOwner(
    `TRUNCATE apps, environments, webhooks, operators, authenticator_apps, recovery_codes, mails, installation_facts, audit_entries, audit_seals CASCADE;
     UPDATE audit_chain SET seals = 0`,
  );
  made = await withKey(TEST_MASTER_KEY, fill);
});

describe("rotate-master-key", () => {
  test("seals every secret with a new key; what follows from the old one stays what it is", async () => {
    const before = await withKey(TEST_MASTER_KEY, async (context) => ({
      publicKey: auditKeyOf(context.secrets).publicKey,
      webhook: signingSecret(context.secrets, made.environment.ref.appKey, 1),
      next: signingSecret(context.secrets, made.environment.ref.appKey, 2),
    }));
    const { code, stdout, stderr } = await cli(["rotate-master-key", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout).sealed).toBe(2 + 3);
    expect(keyOnDisk()).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOnDisk()).not.toBe(TEST_MASTER_KEY);
    expect(readdirSync(folder)).toEqual(["master-key"]);
    await withKey(keyOnDisk(), async (context) => {
      await everythingOpens(context, made);
      const { secrets, db } = context;
      expect(auditKeyOf(secrets).publicKey).not.toBe(before.publicKey);
      expect(signingSecret(secrets, made.environment.ref.appKey, 1)).toBe(before.webhook);
      expect(signingSecret(secrets, made.environment.ref.appKey, 2)).not.toBe(before.next);
      const spend = () =>
        spendRecoveryCode(db.prisma, made.operatorId, hashesOfRecoveryCode(secrets, CODE), new Date());
      expect([await spend(), await spend()]).toEqual([true, false]);
      const [entry] = await db.prisma.auditEntry.findMany({ where: { action: "installation.master_key_rotated" } });
      expect(entry).toMatchObject({ actorKind: "system", source: "cli" });
      // Seals of before are still good, and so are those of after.
      await sealAll(context, INSTALLATION);
      await everythingOpens(context, made);
      expect((await findLastSeal(onPool(db.pool), INSTALLATION))?.sequence).toBe(2);
    });
    await expect(withKey(TEST_MASTER_KEY, async () => undefined)).rejects.toThrow(/MASTER_KEY is not the key/);
    expect(await cli(["rotate-master-key"])).toMatchObject({ code: 0 });
    await withKey(keyOnDisk(), async (context) => {
      await everythingOpens(context, made);
      expect(signingSecret(context.secrets, made.environment.ref.appKey, 1)).toBe(before.webhook);
    });
  }, 60_000);

  test("whoever has only the old key can no longer make seals", async () => {
    expect(await cli(["rotate-master-key"])).toMatchObject({ code: 0 });
    await withKey(keyOnDisk(), async (context) => {
      await sealAll(context, INSTALLATION);
      const old = (await findLastSeal(onPool(context.db.pool), INSTALLATION))?.hash ?? "";
      const signature = auditKeyOf(createSecretBox(TEST_MASTER_KEY)).sign(old);
      await asOwner("UPDATE audit_seals SET signature = $1 WHERE sequence = 2", [signature]);
      const { logs } = await checkEveryLog(context);
      expect(logs.flatMap((log) => log.misfits.map(({ words }) => words))).toEqual([
        "Seal 2 was not made by this installation as it is.",
      ]);
    });
  }, 60_000);

  test("while the product runs, and with a secret that does not open, nothing is changed", async () => {
    await withKey(TEST_MASTER_KEY, async (context) => {
      await context.db.pool.query("SELECT 1");
      const refused = await cli(["rotate-master-key"]);
      expect(refused).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/uses this database \(.*service.*Stop it/),
      });
    });
    await withKey(TEST_MASTER_KEY, ({ db }) => db.pool.query("UPDATE mails SET sealed = '\\x0102'"));
    const refused = await cli(["rotate-master-key"]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/mails does not open.*Nothing was changed/),
    });
    expect(keyOnDisk()).toBe(TEST_MASTER_KEY);
    await withKey(TEST_MASTER_KEY, async ({ db, secrets }) => {
      const stored = await db.prisma.environment.findUniqueOrThrow({ where: { id: made.environment.ref.id } });
      expect(openAppSecret(secrets, stored.appKey, stored.appSecretEncrypted)).toBe(made.environment.appSecret);
    });
  }, 60_000);

  test("killed before the commit: the old key is the one, and the next try goes through", async () => {
    const blocker = new pg.Client({ connectionString: databaseUrl() });
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE mails IN ACCESS EXCLUSIVE MODE");
    const child = spawn(process.execPath, ["scripts/cli.mjs", "rotate-master-key"], {
      env: { ...process.env, ...settings(), NODE_ENV: "production" },
      stdio: "ignore",
    });
    children.push(child);
    const waiting = async () =>
      (
        await blocker.query(
          "SELECT count(*)::int AS n FROM pg_locks WHERE relation = 'mails'::regclass AND NOT granted",
        )
      ).rows[0].n;
    await expect.poll(waiting, { timeout: 40_000, interval: 50 }).toBe(1);
    expect(existsSync(`${keyFile}.next`)).toBe(true);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    await blocker.query("ROLLBACK");
    const used = `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'im-user-service %'`;
    await expect.poll(async () => (await blocker.query(used)).rows[0].n, { timeout: 15_000 }).toBe(0);
    await blocker.end();
    expect(await cli(["apps", "list"])).toMatchObject({ code: 0 });
    expect(keyOnDisk()).toBe(TEST_MASTER_KEY);
    expect(await cli(["rotate-master-key"])).toMatchObject({ code: 0, stderr: "" });
    await withKey(keyOnDisk(), (context) => everythingOpens(context, made));
  }, 90_000);

  test("killed after the commit: whoever comes next takes the new key", async () => {
    expect(await cli(["rotate-master-key"])).toMatchObject({ code: 0 });
    const rotated = keyOnDisk();
    // As it is when the last step was not made.
    writeFileSync(`${keyFile}.next`, `${rotated}\n`);
    writeFileSync(keyFile, `${TEST_MASTER_KEY}\n`);
    expect(await cli(["apps", "list"])).toMatchObject({ code: 0, stderr: "" });
    expect(keyOnDisk()).toBe(rotated);
    expect(readdirSync(folder)).toEqual(["master-key"]);
  }, 60_000);

  test("with MASTER_KEY the new key goes into a file that does not take the place of another", async () => {
    const env = { MASTER_KEY: TEST_MASTER_KEY };
    const newFile = path.join(folder, "new key");
    expect(await cli(["rotate-master-key"], env)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--new-key-file/),
    });
    writeFileSync(newFile, "mine");
    const taken = await cli(["rotate-master-key", "--new-key-file", newFile], env);
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringMatching(/there already/) });
    rmSync(newFile);
    const done = await cli(["rotate-master-key", "--new-key-file", newFile], env);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining("Set MASTER_KEY") });
    await withKey(readFileSync(newFile, "utf8").trim(), (context) => everythingOpens(context, made));
  }, 60_000);
});

test("every column with sealed bytes is known to the rotation", async () => {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  const { rows } = await client.query(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND udt_name IN ('bytea', '_bytea') ORDER BY 1`,
  );
  await client.end();
  const notSealed = ["audit_seals.entry_hashes", "passkeys.public_key"];
  const known = [...SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`), ...notSealed];
  expect(rows.map(({ name }) => name)).toEqual(known.sort());
});

test("what seals secrets is either known to the rotation or lives for minutes", () => {
  const callers = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("generated"))
    .filter((file) => /\.encrypt\(/.test(readFileSync(path.join("lib", file), "utf8")))
    .map((file) => file.replaceAll(path.sep, "/"));
  expect(callers.sort()).toEqual([
    "core/apps/app-secret.ts",
    "core/factors/set-up-app.ts",
    // Tickets, in browsers, for minutes.
    "core/factors/ticket-store.ts",
    "core/mail/mail-store.ts",
    "core/master-key/retired-key-store.ts",
    "core/master-key/rotate-master-key.ts",
    "core/oidc/issuer-store.ts",
  ]);
});
