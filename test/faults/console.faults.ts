import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { describe, expect, test } from "vitest";
import { consoleBrowser, openPage } from "@/test/support/console-browser";
import { type ConsoleProcess, consoleProcesses } from "@/test/support/console-process";
import { createTestApp, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { BUSES, type Bus, isMissing, serviceUsers, threeServices } from "@/test/support/three-services";

/**
 * `npm run test:faults`: two consoles beside three services on one database. What an operator does at one holds at once
 * at the other and at every service, and the consoles outlive the loss of the database.
 */

const LOSS_MS = 30_000;
/** What a console may take for an answer while its database is away. */
const ANSWER_WITHIN_MS = 15_000;
const BACK_WITHIN = { timeout: 20_000, interval: 200 };

const context = testContext();
const startServices = threeServices(context);
const startConsole = consoleProcesses();
const makeUsers = serviceUsers(context);
const signIn = consoleBrowser();

/** Three services and the consoles A and B, on one database. */
async function startAll(over: Bus) {
  const services = await startServices(over);
  const { databaseUrl, environment } = services;
  const [a, b] = await Promise.all([startConsole(databaseUrl, environment), startConsole(databaseUrl, environment)]);
  return { ...services, a, b };
}

async function appWithUsers() {
  const { appId, production } = await createTestApp(context());
  return {
    users: await makeUsers(production, ["alice", "bob", "carol"]),
    pathOf: (page: string) => `/apps/${appId}/production/${page}`,
  };
}

const rowOf = (page: Page, userId: string) => page.getByTestId(`user-row-${userId}`);

/** Opens the dialog to ban a user in the list that is open, and fills it in. */
async function beginBan(page: Page, userId: string) {
  await rowOf(page, userId)
    .getByRole("button", { name: `Actions for ${userId}` })
    .click();
  await page.getByRole("menuitem", { name: "Ban…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("spam in three channels");
  return { dialog, confirm: () => dialog.getByRole("button", { name: `Ban ${userId}` }).click() };
}

/** An answer with its time limit: a hang is a failure. */
const answer = (url: string, init: RequestInit = {}) =>
  fetch(url, { redirect: "manual", ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });

async function signedOut(page: Page): Promise<boolean> {
  await page.reload();
  return new URL(page.url()).pathname === "/sign-in";
}

describe.each(BUSES)("three services and two consoles, the bus over %s", (over) => {
  test.skipIf(isMissing(over))(
    "a ban at one console cuts at a service and refuses at all, shows at the other console and ends there",
    async () => {
      const { one, two, three, a, b } = await startAll(over);
      const { users, pathOf } = await appWithUsers();
      const operator = await createTestOperator(context(), "admin");
      const [atA, atB] = await Promise.all([signIn(a.url, operator), signIn(b.url, operator)]);
      const alice = await users.connect(one, "alice");
      const bob = await users.connect(one, "bob");

      await openPage(atA, pathOf("users"));
      await (await beginBan(atA, "alice")).confirm();
      expect(await alice.closed).toEqual({ code: 4011, reason: "31011" });
      for (const at of [one, two, three]) expect(await users.codeOf(at, "alice")).toBe(31009);
      expect((await bob.call("ping")).error).toBeUndefined();

      await openPage(atB, pathOf("users?status=banned"));
      await rowOf(atB, "alice").getByText("Banned until").waitFor();
      expect(await rowOf(atB, "bob").count()).toBe(0);
      await openPage(atB, pathOf("bans"));
      await atB.getByRole("button", { name: "Unban alice" }).click();
      await atB.getByRole("region", { name: "Bans", exact: true }).and(atB.locator("[data-state=empty]")).waitFor();
      for (const at of [one, two, three]) expect(await users.codeOf(at, "alice")).toBe(0);

      // The Server API that each console mounts acts on the services as well.
      const again = await users.connect(two, "alice");
      expect(await users.ban({ apiUrl: b.url }, "alice")).toBe(0);
      expect((await again.closed).reason).toBe("31011");
    },
  );
});

test("an operator who is disabled or signed out everywhere at one console is out at once at the other", async () => {
  const { a, b } = await startAll("PostgreSQL");
  const { pathOf } = await appWithUsers();
  const owner = await createTestOperator(context(), "owner");
  const admin = await createTestOperator(context(), "admin");
  const support = await createTestOperator(context(), "support");
  const ownerAtA = await signIn(a.url, owner);
  const others = [await signIn(b.url, admin), await signIn(b.url, support), await signIn(b.url, owner)] as const;
  const [adminAtB, supportAtB, ownerAtB] = others;
  for (const page of others) {
    await openPage(page, pathOf("users"));
    expect(await signedOut(page)).toBe(false);
  }

  const choose = async (email: string, item: string, confirm: RegExp) => {
    await openPage(ownerAtA, "/operators");
    await ownerAtA.getByRole("button", { name: `Actions for ${email}` }).click();
    await ownerAtA.getByRole("menuitem", { name: item }).click();
    const dialog = ownerAtA.getByRole("alertdialog");
    await dialog.getByRole("button", { name: confirm }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  await choose(admin.email, "Disable…", /^Disable /);
  expect(await signedOut(adminAtB)).toBe(true);
  expect(await signedOut(supportAtB)).toBe(false);
  await choose(support.email, "Sign out everywhere", /^Sign .* out$/);
  expect(await signedOut(supportAtB)).toBe(true);
  expect(await signedOut(ownerAtB)).toBe(false);
  await ownerAtA.getByRole("button", { name: "Your account" }).click();
  await ownerAtA.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await ownerAtA.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await ownerAtA.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  expect(await signedOut(ownerAtB)).toBe(true);
});

test("the database away for 30 seconds: the consoles answer that they fail, keep what was typed, and serve again", async () => {
  const { database, one, a, b } = await startAll("PostgreSQL");
  const { users, pathOf } = await appWithUsers();
  const operator = await createTestOperator(context(), "admin");
  const [atA, atB] = await Promise.all([signIn(a.url, operator), signIn(b.url, operator)]);
  const alice = await users.connect(one, "alice");
  await openPage(atA, pathOf("users"));
  const { dialog, confirm } = await beginBan(atA, "alice");

  database.cut();
  await confirm();
  await dialog.getByRole("alert").waitFor();
  const until = Date.now() + LOSS_MS;
  while (Date.now() < until) {
    for (const at of [a, b]) {
      expect((await answer(`${at.url}/healthz`)).status).toBe(200);
      expect((await answer(`${at.url}/readyz`)).status).toBe(503);
      expect([1000, 1050]).toContain(await users.ban({ apiUrl: at.url }, "bob"));
    }
    await atB.goto(pathOf("users"));
    await atB.getByRole("heading", { level: 1, name: "This page could not be shown" }).waitFor();
    await pause(1_000);
  }
  expect((await alice.call("ping")).error).toBeUndefined();
  database.mend();

  for (const at of [a, b]) {
    await expect.poll(async () => (await answer(`${at.url}/readyz`)).status, BACK_WITHIN).toBe(200);
  }
  // Still signed in, with the same processes, and what was typed has waited.
  await atB.getByRole("button", { name: "Retry" }).click();
  await rowOf(atB, "alice").waitFor();
  expect(await dialog.getByRole("textbox", { name: "Reason" }).inputValue()).toBe("spam in three channels");
  await confirm();
  expect((await alice.closed).reason).toBe("31011");
  await openPage(atB, pathOf("users?status=banned"));
  await rowOf(atB, "alice").getByText("Banned until").waitFor();
  const running = ({ child }: ConsoleProcess) => child.exitCode === null && child.signalCode === null;
  expect([a, b].map(running)).toEqual([true, true]);
});

test("a role that is lowered at one console acts at once on the page that is open at the other", async () => {
  const { one, a, b } = await startAll("PostgreSQL");
  const { users, pathOf } = await appWithUsers();
  const [owner, support] = [
    await createTestOperator(context(), "owner"),
    await createTestOperator(context(), "support"),
  ];
  const [atA, atB] = await Promise.all([signIn(a.url, owner), signIn(b.url, support)]);
  const alice = await users.connect(one, "alice");
  await openPage(atB, pathOf("users"));
  const { dialog, confirm } = await beginBan(atB, "alice");

  await openPage(atA, "/operators");
  await atA.getByRole("button", { name: `Actions for ${support.email}` }).click();
  await atA.getByRole("menuitem", { name: "Change role…" }).click();
  const change = atA.getByRole("alertdialog", { name: `Change the role of ${support.email}?` });
  await change.getByRole("radio", { name: /^Viewer/ }).click();
  await change.getByRole("button", { name: `Make ${support.email} viewer` }).click();
  await change.waitFor({ state: "hidden" });

  await confirm();
  await dialog.getByRole("alert").getByText("forbidden").waitFor();
  expect((await alice.call("ping")).error).toBeUndefined();
  expect(await users.codeOf(one, "alice")).toBe(0);
  expect(await signedOut(atB)).toBe(false);
});

test("a console by itself refuses a database that a newer version has migrated, in a sentence", {
  timeout: 120_000,
}, async () => {
  const { pool } = context().db;
  await pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ('later', '', '99990101000000_later', now(), now(), 1)`,
  );
  try {
    const refused = startConsole(context().url, {});
    await expect(refused).rejects.toThrow(/ended with 1:.*newer version of this product.*99990101000000_later/s);
  } finally {
    await pool.query("DELETE FROM _prisma_migrations WHERE id = 'later'");
  }
});
