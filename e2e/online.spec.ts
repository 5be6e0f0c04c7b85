import { expectAccessible } from "./fixtures/accessibility";
import { connectClient } from "./fixtures/client";
import { installation } from "./fixtures/installation";
import { expect, test } from "./fixtures/test";

test("a connected user is online in the console, a ban cuts the connection, and unbanning lets the user back", async ({
  page,
  open,
  app,
  api,
  prefix,
  connect,
}) => {
  const userId = `${prefix}-alice`;
  const token = await api.register(userId);
  await api.register(`${prefix}-bob`);
  const client = await connect(token, { sdk: "e2e/1.0", device: "Test phone", platform: "Android" });

  await test.step("online for the app server, the overview and the list", async () => {
    expect((await api.call("/v4/user/connection-status/get", { userId })).result).toEqual({ status: "1" });
    await open("overview");
    await page.getByRole("link", { name: /^Online now 1/ }).click();
    await expect(page.getByRole("region", { name: "Users", exact: true })).toHaveAttribute("data-state", "ready");
    await expect(page.getByTestId(`user-row-${userId}`)).toContainText("Online");
    await expect(page.getByTestId(`user-row-${prefix}-bob`)).toHaveCount(0);
    await open("users?presence=offline");
    await expect(page.getByTestId(`user-row-${prefix}-bob`)).toContainText("Offline");
    await expect(page.getByTestId(`user-row-${userId}`)).toHaveCount(0);
  });

  await test.step("its connection is listed", async () => {
    await open(`users/${userId}/connections`);
    const table = page.getByRole("table", { name: "Live connections of this user" });
    await expect(table.getByRole("row", { name: /Android/ })).toContainText("Test phone");
    await expect(table).toContainText("e2e/1.0");
  });

  await test.step("banned: cut with 31011, told so, and refused with 31009", async () => {
    await page.getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
    await expect(dialog).toContainText("1 open connection closes.");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
    await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
    await expect(page.getByText("1 connection closed.")).toBeVisible();
    expect(await client.closed).toBe("31011");
    expect(await connectClient(installation.apiUrl, { appKey: app.development.appKey, token })).toBe(31009);
    await expect(page.getByRole("main")).toContainText(`${userId} is not connected`);
  });

  await test.step("unbanned: connects again", async () => {
    await page.getByRole("button", { name: "Unban", exact: true }).click();
    await expect(page.getByRole("button", { name: "Ban…", exact: true })).toBeVisible();
    await connect(token);
    await page.getByRole("switch", { name: /^Live/ }).click();
    await expect(page.getByRole("table", { name: "Live connections of this user" })).toContainText("Web");
  });
});

test("one connection, then all of a user's are closed with 31010", async ({ page, open, api, prefix, connect }) => {
  const userId = `${prefix}-alice`;
  const token = await api.register(userId);
  const phone = await connect(token, { platform: "iOS" });
  const laptop = await connect(token, { platform: "PC", sdk: "s".repeat(64), device: "d".repeat(64) });
  await open(`users/${userId}/connections`);
  await expect(page.getByRole("button", { name: /^Close the PC connection/ })).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, "connections");

  await test.step("the list stands still until it is asked for, or follows on its own; the count above it with it", async () => {
    const tab = page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: /Connections/ });
    const another = await connect(token, { platform: "Web" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByTestId(/^connection-row-/)).toHaveCount(3);
    await expect(tab).toContainText("3");
    await page.getByRole("switch", { name: /^Live/ }).click();
    await expect(page.getByRole("button", { name: "Refresh" })).toHaveCount(0);
    another.close();
    await expect(page.getByTestId(/^connection-row-/)).toHaveCount(2);
    await expect(tab).toContainText("2");
  });

  await page.getByRole("button", { name: /^Close the iOS connection/ }).click();
  const one = page.getByRole("alertdialog", { name: "Close the iOS connection?" });
  await expectAccessible(page, "close a connection");
  await one.getByRole("button", { name: "Close iOS connection" }).click();
  await expect(one).toBeHidden();
  expect(await phone.closed).toBe("31010");
  const rows = page.getByTestId(/^connection-row-/);
  await expect(rows).toHaveCount(1);

  await page.getByRole("button", { name: "Close all…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Close all connections" }).click();
  expect(await laptop.closed).toBe("31010");
  await expect(page.getByRole("main")).toContainText(`${userId} is not connected`);
  await expectAccessible(page, "no connections");
  await open(`users/${userId}/activity`);
  await expect(page.getByRole("main")).toContainText("closed connections of");
});

test("a viewer sees connections and may close none", async ({ open, api, prefix, visit, connect }) => {
  const userId = `${prefix}-alice`;
  await connect(await api.register(userId));
  const { page } = await visit("viewer");
  await open(`users/${userId}/connections`, "development", page);
  await expect(page.getByTestId(/^connection-row-/)).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Close all…" })).toBeDisabled();
  await expect(page.getByText("Closing connections: Needs the role support; yours is viewer.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Close the Web connection/ })).toBeDisabled();
});
