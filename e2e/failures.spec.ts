import type { Page, Route } from "@playwright/test";
import { commandLine } from "./fixtures/command-line";
import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

/** Each kind of failure has its own sentence, place and next step. */

const OTHER_BUILD = "40".padEnd(42, "a");
const isChange = (route: Route) => route.request().method() === "POST";

async function openProfile(page: Page, open: (path: string) => Promise<void>, userId: string) {
  await open(`users/${userId}/profile`);
  return page.getByRole("textbox", { name: "Name", exact: true }).first();
}

async function unbannedDialog(page: Page, userId: string) {
  await chooseAct(page, userId, "Ban…");
  return page.getByRole("alertdialog");
}

/** Somebody has used the page, and it has loaded what it loads then. */
async function atWork(page: Page): Promise<void> {
  await page.mouse.move(100, 100);
  await page.mouse.move(110, 110);
  await expect(page.locator("html")).toHaveAttribute("data-complete", "true");
}

test("a deletion says what goes with it, and one that is refused says why, under which code and request", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  const [userId, friend] = [`${prefix}-alice`, `${prefix}-bob`];
  await api.registerAll([userId, friend]);
  await api.call("/v4/friend/add", { userId, targetId: friend, action: 2 });
  await open("users");
  await chooseAct(page, userId, "Delete test user…");
  const dialog = page.getByRole("alertdialog", { name: `Delete ${userId}?` });
  await expect(dialog).toContainText(`1 friend loses ${userId} from their lists.`);
  await expect(dialog).toContainText("the groups they own end");
  await expect(dialog).toContainText("The audit log keeps its entries.");
  // A colleague is faster.
  await commandLine("users", "delete", "--app", app.id, "--ids", userId);
  await dialog.getByRole("textbox", { name: new RegExp(`Type ${userId}`) }).fill(userId);
  await dialog.getByRole("button", { name: `Delete ${userId}` }).click();
  const alert = dialog.getByRole("alert");
  await expect(alert).toContainText("The user does not exist.");
  await expect(alert).toContainText("Code user_not_found");
  await alert.getByRole("button", { name: "Details" }).click();
  await expect(alert.getByRole("button", { name: /Copy/ }).first()).toBeVisible();
  await expect(alert).toContainText(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test("a tab from before an update says that nothing was done, and Reload brings back what was typed", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId]);
  const name = await openProfile(page, open, userId);
  // An action that the running build does not know, as those of an older page are.
  await page.route("**/*", (route) =>
    isChange(route)
      ? route.continue({ headers: { ...route.request().headers(), "next-action": OTHER_BUILD } })
      : route.fallback(),
  );
  await name.fill("Alice Anders");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const alert = page.getByRole("alert").filter({ hasText: "new_version" });
  await expect(alert).toContainText("A new version of the console is running, so nothing was changed.");
  await expect(page.getByRole("status").filter({ hasText: "A new version of the console is running." })).toBeVisible();

  await page.unroute("**/*");
  const reloaded = page.waitForEvent("load");
  await alert.getByRole("button", { name: "Reload" }).click();
  await reloaded;
  await expect(name).toHaveValue("Alice Anders");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(`Profile of ${userId} saved.`)).toBeVisible();
});

test("what was typed into a dialog is back when the dialog is open again", async ({ page, open, api, prefix }) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId]);
  await open("users");
  await page.route("**/*", (route) =>
    isChange(route)
      ? route.continue({ headers: { ...route.request().headers(), "next-action": OTHER_BUILD } })
      : route.fallback(),
  );
  const dialog = await unbannedDialog(page, userId);
  const reason = dialog.getByRole("textbox", { name: "Reason" });
  await reason.fill("spam in three channels");
  await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
  await page.unroute("**/*");
  const reloaded = page.waitForEvent("load");
  await dialog.getByRole("alert").getByRole("button", { name: "Reload" }).click();
  await reloaded;
  await expect(page.getByText("What you typed is kept.")).toBeVisible();
  await unbannedDialog(page, userId);
  await expect(reason).toHaveValue("spam in three channels");
});

test("a read that another version answers says so, and the page stays", async ({ page, open }) => {
  await page.route("**/api/apps/**/quota", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "x-console-version": "another" } });
  });
  await open("users");
  const notice = page.getByRole("status").filter({ hasText: "A new version of the console is running." });
  await expect(notice.getByRole("button", { name: "Reload" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("offline: the page stays, a change says that nothing was sent, and what was asked for loads when back", async ({
  page,
  open,
  api,
  prefix,
  context,
}) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId]);
  await open("users");
  await atWork(page);
  await context.setOffline(true);
  const notice = page.getByRole("status").filter({ hasText: "You’re offline." });
  await expect(notice).toBeVisible();

  await test.step("a change", async () => {
    const dialog = await unbannedDialog(page, userId);
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
    await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
    const alert = dialog.getByRole("alert");
    await expect(alert).toContainText("You’re offline. Nothing was sent.");
    await expect(alert).toContainText("Code offline");
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("spam");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("a panel that reads by itself", async () => {
    await page.getByRole("button", { name: "Search and commands" }).click();
    await page.getByRole("combobox").fill(userId);
    await expect(page.getByRole("alert").filter({ hasText: "Could not search users." })).toContainText(
      "You’re offline.",
    );
    await page.keyboard.press("Escape");
  });

  await test.step("another page", async () => {
    const main = page.getByRole("navigation", { name: "Main" });
    await main.getByRole("link", { name: "Webhooks" }).click();
    await expect(notice).toBeVisible();
    await expect(main).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
    await expect(notice).toBeHidden();
  });
});

test("server away: the page stays, and a change says that its outcome is not known", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId]);
  await open("users");
  await atWork(page);
  await page.route("**/*", (route) => route.abort("connectionrefused"));
  const dialog = await unbannedDialog(page, userId);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
  await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
  await expect(dialog.getByRole("alert")).toContainText("Can’t reach the server. The change may have been made.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const notice = page.getByRole("status").filter({ hasText: "Can’t reach the server" });
  await expect(notice).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Webhooks" }).click();

  // Together: the console asks by itself every few seconds, and takes the button away once it was answered.
  await Promise.all([notice.getByRole("button", { name: "Try now" }).click(), page.unroute("**/*")]);
  await expect(page.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
  await expect(notice).toBeHidden();
});
