import type { Page } from "@playwright/test";
import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

const question = (page: Page) => page.getByRole("alertdialog", { name: "Discard your changes?" });

async function stay(page: Page): Promise<void> {
  await expect(question(page).getByRole("button", { name: "Stay" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question(page)).toBeHidden();
}

const discard = (page: Page) => question(page).getByRole("button", { name: "Discard" }).click();

test("what is typed into a page is never lost silently: by a link, a tab, Back, the palette, or with the tab itself", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId, "Isla");
  await open("users");
  await page.getByTestId(`user-row-${userId}`).getByRole("link", { name: userId }).click();
  await expect(page).toHaveURL(/\/users\/[^/]+(\/profile)?$/);
  const name = page.getByRole("textbox", { name: "Name", exact: true }).first();
  await name.fill("Isla MacDonald");
  const place = page.url();
  const tabs = page.getByRole("navigation", { name: "User", exact: true });

  await test.step("a tab and a link of the menu", async () => {
    await tabs.getByRole("link", { name: "Tags" }).click();
    await stay(page);
    await page.getByRole("link", { name: "Chat settings" }).first().click();
    await stay(page);
    expect(page.url()).toBe(place);
    await expect(name).toHaveValue("Isla MacDonald");
  });

  await test.step("Back, twice", async () => {
    for (let time = 0; time < 2; time += 1) {
      await page.evaluate(() => window.history.back());
      await stay(page);
      expect(page.url()).toBe(place);
      await expect(name).toHaveValue("Isla MacDonald");
    }
  });

  await test.step("the command palette", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox").fill("Bans");
    await page.getByRole("option", { name: /Bans/ }).first().click();
    await stay(page);
    await expect(name).toHaveValue("Isla MacDonald");
  });

  await test.step("closing the tab is asked about by the browser", async () => {
    const asked = page.waitForEvent("dialog");
    const reload = page.evaluate(() => window.location.reload());
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await reload;
    await expect(name).toHaveValue("Isla MacDonald");
  });

  await test.step("what is saved is not asked about", async () => {
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(`Profile of ${userId} saved.`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Isla MacDonald");
    await tabs.getByRole("link", { name: "Tags" }).click();
    await expect(page).toHaveURL(/\/tags$/);
  });

  await test.step("discarding goes on, and Back does it too", async () => {
    await page.getByRole("textbox", { name: "Add a tag" }).fill("vip");
    await page.getByRole("link", { name: "Bans" }).first().click();
    await discard(page);
    await expect(page).toHaveURL(/\/bans$/);
    await page.goBack();
    await page.getByRole("textbox", { name: "Add a tag" }).fill("vip");
    await page.evaluate(() => window.history.back());
    await discard(page);
    await expect(page).toHaveURL(place);
  });
});

test("a dialog with typed text is not closed by Escape, by a click beside it or by Back without a question", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  await open("users");

  await test.step("registering", async () => {
    await page.getByRole("button", { name: "Register user" }).click();
    const dialog = page.getByRole("dialog", { name: "Register user" });
    await expect(dialog.getByLabel("User ID")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: "Register user" }).click();
    await dialog.getByLabel("User ID").fill("emma");
    await page.keyboard.press("Escape");
    await stay(page);
    await page.mouse.click(10, 400);
    await stay(page);
    await page.evaluate(() => window.history.back());
    await stay(page);
    await expect(dialog.getByLabel("User ID")).toHaveValue("emma");
    await page.keyboard.press("Escape");
    await discard(page);
    await expect(dialog).toBeHidden();
  });

  await test.step("banning", async () => {
    await chooseAct(page, userId, "Ban…");
    const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
    await page.keyboard.press("Escape");
    await stay(page);
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("spam");
    await page.keyboard.press("Escape");
    await discard(page);
    await expect(dialog).toBeHidden();
  });
});
