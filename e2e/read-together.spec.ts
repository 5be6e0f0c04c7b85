import { expect, test } from "./fixtures/test";

test("header and tab of a user's page agree after a change elsewhere, and Back to a deleted user says so", async ({
  page,
  open,
  api,
  prefix,
  visit,
  app,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  await open(`users/${userId}/tags`);
  const tabs = page.getByRole("navigation", { name: "User", exact: true });
  await expect(page.getByRole("button", { name: "Ban…", exact: true })).toBeVisible();

  await test.step("a change of tabs reads the header with the tab", async () => {
    await api.ban([userId], 60);
    await tabs.getByRole("link", { name: /^Bans/ }).click();
    await expect(page.getByRole("table", { name: /Bans/ })).toContainText("In force");
    await expect(page.getByRole("main")).toContainText("Banned until");
    await expect(page.getByRole("button", { name: "Unban", exact: true })).toBeVisible();
  });

  await test.step("Back to a tab that was read before the ban agrees too", async () => {
    await page.goBack();
    await expect(page.getByRole("textbox", { name: "Add a tag" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Unban", exact: true })).toBeVisible();
  });

  await test.step("deleted by a colleague: Back says so", async () => {
    await page.getByRole("link", { name: "Groups", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
    const { page: colleague } = await visit("admin");
    await open(`users/${userId}`, "development", colleague);
    await colleague.getByRole("button", { name: `Actions for ${userId}` }).click();
    await colleague.getByRole("menuitem", { name: "Delete test user…" }).click();
    const dialog = colleague.getByRole("alertdialog");
    await dialog.getByRole("textbox").fill(userId);
    await dialog.getByRole("button", { name: /^Delete/ }).click();
    await expect(colleague).toHaveURL(new RegExp(`/apps/${app.id}/development/users$`));

    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "No such user" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Unban", exact: true })).toHaveCount(0);
  });
});
