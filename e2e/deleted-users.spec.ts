import { commandLine } from "./fixtures/command-line";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

test("what an app server soft-deletes stands in Deleted users, and cannot be restored within the hour", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [gone, kept] = [`${prefix}-gone`, `${prefix}-kept`];
  await api.registerAll([{ userId: gone, name: "Gina Gone" }, kept]);
  await api.softDelete([gone]);
  await open("deleted-users");
  const row = page.getByTestId(`deleted-user-row-${gone}`);

  await test.step("the list says by whom, and why not yet", async () => {
    await expect(row).toContainText("App server");
    await expect(row).toContainText("in 1 hour");
    await expect(row).not.toContainText("Gina");
    const restore = row.getByRole("button", { name: `Restore ${gone}` });
    await expect(restore).toBeDisabled();
    await expect(restore).toHaveAttribute("title", /too recently/);
    await expect(row.getByRole("checkbox", { name: `Select ${gone}` })).toBeDisabled();
    await expect(page.getByTestId(`deleted-user-row-${kept}`)).toHaveCount(0);
  });

  await test.step("so does the user's own page", async () => {
    await row.getByRole("link", { name: gone, exact: true }).click();
    const main = page.getByRole("main");
    await expect(main).toContainText("by App server");
    await expect(main).toContainText("Can be restored from");
    await expect(main.getByRole("button", { name: "Restore…" })).toBeDisabled();
  });

  await test.step("the server refuses as well, where the screen cannot know", async () => {
    await open("users?status=deleted");
    await page.getByRole("button", { name: `Actions for ${gone}` }).click();
    await page.getByRole("menuitem", { name: "Restore…" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Restore ${gone}` })
      .click();
    await expect(page.getByText(`${gone} was not restored.`)).toBeVisible();
    await expect(page.getByText(/too recently\. Can be restored from/)).toBeVisible();
    expect(await api.softDeletedUserIds()).toEqual([gone]);
  });

  await test.step("the entry in the audit log", async () => {
    await open("deleted-users");
    await row.getByRole("link", { name: `App server: audit entry of the deletion of ${gone}` }).click();
    await expect(page.getByRole("dialog", { name: `App server soft-deleted ${gone}` })).toBeVisible();
  });
});

test("restoring one and several users gives them back empty", async ({ page, open, app, api }) => {
  await commandLine("seed", "demo", "--app", app.id);
  const deleted = await api.softDeletedUserIds();
  expect(deleted).toHaveLength(3);
  const [first = "", ...rest] = deleted;
  await open("deleted-users");

  await test.step("one", async () => {
    await page.getByRole("button", { name: `Restore ${first}` }).click();
    const dialog = page.getByRole("alertdialog", { name: `Restore ${first}?` });
    await expect(dialog, "what comes back").toContainText(
      /(No group membership comes back|group memberships? appl(y|ies) again)\.\s*(No ban is running|The ban runs on)/,
    );
    await dialog.getByRole("button", { name: `Restore ${first}` }).click();
    await expect(page.getByText(`${first} restored.`)).toBeVisible();
    await expect(
      page.getByText("The user has no name or token until your app server registers them again."),
    ).toBeVisible();
    await expect(page.getByTestId(`deleted-user-row-${first}`)).toHaveCount(0);
    expect(await api.softDeletedUserIds()).toEqual(rest);
  });

  await test.step("several", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    const bar = page.getByRole("region", { name: "Bulk actions" });
    await expect(bar).toContainText("2 selected");
    await bar.getByRole("button", { name: "Restore…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Restore 2 users?" });
    await expect(dialog.getByRole("region", { name: "Dry run" })).toContainText("2 users will be restored.");
    expect(await api.softDeletedUserIds()).toEqual(rest);
    await dialog.getByRole("button", { name: "Restore 2 users" }).click();
    await expect(page.getByText("2 users restored.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Deleted users", exact: true })).toHaveAttribute(
      "data-state",
      "empty",
    );
    await expect(bar).toHaveCount(0);
    expect(await api.softDeletedUserIds()).toEqual([]);
  });

  await test.step("the id can be registered again", async () => {
    await api.register(first, "Back Again");
    await open(`users/${encodeURIComponent(first)}/profile`);
    await expect(page.getByRole("heading", { level: 1, name: "Back Again" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Active");
  });
});

test("who cannot be restored among several is named with the reason, and not ticked any more", async ({
  page,
  open,
  app,
  api,
}) => {
  await commandLine("seed", "demo", "--app", app.id);
  const [first = ""] = await api.softDeletedUserIds();
  await open("deleted-users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await api.call("/v4/user/restore", { userIds: [first] });
  const bar = page.getByRole("region", { name: "Bulk actions" });
  await bar.getByRole("button", { name: "Restore…" }).click();
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await expect(dryRun).toContainText("2 users will be restored. 1 will not.");
  await expect(dryRun).toContainText("Not soft-deleted: 1");
  await page.getByRole("button", { name: "Restore 3 users" }).click();
  const outcome = page.getByRole("dialog", { name: "2 restored, 1 not" });
  await expect(outcome.getByRole("row", { name: first })).toContainText("Not soft-deleted, or already restored.");
  await outcome.getByRole("button", { name: "Done" }).click();
  await expect(bar).toHaveCount(0);
  expect(await api.softDeletedUserIds()).toEqual([]);
});

test("Production asks before it restores, and pages through many", async ({ page, open, app }) => {
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  await commandLine("seed", "large", "--users", "8000", "--app", app.id);
  const deleted = await production.softDeletedUserIds();
  const [first = ""] = deleted;
  await open("deleted-users", "production");
  await page.getByRole("button", { name: `Restore ${first}` }).click();
  const dialog = page.getByRole("alertdialog", { name: `Restore ${first}?` });
  await expect(dialog).toContainText("Production");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  expect(await production.softDeletedUserIds()).toEqual(deleted);

  await page.getByRole("button", { name: `Restore ${first}` }).click();
  await dialog.getByRole("button", { name: `Restore ${first}` }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId(`deleted-user-row-${first}`)).toHaveCount(0);

  await test.step("the next page has a place in the address, and a search goes by id", async () => {
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/cursor=/);
    await expect(page.getByRole("link", { name: "Previous page" })).toBeVisible();
    const [, , some = ""] = deleted;
    await page.getByRole("searchbox", { name: "Search deleted users" }).fill(some);
    await expect(page.getByRole("status").filter({ hasText: "1 deleted user" })).toBeVisible();
    await expect(page.getByTestId(`deleted-user-row-${some}`)).toBeVisible();
    await expect(page).not.toHaveURL(/cursor=/);
  });
});

test("the console shows the call that soft-deletes, for the user at hand, and does not soft-delete itself", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(prefix);
  await open(`users/${prefix}/profile`);
  await page.getByRole("button", { name: `Actions for ${prefix}` }).click();
  await page.getByRole("menuitem", { name: "Soft-delete by API…" }).click();
  const dialog = page.getByRole("dialog", { name: `Soft-delete ${prefix}` });
  const call = dialog.getByRole("region", { name: "signed request" });
  await expect(call).toContainText("/v4/user/soft-delete");
  await expect(call).toContainText(`{"userIds":["${prefix}"]}`);
  await dialog.getByRole("button", { name: "Done" }).click();
  expect(await api.softDeletedUserIds()).toEqual([]);

  await test.step("the palette leads to it too", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await palette.getByRole("combobox").fill("soft-delete");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Soft-delete users" })).toBeVisible();
    await expect(page).toHaveURL(/deleted-users\?dialog=soft-delete/);
  });
});

test("support sees deleted users and is told why it cannot restore them", async ({ open, app, visit, api }) => {
  await commandLine("seed", "demo", "--app", app.id);
  const [first = ""] = await api.softDeletedUserIds();
  const { page: support } = await visit("support");
  await open("deleted-users", "development", support);
  await expect(support.getByRole("button", { name: `Restore ${first}` })).toBeDisabled();
  await expect(support.getByRole("main")).toContainText("Restoring users: Needs the role admin; yours is support.");
});
