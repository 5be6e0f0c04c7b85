import { expectAccessible } from "./fixtures/accessibility";
import { connectClient } from "./fixtures/client";
import { installation } from "./fixtures/installation";
import { expect, test } from "./fixtures/test";

test("a platform is closed, and all but one connection", async ({ page, open, api, prefix, connect }) => {
  const userId = `${prefix}-alice`;
  const token = await api.register(userId);
  const web = await connect(token, { platform: "Web" });
  const phone = await connect(token, { platform: "iOS" });
  const pc = await connect(token, { platform: "PC" });
  await open(`users/${userId}/connections`);
  const table = page.getByRole("table", { name: "Live connections of this user" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expectAccessible(page, "connections of several platforms");

  await page.getByRole("button", { name: "Close a platform…" }).click();
  await page.getByRole("menuitem", { name: "iOS (1)" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Close iOS connections" }).click();
  expect(await phone.closed).toBe("31010");
  await expect(table.getByRole("row")).toHaveCount(3);

  await table.getByRole("button", { name: /^Close all but the Web connection/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Close other connections" }).click();
  expect(await pc.closed).toBe("31010");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByRole("row", { name: /Web/ })).toHaveCount(1);
  web.close();
});

test("why a user could not connect stands on the user's page, and the inspector says it of the token", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  const userId = `${prefix}-alice`;
  let token = await api.register(userId);
  const inspect = async () => {
    await open("token-inspector");
    await page.getByRole("textbox", { name: "Access token" }).fill(token);
    await page.getByRole("button", { name: "Inspect token" }).click();
    return page.getByRole("region", { name: "Result" });
  };
  const good = await inspect();
  await expect(good).toContainText("Accepted");
  await expect(good.getByRole("link", { name: userId })).toBeVisible();
  await expect(page).toHaveURL(/\/token-inspector$/);
  await expectAccessible(page, "token inspector");

  await test.step("the user's tokens are invalidated from there, and the result says by whom", async () => {
    await good.getByRole("button", { name: "Invalidate tokens…" }).click();
    const dialog = page.getByRole("alertdialog", { name: `Invalidate the tokens of ${userId}?` });
    await expect(dialog).toContainText("No connection is open.");
    await dialog.getByRole("button", { name: `Invalidate tokens of ${userId}` }).click();
    await expect(page.getByText(/^Tokens issued before .*\d\d:\d\d:\d\d are refused\.$/)).toBeVisible();
    await expect(good).toContainText("Refused: invalidated");
    await expect(good).toContainText(/invalidated the tokens issued before .*\d\d:\d\d:\d\d/);
    token = await api.register(userId);
  });

  await api.ban([userId], 60);
  const params = { appKey: app.development.appKey, token, platform: "Android", device: "Pixel 9" };
  expect(await connectClient(installation.apiUrl, params)).toBe(31009);
  await expect(await inspect()).toContainText("the user is banned");

  const refused = page.getByRole("region", { name: "Refused connects", exact: true }).getByRole("table");
  await expect(async () => {
    await open(`users/${userId}/connections`);
    await expect(refused.getByRole("row", { name: /banned/ })).toContainText("Android", { timeout: 500 });
  }).toPass();
  await expect(refused).toContainText("31009");
  await expectAccessible(page, "refused connects");
  await open(`users/${userId}/activity`);
  await expect(page.getByRole("main")).toContainText("inspected a token of");
});
