import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, describe, expect, inject, test } from "vitest";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
import { LOCK_WAIT_MS } from "@/lib/db/schema-engine";
import { openSocket } from "@/test/support/client-socket";
import { consoleProcesses } from "@/test/support/console-process";
import { TEST_MASTER_KEY } from "@/test/support/context";
import { previousRelease, type RunningRelease, startRelease } from "@/test/support/previous-release";
import { serviceProcesses } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";

/**
 * `npm run test:installations`: the release before this one serves app servers and connected users; this version migrates its database beside it, takes
 * over and sees it off, as docs/operations.md describes an upgrade without a pause.
 */

/** Users in the database, so that what a migration does to a table takes a time. */
const FILLING = 200_000;
const CALLERS = 6;
const CLIENTS = 12;
/** What a call may wait behind a migration: its wait for one lock, and what it does under it. The rest is the load of the machine. */
const LONGEST_CALL_MS = LOCK_WAIT_MS + 2_500;
const TOGETHER_MS = 10_000;

const base = previousRelease();
const startService = serviceProcesses();
const startConsole = consoleProcesses();

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const name = `im_rolling_${process.pid}`;
const admin = new pg.Client({ connectionString: inject("serverUrl") });
afterAll(async () => {
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined);
  await admin.end();
});

interface Keys {
  readonly appKey: string;
  readonly appSecret: string;
}

/** App servers that register, ban, read and send at one address after another, and what was acknowledged to them. */
function startLoad(keys: Keys, first: string, prefix: string) {
  let apiUrl = first;
  let over = false;
  let users = 0;
  const registered: string[] = [];
  const banned: string[] = [];
  const sent: { userId: string; content: string }[] = [];
  const failures: string[] = [];
  let longestMs = 0;
  const call = async (path: string, body: object): Promise<boolean> => {
    const at = apiUrl;
    const began = performance.now();
    try {
      const { status, body: answer } = await signedClient({ baseUrl: at, ...keys }).send(path, body);
      longestMs = Math.max(longestMs, performance.now() - began);
      if (answer.code === 0) return true;
      failures.push(`${path}: ${status}/${answer.code}`);
    } catch (error) {
      failures.push(`${path}: ${(error as Error).message}`);
    }
    return false;
  };
  const work = async () => {
    while (!over) {
      users += 1;
      const userId = `${prefix}-${users}`;
      if (!(await call("/v4/auth/access-token/issue", { userId, name: `User ${users}` }))) continue;
      registered.push(userId);
      const content = JSON.stringify({ text: `for ${userId}` });
      const message = { fromUserId: "system", toUserIds: [userId], messageType: "text", content };
      if (await call("/v4/direct-channel/message/send", message)) sent.push({ userId, content });
      await call("/v4/user/get", { userId });
      if (await call("/v4/user/ban", { userIds: [userId], durationMinutes: 60 })) banned.push(userId);
    }
  };
  const working = Promise.all(Array.from({ length: CALLERS }, work));
  return {
    registered,
    banned,
    sent,
    failures,
    /** The longest call since this was asked last. */
    longestMs() {
      const longest = longestMs;
      longestMs = 0;
      return longest;
    },
    moveTo(url: string) {
      apiUrl = url;
    },
    async stop() {
      over = true;
      await working;
    },
  };
}

const socketOf = (apiUrl: string) => `${apiUrl.replace("http", "ws")}/im`;

describe.skipIf(base === null)("an upgrade without a pause", () => {
  test("nothing acknowledged is lost, nothing fails while two versions serve, and nobody waits long for a migration", async () => {
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(inject("serverUrl"));
    url.pathname = `/${name}`;
    const settings = { DATABASE_URL: url.href, MASTER_KEY: TEST_MASTER_KEY, RATE_LIMITS: "off", SERVICE_WORKERS: "1" };
    const old: RunningRelease = await startRelease(base ?? "", settings);
    endings.push(() => old.remove());
    const { id } = old.cli("apps", "create", "--name", "Rolling") as { id: string };
    old.cli("apps", "plan", "--app", id, "--plan", "pro");
    const keys = old.cli("apps", "keys", "--app", id, "--env", "production") as Keys;
    old.cli("seed", "large", "--users", String(FILLING));

    // Users who are connected to the old one, and write to each other without pause.
    const server = signedClient({ baseUrl: old.apiUrl, ...keys });
    const tokens: string[] = [];
    for (let n = 0; n < CLIENTS; n += 1) {
      const { body } = await server.send("/v4/auth/access-token/issue", { userId: `client-${n}`, name: `Client ${n}` });
      tokens.push((body.result as { accessToken: string }).accessToken);
    }
    const connect = async (apiUrl: string, n: number) => {
      const client = await openSocket(socketOf(apiUrl));
      endings.push(() => client.close());
      const { error } = await client.connect({ appKey: keys.appKey, token: tokens[n] ?? "" });
      expect(error).toBeUndefined();
      return client;
    };
    const atOld = await Promise.all(tokens.map((_, n) => connect(old.apiUrl, n)));
    const load = startLoad(keys, old.apiUrl, "user-a");
    endings.push(load.stop);
    await expect.poll(() => load.banned.length, { timeout: 30_000 }).toBeGreaterThan(100);
    const usual = load.longestMs();

    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    endings.push(() => client.end());
    const pending = await pendingMigrations(client);
    const began = performance.now();
    expect(await migrate(url.href)).toEqual(pending);
    const migratedMs = performance.now() - began;
    await pause(2_000);
    const longest = load.longestMs();
    process.stderr.write(
      `${pending.length} migrations in ${Math.round(migratedMs)} ms; the longest call ${Math.round(longest)} ms, before ${Math.round(usual)} ms.\n`,
    );
    expect(longest).toBeLessThan(usual + LONGEST_CALL_MS);
    expect(load.failures).toEqual([]);

    // This version comes beside it.
    const service = await startService({ ...settings });
    const atConsole = await startConsole(url.href, settings);
    const loadAtNew = startLoad(keys, service.apiUrl, "user-b");
    endings.push(loadAtNew.stop);
    for (const ready of [old.consoleUrl, old.apiUrl, service.apiUrl, atConsole.url]) {
      expect((await fetch(`${ready}/readyz`)).status, ready).toBe(200);
    }
    const late = await connect(service.apiUrl, 0);
    const toldAt = (told: readonly { readonly params: Record<string, unknown> }[], text: string) =>
      told.some(({ params }) => JSON.stringify(params).includes(text));
    await late.call("message/send", {
      toUserId: "client-1",
      messageType: "text",
      content: '{"text":"from the new one"}',
    });
    await expect.poll(() => toldAt(atOld[1]?.told ?? [], "from the new one"), { timeout: 10_000 }).toBe(true);
    await atOld[2]?.call("message/send", {
      toUserId: "client-0",
      messageType: "text",
      content: '{"text":"from the old one"}',
    });
    await expect.poll(() => toldAt(late.told, "from the old one"), { timeout: 10_000 }).toBe(true);
    await pause(TOGETHER_MS);
    expect(load.failures).toEqual([]);
    expect(loadAtNew.failures).toEqual([]);

    // The old one goes. Its callers go over first, as a proxy has them do that looks at /readyz; its clients connect again.
    load.moveTo(service.apiUrl);
    await pause(1_500);
    expect(await old.stop()).toBe(0);
    await Promise.all(atOld.map(({ closed }) => closed));
    const again = await connect(service.apiUrl, 1);
    const inbox = await again.call("message/fetch", {});
    expect(JSON.stringify(inbox)).toContain("from the new one");
    const before = load.banned.length;
    await expect.poll(() => load.banned.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
    await Promise.all([load.stop(), loadAtNew.stop()]);
    expect(load.failures).toEqual([]);
    expect(loadAtNew.failures).toEqual([]);

    const { rows } = await client.query<{ user_id: string; banned: boolean }>(
      `SELECT user_id, banned_until IS NOT NULL AS banned FROM users
       WHERE environment_id = (SELECT id FROM environments WHERE app_key = $1)`,
      [keys.appKey],
    );
    const stored = new Map(rows.map((row) => [row.user_id, row.banned]));
    for (const { registered, banned } of [load, loadAtNew]) {
      expect(registered.filter((userId) => !stored.has(userId))).toEqual([]);
      expect(banned.filter((userId) => stored.get(userId) !== true)).toEqual([]);
    }
    const messages = await client.query<{ content: string }>(
      "SELECT content FROM messages WHERE content LIKE '%for user-%'",
    );
    const contents = new Set(messages.rows.map(({ content }) => content));
    expect([...load.sent, ...loadAtNew.sent].filter(({ content }) => !contents.has(content))).toEqual([]);
    process.stderr.write(
      `${stored.size} users and ${messages.rows.length} messages, none of those acknowledged is missing.\n`,
    );
  }, 1_800_000);
});
