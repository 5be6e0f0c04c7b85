import { chownSync, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import pino from "pino";
import { afterEach, describe, expect, inject, test } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import { registerUser } from "@/lib/core/users/register-user";
import { migrate } from "@/lib/db/migrate";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { DATABASE_FOLDER_VARIABLE } from "@/lib/env";
import { watchRoom } from "@/lib/room/room";
import { createRuntime, type Runtime } from "@/lib/runtime";
import { loadSettings } from "@/server/installation/settings";
import { consoleBrowser, openPage } from "@/test/support/console-browser";
import { consoleProcesses } from "@/test/support/console-process";
import { appServerOf, createTestApp, TEST_MASTER_KEY, type TestEnvironment } from "@/test/support/context";
import { serverAccount } from "@/test/support/foreign-programs";
import { freePort } from "@/test/support/free-port";
import { createTestOperator } from "@/test/support/operators";
import { connectOnce, type ServiceProcess, serviceProcesses } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";
import { canMount, type SmallDisk, smallDisk } from "@/test/support/small-disk";

/**
 * `npm run test:faults`: the disk of the database fills up under load, on a small file system of the test's own. PostgreSQL does not outlive a
 * disk on which it cannot write its log, so changes stop before; where that cannot be seen coming, what PostgreSQL says is understood.
 */

const MIB = 1024 * 1024;
/** A disk is looked at each second, and PostgreSQL asked every two. */
const SOON = { timeout: 8_000, interval: 100 };

const startService = serviceProcesses();

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function disk(sizeMib: number): SmallDisk {
  const made = smallDisk(sizeMib);
  endings.push(() => made.remove());
  return made;
}

async function runtimeOn(url: string, dataDir: string): Promise<Runtime> {
  const settings = loadSettings({
    DATABASE_URL: url,
    MASTER_KEY: TEST_MASTER_KEY,
    DATA_DIR: dataDir,
    LOG_LEVEL: "silent",
  });
  const runtime = await createRuntime("test", settings);
  endings.push(() => runtime.close());
  return runtime;
}

/** An app server that registers users and sends messages without pause, and remembers what was acknowledged. */
function load(service: ServiceProcess, { ref, appSecret }: TestEnvironment) {
  const client = signedClient({ baseUrl: service.apiUrl, appKey: ref.appKey, appSecret });
  const registered: string[] = [];
  const refusals: { status: number; code: number; retryAfter: string | null }[] = [];
  let over = false;
  const call = async (path: string, body: object) => {
    const { status, headers, body: answer } = await client.send(path, body);
    if (answer.code === 0) return true;
    refusals.push({ status, code: answer.code, retryAfter: headers.get("retry-after") });
    await pause(20);
    return false;
  };
  let users = 0;
  const work = async () => {
    while (!over) {
      users += 1;
      const userId = `user-${users}`;
      if (!(await call("/v4/auth/access-token/issue", { userId, name: userId }))) continue;
      registered.push(userId);
      const message = {
        fromUserId: userId,
        toUserIds: [userId],
        messageType: "text",
        content: `{"text":"${"x".repeat(2_000)}"}`,
      };
      for (let sent = 0; sent < 3; sent += 1) await call("/v4/direct-channel/message/send", message);
    }
  };
  const working = Promise.all(Array.from({ length: 8 }, work));
  return {
    client,
    registered,
    refusals,
    async stop() {
      over = true;
      await working;
    },
  };
}

const readiness = async (url: string, query = "") => {
  const response = await fetch(`${url}/readyz${query}`);
  return { status: response.status, text: await response.text() };
};

async function storedUsers(runtime: Runtime, ref: EnvironmentRef): Promise<ReadonlySet<string>> {
  const { prisma } = runtime.context.db;
  const rows = await prisma.user.findMany({ where: { environmentId: ref.id }, select: { userId: true } });
  return new Set(rows.map(({ userId }) => userId));
}

/** An embedded database on a small disk, with an app in it. */
async function embeddedOn(small: SmallDisk) {
  const dataDir = path.join(small.folder, "data");
  mkdirSync(dataDir);
  const server = await openEmbeddedPostgres({ dataDir });
  endings.push(() => server.close());
  await migrate(server.url);
  const runtime = await runtimeOn(server.url, dataDir);
  const { appId, production } = await createTestApp(runtime.context);
  const settings = {
    DATABASE_URL: server.url,
    DATA_DIR: dataDir,
    RATE_LIMITS: "off",
    [DATABASE_FOLDER_VARIABLE]: server.cluster,
  };
  return { server, runtime, appId, production, settings };
}

describe.skipIf(!canMount)("the disk of the embedded database fills up under load", () => {
  test("changes are refused before PostgreSQL dies, reading goes on, and with room everything does, by itself", async () => {
    const small = disk(1_200);
    const { server, runtime, production, settings } = await embeddedOn(small);
    const metricsPort = await freePort();
    const service = await startService({ ...settings, METRICS_ADDRESS: `127.0.0.1:${metricsPort}` });
    const metric = async (name: string) => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1];
    };
    const { client, registered, refusals, stop } = load(service, production);
    endings.push(stop);
    await expect.poll(() => registered.length, SOON).toBeGreaterThan(50);
    expect(await readiness(service.apiUrl)).toEqual({ status: 200, text: "ready\n" });
    const first = registered[0] ?? "";
    const issue = { userId: first, name: first };
    const issued = (await client.send("/v4/auth/access-token/issue", issue)).body.result as { accessToken: string };

    // 90 %: told, and nothing is refused.
    small.leave(100 * MIB);
    const told = { status: 200, text: "ready\nA disk is nearly full.\n" };
    await expect.poll(() => readiness(service.apiUrl), SOON).toEqual(told);
    expect(refusals).toEqual([]);

    // The load itself fills the rest.
    small.leave(68 * MIB);
    await expect.poll(() => refusals.length, { timeout: 60_000, interval: 100 }).toBeGreaterThan(20);
    const refused = { status: 200, text: "ready\nChanges are refused: there is no room left.\n" };
    expect(await readiness(service.apiUrl)).toEqual(refused);
    expect(await readiness(service.apiUrl, "?changes")).toEqual({ ...refused, status: 503 });
    expect(await metric("im_changes_refused")).toBe("1");

    // For a while: PostgreSQL lives on what is kept for it, and whoever reads, connects or has a token is served.
    const before = small.freeBytes();
    const acknowledged = registered.length;
    for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
      expect((await client.send("/v4/user/get", { userId: first })).body.code).toBe(0);
      expect((await client.send("/v4/auth/access-token/issue", issue)).body.code).toBe(0);
    }
    expect(registered.length).toBe(acknowledged);
    const { appKey } = production.ref;
    const { client: socket, code } = await connectOnce(service.socketUrl, { appKey, token: issued.accessToken });
    expect(code).toBe(0);
    const said = await socket.call("message/send", { toUserId: first, messageType: "text", content: "{}" });
    expect(said.error?.code).toBe(1051);
    socket.close();
    expect(before - small.freeBytes()).toBeLessThan(32 * MIB);
    for (const refusal of refusals) expect(refusal).toEqual({ status: 503, code: 1051, retryAfter: "30" });

    small.clear();
    await expect.poll(() => registered.length, SOON).toBeGreaterThan(acknowledged + 50);
    expect(await readiness(service.apiUrl, "?changes")).toEqual({ status: 200, text: "ready\n" });
    expect(await metric("im_changes_refused")).toBe("0");
    await stop();
    const stored = await storedUsers(runtime, production.ref);
    expect(registered.filter((userId) => !stored.has(userId))).toEqual([]);
    // The same server all along.
    process.kill(server.pid, 0);
  });
});

test.skipIf(!canMount)(
  "each level is told once, however long it lasts, and PostgreSQL is asked to give back what it can",
  async () => {
    const small = disk(1_000);
    const lines: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
    let relieved = 0;
    const room = await watchRoom({
      folders: [{ folder: small.folder, database: true }],
      probe: () => Promise.resolve(true),
      relieve: async () => {
        relieved += 1;
      },
      log,
    });
    endings.push(() => room.close());
    const said = () => lines.map((line) => JSON.parse(line) as { level: number; msg: string });
    for (const [free, level] of [
      [95 * MIB, "short"],
      [60 * MIB, "none"],
      [70 * MIB, "none"],
      [90 * MIB, "short"],
      [400 * MIB, "enough"],
    ] as const) {
      small.leave(free);
      await pause(2_500);
      expect(room.level(), `${free / MIB} MiB free`).toBe(level);
    }
    expect(said().map(({ level, msg }) => [level, msg])).toEqual([
      [40, "room: a disk is nearly full"],
      [50, "room: there is no room left, and changes are refused"],
      [40, "room: changes are accepted again, but a disk is nearly full"],
      [30, "room: there is enough again"],
    ]);
    expect(relieved).toBe(1);
  },
);

describe.skipIf(!canMount)("an operator of an installation whose disk fills up", () => {
  const startConsole = consoleProcesses();
  const signIn = consoleBrowser();

  test("is told at 90 % and once changes are refused, gets in and sees the users, and is told why a change is not made", async () => {
    const small = disk(1_200);
    const { runtime, appId, production, settings } = await embeddedOn(small);
    const owner = await createTestOperator(runtime.context, "owner");
    const support = await createTestOperator(runtime.context, "support");
    await registerUser(runtime.context, appServerOf(production.ref), { userId: "alice", name: "Alice" });
    const atConsole = await startConsole(settings.DATABASE_URL, settings);
    const users = `/apps/${appId}/production/users`;

    small.leave(100 * MIB);
    await expect.poll(async () => (await readiness(atConsole.url)).text, SOON).toContain("A disk is nearly full.");
    const page = await signIn(atConsole.url, owner);
    await openPage(page, users);
    await page.getByText("A disk of this installation is nearly full").waitFor();

    small.leave(40 * MIB);
    await expect.poll(async () => (await readiness(atConsole.url, "?changes")).status, SOON).toBe(503);
    const ready = await readiness(atConsole.url);
    expect(ready).toMatchObject({ status: 200, text: expect.stringContaining('"changes":"refused"') });
    // Whoever comes now gets in.
    const late = await signIn(atConsole.url, owner);
    await openPage(late, users);
    await late.getByText("Changes are refused: there is no room left").waitFor();
    await late.getByTestId("user-row-alice").getByRole("button", { name: "Actions for alice" }).click();
    await late.getByRole("menuitem", { name: "Ban…" }).click();
    const dialog = late.getByRole("alertdialog", { name: "Ban alice?" });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
    await dialog.getByRole("button", { name: "Ban alice" }).click();
    await dialog.getByText("Nothing can be stored at the moment").waitFor();
    const other = await signIn(atConsole.url, support);
    await openPage(other, users);
    await other.getByTestId("user-row-alice").waitFor();
    expect(await other.getByText("there is no room left").count()).toBe(0);

    small.clear();
    await expect.poll(async () => (await readiness(atConsole.url, "?changes")).status, SOON).toBe(200);
    await dialog.getByRole("button", { name: "Ban alice" }).click();
    await dialog.waitFor({ state: "hidden" });
    await openPage(late, users);
    expect(await late.getByText("there is no room left").count()).toBe(0);
  });
});

describe.skipIf(!canMount)("a disk of a PostgreSQL elsewhere is full", () => {
  test("what PostgreSQL says is answered as want of room, reading goes on, and it is asked until it takes something", async () => {
    const small = disk(160);
    const space = path.join(small.folder, "space");
    mkdirSync(space);
    const account = serverAccount();
    if (account.uid !== undefined && account.gid !== undefined) chownSync(space, account.uid, account.gid);
    const admin = new pg.Client({ connectionString: inject("serverUrl") });
    await admin.connect();
    const name = `im_full_${process.pid}`;
    endings.push(async () => {
      small.clear();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.query(`DROP TABLESPACE ${name}`);
      await admin.end();
    });
    await admin.query(`CREATE TABLESPACE ${name} LOCATION '${space}'`);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${inject("template")} TABLESPACE ${name}`);
    const url = new URL(inject("serverUrl"));
    url.pathname = `/${name}`;
    const runtime = await runtimeOn(url.href, "/nowhere");
    const { production } = await createTestApp(runtime.context);
    const service = await startService({ DATABASE_URL: url.href, DATA_DIR: "/nowhere", RATE_LIMITS: "off" });
    const { client, registered, refusals, stop } = load(service, production);
    endings.push(stop);
    await expect.poll(() => registered.length, SOON).toBeGreaterThan(50);
    const first = registered[0] ?? "";
    expect(refusals).toEqual([]);

    small.leave(0);
    await expect.poll(() => refusals.length, { timeout: 60_000, interval: 100 }).toBeGreaterThan(20);
    await expect.poll(() => readiness(service.apiUrl, "?changes"), SOON).toMatchObject({ status: 503 });
    expect(await readiness(service.apiUrl)).toMatchObject({ status: 200 });
    for (const end = Date.now() + 10_000; Date.now() < end; await pause(50)) {
      expect((await client.send("/v4/user/get", { userId: first })).body.code).toBe(0);
    }
    for (const refusal of refusals) expect(refusal).toEqual({ status: 503, code: 1051, retryAfter: "30" });

    small.clear();
    const acknowledged = registered.length;
    await expect.poll(() => registered.length, SOON).toBeGreaterThan(acknowledged + 50);
    expect(await readiness(service.apiUrl, "?changes")).toEqual({ status: 200, text: "ready\n" });
    await stop();
    const stored = await storedUsers(runtime, production.ref);
    expect(registered.filter((userId) => !stored.has(userId))).toEqual([]);
  });
});
