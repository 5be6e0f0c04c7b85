import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll } from "vitest";
import { ensureBrowser } from "@/scripts/setup/browser.mjs";
import { TEST_PASSWORD } from "./operators";

const START_WITHIN_MS = 300_000;
/** For what a page does by itself after a click or a load. */
const APPEARS_WITHIN_MS = 15_000;

/**
 * A Chromium for the tests of a file. The function it gives signs an operator in at a console, by its sign-in page and in
 * a browser profile of its own, which is closed after the test.
 */
export function consoleBrowser(): (consoleUrl: string, operator: { readonly email: string }) => Promise<Page> {
  let browser: Browser | undefined;
  const profiles: BrowserContext[] = [];
  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: await ensureBrowser(), args });
  }, START_WITHIN_MS);
  afterEach(async () => {
    await Promise.all(profiles.splice(0).map((profile) => profile.close()));
  });
  afterAll(() => browser?.close());
  return async (consoleUrl, { email }) => {
    if (browser === undefined) throw new Error("consoleBrowser() is ready only inside tests");
    const profile = await browser.newContext({ baseURL: consoleUrl, reducedMotion: "reduce" });
    profiles.push(profile);
    profile.setDefaultTimeout(APPEARS_WITHIN_MS);
    const page = await profile.newPage();
    await openPage(page, "/sign-in");
    await page.getByLabel("E-mail", { exact: true }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill(TEST_PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    return page;
  };
}

/** Loads a page of the console and waits until its controls respond: the server sends them before they do. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('html[data-hydrated="true"]').waitFor();
}
