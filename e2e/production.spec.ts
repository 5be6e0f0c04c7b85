import { type CapturedAction, captureAction, replayAction } from "./fixtures/actions";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

/**
 * What would delete somebody; not the list of those whom the app server has soft-deleted, nor the entry that shows the
 * call with which it does so.
 */
const DELETION = /(?<!soft[ -])\bdelete\b/i;

test("production offers no deletion: no menu entry, no palette entry, no page, nothing in a user's menu", async ({
  page,
  open,
  app,
  prefix,
}) => {
  await new ServerApi(installation.apiUrl, await app.openProduction()).register(prefix);
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
    // "Deleted users" lists those whom the app server has soft-deleted; it deletes nobody.
    await expect(menu.getByRole("link", { name: "Deleted users", exact: true })).toBeVisible();
    await expect(menu.getByRole("link", { name: DELETION })).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await expect(palette.getByRole("option", { name: "Audit log" })).toBeVisible();
    await expect(palette.getByRole("option", { name: DELETION })).toHaveCount(0);
    await palette.getByRole("combobox").fill("delete");
    await expect(palette.getByRole("option", { name: DELETION })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: `Actions for ${prefix}` }).click();
    await expect(page.getByRole("menuitem", { name: "Invalidate tokens…" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: DELETION })).toHaveCount(0);
    const response = await page.goto(`/apps/${app.id}/production/delete-test-users`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("radio")).toHaveCount(0);
  });
});

test("production refuses every deletion action that development's pages call", async ({ page, open, app, prefix }) => {
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  const development = new ServerApi(installation.apiUrl, app.development);
  const ids = [`${prefix}-1`, `${prefix}-2`, `${prefix}-3`];
  await Promise.all([production.registerAll(ids), development.registerAll(ids)]);
  const actions: Record<string, CapturedAction> = {};

  await test.step("delete one user in development", async () => {
    await open("users");
    await page.getByRole("button", { name: `Actions for ${prefix}-3` }).click();
    await page.getByRole("menuitem", { name: "Delete test user…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("textbox").fill(`${prefix}-3`);
    actions.one = await captureAction(page, () => dialog.getByRole("button", { name: /^Delete / }).click());
    await expect(page.getByTestId(`user-row-${prefix}-3`)).toHaveCount(0);
  });

  await test.step("delete by prefix in development", async () => {
    await open("delete-test-users");
    await page.getByRole("radio", { name: "By prefix" }).click();
    await page.getByLabel("Prefix", { exact: true }).fill(prefix);
    const show = page.getByRole("button", { name: "Show who would be deleted" });
    actions.plan = await captureAction(page, () => show.click());
    await page.getByLabel(/delete 2 users/).fill("delete 2 users");
    const confirm = page.getByRole("button", { name: "Delete 2 users from development" });
    actions.start = await captureAction(page, () => confirm.click());
    await expect(page.getByRole("status").filter({ hasText: "2 deleted" })).toBeVisible();
  });

  const toProduction = (text: string) => text.replaceAll("development", "production");
  for (const [name, action] of Object.entries(actions)) {
    expect(action.body, `"${name}" names its environment`).toContain("development");
    const answer = await replayAction(page, action, toProduction);
    expect(answer.text, `"${name}" sent to production`).toContain("development_only");
    expect(answer.text, `"${name}" sent to production`).not.toContain('"ok":true');
    // Sent to the address of development's page, with production only in the input.
    const there = await replayAction(page, { ...action, body: toProduction(action.body) });
    expect(there.text, `"${name}" with production in its input`).toContain("development_only");
  }
  for (const userId of ids) expect((await production.call("/v4/user/get", { userId })).code).toBe(0);
});
