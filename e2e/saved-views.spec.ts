import { expectAccessible } from "./fixtures/accessibility";
import { expect, test } from "./fixtures/test";

test("a view keeps search, filters and columns, says when it was changed, and is shared with others", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await api.ban([`${prefix}-b`], 60);
  await open(`users?status=banned&q=${prefix}`);
  const region = page.getByRole("region", { name: "Users", exact: true });
  const headers = region.getByRole("columnheader");

  await test.step("columns are chosen, and stand in the address", async () => {
    await page.getByRole("button", { name: "Columns" }).click();
    const menu = page.getByRole("menu", { name: "Columns" });
    await expect(menu.getByRole("menuitemcheckbox", { name: "User" })).toHaveCount(0);
    await menu.getByRole("menuitemcheckbox", { name: "Friends" }).click();
    await expect(headers.filter({ hasText: "Friends" })).toHaveCount(0);
    await expect(page).toHaveURL(/cols=status%2Conline%2Cseen%2Ccreated/);
    await expectAccessible(page, "columns menu");
    await page.keyboard.press("Escape");
  });

  await test.step("the view is saved and shared", async () => {
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Save as a new view…" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a new view" });
    await dialog.getByLabel("Name").fill("Banned of this run");
    await dialog.getByLabel("Share with other operators").click();
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "View: Banned of this run" })).toBeVisible();
    await expect(page).toHaveURL(/view=/);
  });

  await test.step("a changed view says so, and is saved or put back", async () => {
    await page.getByLabel("Search users").fill(`${prefix}-b`);
    const button = page.getByRole("button", { name: "View: Banned of this run (changed)" });
    await button.click();
    await page.getByRole("menuitem", { name: "Discard changes" }).click();
    await expect(page.getByLabel("Search users")).toHaveValue(prefix);
    await expect(button).toHaveCount(0);
    await page.getByLabel("Search users").fill(`${prefix}-b`);
    await button.click();
    await page.getByRole("menuitem", { name: "Save changes to “Banned of this run”" }).click();
    await expect(page.getByText("View “Banned of this run” saved.").last()).toBeVisible();
    await expect(button).toHaveCount(0);
  });

  await test.step("the list opens with the chosen columns again", async () => {
    await open("users");
    await expect(page.getByTestId(`user-row-${prefix}-a`)).toBeVisible();
    await expect(headers.filter({ hasText: "Friends" })).toHaveCount(0);
    await expect(page).toHaveURL(/cols=/);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("menuitem", { name: "Show all columns" }).click();
    await expect(headers.filter({ hasText: "Friends" })).toHaveCount(1);
    await expect(page).not.toHaveURL(/cols=/);
  });

  await test.step("a colleague opens it, and may not change it", async () => {
    const { page: theirs } = await visit("support");
    await open("users", "development", theirs);
    await theirs.getByRole("button", { name: "Views" }).click();
    await expectAccessible(theirs, "views menu");
    await theirs.getByRole("menuitem", { name: /^Banned of this run/ }).click();
    await expect(theirs.getByTestId(`user-row-${prefix}-b`)).toBeVisible();
    await expect(theirs.getByTestId(`user-row-${prefix}-a`)).toHaveCount(0);
    await expect(theirs).toHaveURL(/status=banned/);
    await theirs.getByRole("button", { name: "View: Banned of this run" }).click();
    await expect(theirs.getByRole("menuitem", { name: "Delete view…" })).toHaveCount(0);
  });

  await test.step("it is deleted", async () => {
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: /^Banned of this run/ }).click();
    await page.getByRole("button", { name: "View: Banned of this run" }).click();
    await page.getByRole("menuitem", { name: "Delete view…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete view" }).click();
    await expect(page.getByRole("button", { name: "Views" })).toBeVisible();
    await expect(page).not.toHaveURL(/view=/);
  });
});
