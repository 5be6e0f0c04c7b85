import { installation } from "./fixtures/installation";
import { chooseAct } from "./fixtures/rows";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

test("a ban from the list is in force for the Server API, and unbanning ends it", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId, `${prefix}-bob`]);
  await open("users");
  const row = page.getByTestId(`user-row-${userId}`);

  await test.step("ban", async () => {
    await chooseAct(page, userId, "Ban…");
    const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await dialog.getByRole("radio", { name: "24 hours" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam in three channels");
    await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText("Banned until");
  });

  await test.step("the app server sees it", async () => {
    expect(await api.bannedUserIds()).toEqual([userId]);
  });

  await test.step("the user's page tells it", async () => {
    await row.getByRole("link", { name: userId }).click();
    await expect(page.getByRole("main")).toContainText("spam in three channels");
    await page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: /^Bans/ }).click();
    await expect(page.getByRole("table", { name: /Bans/ })).toContainText("spam in three channels");
  });

  await test.step("unban", async () => {
    await open("bans");
    await page.getByRole("button", { name: `Unban ${userId}` }).click();
    await expect(page.getByRole("region", { name: "Bans", exact: true })).toHaveAttribute("data-state", "empty");
    expect(await api.bannedUserIds()).toEqual([]);
  });

  await test.step("the history keeps it", async () => {
    await page.getByRole("link", { name: "Ended" }).click();
    await expect(page.getByRole("row", { name: new RegExp(userId) })).toContainText("spam in three channels");
  });
});

test("what an app server banned shows in the console", async ({ page, open, api, prefix }) => {
  await api.register(`${prefix}-carol`);
  await api.ban([`${prefix}-carol`], 90);
  await open("users?status=banned");
  await expect(page.getByTestId(`user-row-${prefix}-carol`)).toContainText("Banned until");
  await open("bans");
  await expect(page.getByRole("row", { name: new RegExp(`${prefix}-carol`) })).toContainText("App server");
});

test("a ban in production needs a reason", async ({ page, open, app, prefix }) => {
  const production = await app.openProduction();
  const api = new ServerApi(installation.apiUrl, production);
  const userId = `${prefix}-dora`;
  await api.register(userId);
  await open(`users/${userId}/profile`, "production");
  await page.getByRole("button", { name: "Ban…", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await expect(dialog.getByRole("button", { name: `Ban ${userId}` })).toBeDisabled();

  await dialog.getByRole("textbox", { name: "Reason" }).fill("fraud");
  await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
  await expect(dialog).toBeHidden();
  expect(await api.bannedUserIds()).toEqual([userId]);
});
