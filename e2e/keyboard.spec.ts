import { createOperator, responsive, signedOut } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test.use({ storageState: signedOut });

test("sign in, find a user, ban and unban with the keyboard alone", async ({ page, app, api, prefix }) => {
  const operator = await createOperator("support");
  const userId = `${prefix}-kim`;
  await api.registerAll([userId, `${prefix}-lee`, "someone-else"]);
  const { keyboard } = page;
  const focused = page.locator(":focus");

  await test.step("sign in", async () => {
    await page.goto(`/sign-in?next=/apps/${app.id}/development/users`);
    await responsive(page);
    await expect(page.getByLabel("E-mail", { exact: true })).toBeFocused();
    await keyboard.type(operator.email);
    await keyboard.press("Tab");
    await keyboard.type(operator.password);
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  });

  await test.step("the first Tab of a page offers to skip to its content", async () => {
    await page.reload();
    await responsive(page);
    await keyboard.press("Tab");
    await expect(focused).toHaveAccessibleName("Skip to content");
    await keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
  });

  await test.step("find", async () => {
    await keyboard.press("/");
    await expect(page.getByLabel("Search users")).toBeFocused();
    await keyboard.type(userId);
    await expect(page.getByRole("region", { name: "Users", exact: true }).getByRole("row")).toHaveCount(1 + 1);
  });

  const row = page.getByTestId(`user-row-${userId}`);
  await test.step("ban", async () => {
    await tabTo(page, `Actions for ${userId}`);
    await keyboard.press("Enter");
    await expect(focused).toHaveRole("menuitem");
    await pressUntil(page, "ArrowDown", "Ban…");
    await keyboard.press("Enter");
    await expect(page.getByRole("alertdialog", { name: `Ban ${userId}?` })).toBeVisible();
    await expect(focused).toHaveAccessibleName("Cancel");
    await tabTo(page, "Reason");
    await keyboard.type("spam");
    await tabTo(page, `Ban ${userId}`);
    await keyboard.press("Enter");
    await expect(row).toContainText("Banned until");
    expect(await api.bannedUserIds()).toEqual([userId]);
  });

  await test.step("unban", async () => {
    await expect(focused, "the focus is back where the ban began").toHaveAccessibleName(`Actions for ${userId}`);
    await keyboard.press("Enter");
    await expect(focused).toHaveRole("menuitem");
    await pressUntil(page, "ArrowDown", "Unban");
    await keyboard.press("Enter");
    await expect(row).toContainText("Active");
    expect(await api.bannedUserIds()).toEqual([]);
  });
});

type TestPage = Parameters<typeof responsive>[0];

/** Presses Tab until the control of that name has the focus. */
const tabTo = (page: TestPage, name: string) => pressUntil(page, "Tab", name);

async function pressUntil(page: TestPage, key: string, name: string): Promise<void> {
  const wanted = page.locator(":focus").and(
    page
      .getByRole("button", { name, exact: true })
      .or(page.getByRole("menuitem", { name, exact: true }))
      .or(page.getByRole("textbox", { name })),
  );
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await wanted.count()) === 1) return;
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press(key);
    // A menu moves the focus a moment later; a key pressed before that would move it twice.
    await page.waitForFunction((last) => document.activeElement !== last, before, { timeout: 5_000 });
  }
  throw new Error(`"${name}" cannot be reached with ${key}.`);
}
