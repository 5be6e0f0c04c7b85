import { captureAction, replayAction } from "./fixtures/actions";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

test("production offers no deletion: no menu entry, no palette entry, no page", async ({ page, open, app }) => {
  await app.openProduction();
  const menu = page.getByRole("navigation", { name: "Main" });

  await test.step("development has them all", async () => {
    await open("users");
    await expect(menu.getByRole("link", { name: "Delete test users" })).toBeVisible();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("delete");
    await expect(page.getByRole("option", { name: /Delete test users/ })).toBeVisible();
  });

  await test.step("production has none", async () => {
    await open("users", "production");
    await expect(page.getByRole("button", { name: "Environment: Production" })).toBeVisible();
    await expect(menu.getByRole("link", { name: "Users", exact: true })).toBeVisible();
    await expect(menu.getByRole("link", { name: /delete/i })).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await expect(palette.getByRole("option", { name: "Audit log" })).toBeVisible();
    await expect(palette.getByRole("option", { name: /delete/i })).toHaveCount(0);
    await palette.getByRole("combobox").fill("delete");
    await expect(palette.getByRole("option", { name: /delete/i })).toHaveCount(0);
    const response = await page.goto(`/apps/${app.id}/production/delete-test-users`);
    expect(response?.status()).toBe(404);
  });
});

test("production refuses the deletion actions that development's page calls", async ({ page, open, app, prefix }) => {
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  const development = new ServerApi(installation.apiUrl, app.development);
  const ids = [`${prefix}-1`, `${prefix}-2`];
  await Promise.all([production.registerAll(ids), development.registerAll(ids)]);
  const toProduction = (text: string) => text.replaceAll("development", "production");

  await open("delete-test-users");
  await page.getByRole("radio", { name: "By prefix" }).click();
  await page.getByLabel("Prefix", { exact: true }).fill(prefix);
  const plan = await captureAction(page, () => page.getByRole("button", { name: "Show who would be deleted" }).click());
  await page.getByLabel(/delete 2 users/).fill("delete 2 users");
  const start = await captureAction(page, () =>
    page.getByRole("button", { name: "Delete 2 users from development" }).click(),
  );
  await expect(page.getByRole("status").filter({ hasText: "2 deleted" })).toBeVisible();

  for (const action of [plan, start]) {
    expect(action.body, "the action names its environment").toContain("development");
    const answer = await replayAction(page, action, toProduction);
    expect(answer.text).toContain("development_only");
    expect(answer.text).not.toContain('"ok":true');
    // The page's own address, with production in the input only.
    const there = await replayAction(page, { ...action, body: toProduction(action.body) });
    expect(there.text).toContain("development_only");
  }
  for (const userId of ids) expect((await production.call("/v4/user/get", { userId })).code).toBe(0);
});
