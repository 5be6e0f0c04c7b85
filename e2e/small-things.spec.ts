import { createApp } from "./fixtures/apps";
import { installation } from "./fixtures/installation";
import { responsive, signedOut } from "./fixtures/operators";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

test("who cannot sign in is told on the page how to get back in", async ({ browser, browserOptions }) => {
  const context = await browser.newContext({ ...browserOptions, storageState: signedOut });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await responsive(page);
  const help = page.getByText("Whoever runs this installation can set a new password");
  await expect(help).toBeHidden();
  await page.getByText("I can’t sign in").click();
  await expect(help).toBeVisible();
  await expect(page.getByRole("region", { name: "command" })).toContainText("operators set-password");
  await context.close();
});

test("no column moves when a user is banned", async ({ page, open, api, prefix }) => {
  const ids = ["a", "b", "c"].map((name) => `${prefix}-${name}`);
  const [first = ""] = ids;
  await api.registerAll(ids);
  for (const width of [1280, 820]) {
    await page.setViewportSize({ width, height: 800 });
    await open("users?sort=id");
    const heads = page.getByRole("columnheader");
    const places = () =>
      heads.evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left)));
    const before = await places();
    await api.ban([first], 30 * 24 * 60);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByTestId(`user-row-${first}`)).toContainText("Banned until");
    expect(await places(), `${width} px`).toEqual(before);
    await api.call("/v4/user/unban", { userIds: [first] });
  }
});

test("Production has its own stripe and icon, and a word beside them", async ({ page, open, app }) => {
  await app.openProduction();
  const looks = async (environment: "development" | "production") => {
    await open("users", environment);
    await expect(page.locator("[data-environment]").first()).toHaveAttribute("data-environment", environment);
    const icon = await page.locator("link[rel=icon]").getAttribute("href");
    const stripe = page.locator("[data-stripe]");
    await expect(stripe).toBeInViewport({ ratio: 1 });
    const colour = await stripe.evaluate((element) => getComputedStyle(element).backgroundColor);
    return { icon, colour };
  };
  const development = await looks("development");
  const production = await looks("production");
  expect(development.icon).toContain("icon-development");
  expect(production.icon).toContain("icon-production");
  expect(production.colour).not.toBe(development.colour);
  for (const { icon } of [development, production]) {
    expect((await page.request.get(icon ?? "")).status()).toBe(200);
  }
  await expect(page.getByRole("button", { name: "Environment: Production" })).toBeVisible();
});

test("at 768 and 820 px no main screen scrolls sideways", async ({ page, open, api, app, prefix }) => {
  const user = `${prefix}-a-rather-long-identifier-of-a-user`;
  await api.registerAll([{ userId: user, name: "Maria Magdalena de la Concepción y Ramírez" }]);
  await api.ban([user], 600);
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  await production.register(user);
  for (const width of [768, 820]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of [
      "overview",
      "users",
      "bans",
      "audit-log",
      "webhooks/deliveries",
      "quotas",
      `users/${user}/bans`,
    ]) {
      for (const environment of ["development", "production"] as const) {
        await open(path, environment);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(overflow, `${path} of ${environment} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
  }
});

test("a long app name gives way in the header, which stays one row, and not the environment", async ({
  page,
  prefix,
}) => {
  const { id } = await createApp(`${prefix} has a name that takes as much room as it may`);
  for (const width of [768, 820, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/apps/${id}/development/users`);
    await responsive(page);
    expect((await page.getByRole("banner").boundingBox())?.height, `${width} px`).toBeLessThan(60);
    await expect(page.getByRole("button", { name: "Environment: Development" })).toBeInViewport({ ratio: 1 });
  }
});

test("where filters leave nobody, one button clears them and one the search", async ({ page, open, api, prefix }) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  await open(`users?q=${prefix}&status=banned&from=2026-01-01`);
  const list = page.getByRole("region", { name: "Users", exact: true });
  await expect(list).toHaveAttribute("data-state", "no-match");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByTestId(`user-row-${userId}`)).toBeVisible();
  await expect(page).toHaveURL(/\?q=/);
  await expect(page).not.toHaveURL(/status=|from=/);

  await open(`users?q=${prefix}-nobody&status=active`);
  await expect(list).toHaveAttribute("data-state", "no-match");
  await page.getByRole("button", { name: "Clear search", exact: true }).click();
  await expect(page.getByTestId(`user-row-${userId}`)).toBeVisible();
  await expect(page).toHaveURL(/status=active/);
});

test("on a phone the filters of the audit log stand behind one button", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await api.ban([prefix], 60);
  await page.setViewportSize({ width: 375, height: 740 });
  await open("audit-log");
  const filters = page.getByRole("search", { name: "Filters of the audit log" });
  await expect(filters.getByRole("combobox")).toHaveCount(0);
  await filters.getByRole("button", { name: "Filters" }).click();
  const box = page.getByRole("dialog", { name: "Filters" });
  await expect(box).toBeInViewport({ ratio: 1 });
  await box.getByRole("combobox", { name: "Action" }).selectOption("user.banned");
  await expect(page.getByRole("button", { name: "Remove filter Action: User banned" })).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(filters.getByRole("button", { name: "Filters 1" })).toBeVisible();

  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(filters.getByRole("combobox", { name: "Action" })).toHaveValue("user.banned");
  await expect(filters.getByRole("button", { name: /^Filters/ })).toHaveCount(0);
});
