import { defineConfig } from "@playwright/test";

/**
 * The end-to-end tests. They run against an installation that is already up and that nobody else uses;
 * `npm run test:e2e` starts one with a database of its own and names it here:
 *
 *   E2E_CONSOLE_URL, E2E_API_URL   where console and service answer
 *   E2E_SETUP_LINK                 the one-time link of an installation without operators, or
 *   E2E_OWNER_EMAIL, E2E_OWNER_PASSWORD   an owner who exists (the first-run journey is then left out)
 *   PLAYWRIGHT_CHROMIUM            path of a Chromium; unset: the one that Playwright installed
 *
 * How to write such tests against an installation of one's own: docs/testing-the-console.md.
 */

// One id for the whole run: workers inherit it from the process that first reads this file.
process.env.E2E_RUN ??= Date.now().toString(36);

const runsAsRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // The first test of a worker also signs in and makes an app; each act has a limit of its own below.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: process.env.E2E_CONSOLE_URL,
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    locale: "en-GB",
    // Not UTC, so that a time shown in the wrong zone is seen.
    timezoneId: "Europe/Berlin",
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    // Without a picture of every moment: those would cost more than the tests.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.PLAYWRIGHT_CHROMIUM || undefined,
      // Without a graphics card one would be imitated, which each change of a page's size and theme pays for.
      args: ["--disable-background-networking", "--disable-gpu", ...(runsAsRoot ? ["--no-sandbox"] : [])],
    },
  },
  projects: [
    // Makes the first owner; nothing else can run before.
    { name: "first-run", testMatch: "first-run.spec.ts" },
    { name: "journeys", testIgnore: "first-run.spec.ts", dependencies: ["first-run"] },
  ],
});
