import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import type { Clock } from "./clock";
import type { TestClient } from "./connected-client";
import type { ServerApi } from "./server-api";
import { type OperatorRole, startTesting, type TestedApp, type Testing, type TestingOptions } from "./testing";
import type { TestUser, Users } from "./users";
import type { WebhookReceiver } from "./webhook-receiver";

/** The console in a browser that is signed in, at the app of the test. */
export interface ConsolePage {
  readonly page: Page;
  /**
   * Opens a page of the app, such as `open("users?status=banned")`, and waits until its controls respond. With `visual` until all that
   * it asks for has come, too, and drawn so that pictures of it can be compared; it and the pages after it stay so.
   */
  open(path: string, options?: { readonly visual?: boolean }): Promise<void>;
  /** The row of a user in the list that is open, whichever it is, by the user id. */
  row(userId: string): Locator;
  /** Chooses an act in the menu of a user's row, such as `act("alice", "Ban…")`, and gives the dialog that it opens. */
  act(userId: string, act: string): Promise<Locator>;
  /** What the console has said of the last act: its latest notification, such as "2 users banned until …". */
  readonly result: Locator;
}

type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;

interface WorkerFixtures {
  /** Where and how to test; `test.use({ testingOptions: { app: "app-…" } })` says otherwise than the environment. */
  testingOptions: TestingOptions;
  /** The app, or the run, of this worker. */
  testing: Testing;
  /**
   * What the browser of the fixture console holds: it is signed in as the operator of IM_OPERATOR_EMAIL and IM_OPERATOR_PASSWORD or,
   * without them, as a test operator with the role admin.
   */
  signedIn: StorageState;
}

interface TestFixtures {
  /** The app, whose Development `app.seed("friends")` and `app.reset("friends")` bring to a scenario. */
  app: TestedApp;
  /** Users of this test, by short names. */
  users: Users;
  /** The Server API of the app. */
  api: ServerApi;
  /** Connects a user of this test; closed after it. */
  client: (user: TestUser, platform?: string) => Promise<TestClient>;
  /** The environment’s time; back to real time after the test. */
  clock: Clock;
  /** A receiver of webhooks of this test. */
  webhooks: WebhookReceiver;
  console: ConsolePage;
  /** The console in a browser of its own, as a new test operator of this role: `const viewer = await operator("viewer")`. */
  operator: (role: OperatorRole) => Promise<ConsolePage>;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: the console is tested signed in.`);
  return value;
}

/** As long as a navigation may take: on a busy machine a page is there long before its controls respond. */
const LOAD_MS = 30_000;

/** Waits until `<html>` says so (the readiness contract of docs/testing-the-console.md). */
async function says(page: Page, what: "data-hydrated" | "data-settled"): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute(what, "true", { timeout: LOAD_MS });
}

async function byForm(browser: Browser, testing: Testing): Promise<StorageState> {
  const page = await browser.newPage();
  await page.goto(`${testing.consoleUrl}/sign-in`);
  await says(page, "data-hydrated");
  await page.getByLabel("E-mail", { exact: true }).fill(setting("IM_OPERATOR_EMAIL"));
  await page.getByLabel("Password", { exact: true }).fill(setting("IM_OPERATOR_PASSWORD"));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  const state = await page.context().storageState();
  await page.close();
  return state;
}

async function byToken(testing: Testing, role: OperatorRole): Promise<StorageState> {
  const { cookie } = await testing.operator(role);
  return { cookies: [cookie], origins: [] };
}

async function openBrowser(browser: Browser, look: BrowserContextOptions, storageState: StorageState): Promise<Page> {
  const context = await browser.newContext({ ...look, storageState });
  return context.newPage();
}

function consoleOf(page: Page, testing: Testing): ConsolePage {
  const row = (userId: string) =>
    page.getByTestId(new RegExp(`^(user|deleted-user|member|run-user)-row-${userId.replaceAll(/\W/g, "\\$&")}$`));
  return {
    page,
    row,
    async open(path, { visual = false } = {}) {
      const address = new URL(`${testing.consoleUrl}/apps/${testing.app.id}/development/${path}`);
      if (visual) address.searchParams.set("visual", "on");
      await page.goto(address.href);
      await says(page, "data-hydrated");
      if (visual) await says(page, "data-settled");
    },
    async act(userId, act) {
      await row(userId)
        .getByRole("button", { name: `Actions for ${userId}`, exact: true })
        .click();
      await page.getByRole("menuitem", { name: act, exact: true }).click();
      return page.getByRole("alertdialog").or(page.getByRole("dialog"));
    },
    result: page
      .getByRole("region", { name: /^Notifications/ })
      .getByRole("listitem")
      .first(),
  };
}

/** Playwright's `test` with an app, users, clients, webhooks and the console of an installation. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  testingOptions: [{}, { scope: "worker", option: true }],

  testing: [
    async ({ testingOptions }, use) => {
      const testing = await startTesting(testingOptions);
      await use(testing);
      await testing.end();
    },
    { scope: "worker" },
  ],

  signedIn: [
    async ({ browser, testing }, use) => {
      await use(process.env.IM_OPERATOR_EMAIL ? await byForm(browser, testing) : await byToken(testing, "admin"));
    },
    { scope: "worker" },
  ],

  app: async ({ testing }, use) => {
    await use(testing.app);
  },

  users: async ({ testing }, use) => {
    await use(testing.users());
  },

  api: async ({ testing }, use) => {
    await use(testing.api);
  },

  client: async ({ testing }, use) => {
    const opened: TestClient[] = [];
    await use(async (user, platform) => {
      const client = await testing.connect(user, platform);
      opened.push(client);
      return client;
    });
    await Promise.all(opened.map((client) => client.close()));
  },

  clock: async ({ testing: { clock } }, use) => {
    await use(clock);
    if (clock.moved) await clock.reset();
  },

  webhooks: async ({ testing }, use) => {
    const receiver = await testing.webhooks();
    await use(receiver);
    await receiver.close();
  },

  console: async ({ browser, signedIn, testing, contextOptions, locale, timezoneId, viewport, colorScheme }, use) => {
    const look = { ...contextOptions, locale, timezoneId, viewport, colorScheme };
    const page = await openBrowser(browser, look, signedIn);
    await use(consoleOf(page, testing));
    await page.context().close();
  },

  operator: async ({ browser, testing, contextOptions, locale, timezoneId, viewport, colorScheme }, use) => {
    const look = { ...contextOptions, locale, timezoneId, viewport, colorScheme };
    const pages: Page[] = [];
    await use(async (role) => {
      const page = await openBrowser(browser, look, await byToken(testing, role));
      pages.push(page);
      return consoleOf(page, testing);
    });
    await Promise.all(pages.map((page) => page.context().close()));
  },
});

export { expect };
