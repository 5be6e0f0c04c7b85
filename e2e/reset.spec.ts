import { expectAccessible } from "./fixtures/accessibility";
import { expect, test } from "./fixtures/test";

test("Development is reset to a scenario: what would go is counted, a phrase is typed, and the users are those of the scenario", async ({
  page,
  open,
  api,
  app,
  prefix,
}) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("delete-test-users");
  await page.getByRole("button", { name: "Reset Development…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Reset Development?" });
  await expect(dialog).toContainText("This deletes 2 users.");
  await dialog.getByRole("combobox", { name: "Scenario" }).selectOption("bans-ending");
  await expect(dialog).toContainText("Bans that end in 1 minute");
  const confirm = dialog.getByRole("button", { name: "Reset Development" });
  await expect(confirm).toBeDisabled();
  await expectAccessible(page, "the dialog that resets Development");
  await dialog.getByLabel(/reset development/).fill("reset development");
  await confirm.click();
  await expect(page.getByText("Development has the scenario bans-ending: 8 users.")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("8 of 100 Development users")).toBeVisible();
  expect((await api.bannedUserIds()).sort()).toEqual(["ban-1d", "ban-1h", "ban-1m", "ban-30d", "ban-5m"]);

  await test.step("the log has one entry for it, which counts what went", async () => {
    await open("audit-log?action=environment.reset");
    await expect(page.getByRole("table", { name: "Audit log" }).getByRole("row")).toHaveCount(2);
  });

  await test.step("it does not exist in Production", async () => {
    await app.openProduction();
    await open("users", "production");
    await expect(page.getByRole("link", { name: "Delete test users" })).toBeHidden();
  });
});

test("a link opens the reset, and Escape leaves everything as it is", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await open("delete-test-users?dialog=reset");
  const dialog = page.getByRole("alertdialog", { name: "Reset Development?" });
  await expect(dialog).toContainText("This deletes 1 user.");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await open("users");
  await expect(page.getByTestId(`user-row-${prefix}`)).toBeVisible();
});
