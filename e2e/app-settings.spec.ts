import { expectAccessible } from "./fixtures/accessibility";
import { createApp } from "./fixtures/apps";
import { expect, test } from "./fixtures/test";

test("an app is renamed and described, and deleted only while it has no users", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  await open("settings");
  const main = page.getByRole("main");
  await expect(main.getByRole("region", { name: "Plan" })).toContainText("Free");

  await test.step("rename", async () => {
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(`${app.name} renamed`);
    await page.getByRole("textbox", { name: "Description" }).fill("For the bazaar");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("App saved.")).toBeVisible();
    await expect(page.getByRole("button", { name: new RegExp(`${app.name} renamed`) })).toBeVisible();
    await expectAccessible(page, "app settings");
  });

  const remove = page.getByRole("button", { name: "Delete app…" });
  const dialog = page.getByRole("alertdialog", { name: `Delete ${app.name} renamed?` });
  const confirm = dialog.getByRole("button", { name: `Delete ${app.name} renamed` });

  await test.step("refused while somebody is registered", async () => {
    await api.registerAll([`${prefix}-alice`]);
    await remove.click();
    await expect(confirm).toBeDisabled();
    await dialog.getByRole("textbox").fill(`${app.name} renamed`);
    await confirm.click();
    await expect(dialog.getByRole("alert")).toContainText("app_in_use");
    await expectAccessible(page, "deleting an app, refused");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("an empty one is deleted", async () => {
    const empty = await createApp(`${prefix}-empty`);
    await page.goto(`/apps/${empty.id}/development/settings`);
    await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
    await remove.click();
    const question = page.getByRole("alertdialog");
    await question.getByRole("textbox").fill(empty.name);
    await question.getByRole("button", { name: `Delete ${empty.name}` }).click();
    await expect(page).toHaveURL(/\/apps$/);
    await expect(page.getByText(`${empty.name} deleted.`)).toBeVisible();
    await page.goto(`/apps/${empty.id}/development/overview`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/not found|does not exist|no such/i);
  });
});
