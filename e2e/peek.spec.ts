import { expectAccessible } from "./fixtures/accessibility";
import { createGroup } from "./fixtures/groups";
import { expect, test } from "./fixtures/test";

test("Space shows a row's user beside the list, j and k move on, and the focus comes back", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = ["a", "b", "c"].map((end) => `${prefix}-${end}`);
  const [a = "", b = "", c = ""] = ids;
  await api.registerAll(ids);
  await open("users?sort=id");
  const panel = page.getByRole("dialog");
  await page.getByTestId(`user-row-${a}`).getByRole("link", { name: a }).focus();

  await test.step("it has an address, and moves on", async () => {
    await page.keyboard.press("Space");
    await expect(panel.getByRole("heading", { name: a })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`peek=${a}$`));
    await expect(panel.getByRole("heading", { name: "Facts" })).toBeVisible();
    await page.keyboard.press("j");
    await expect(panel.getByRole("heading", { name: b })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(panel.getByRole("heading", { name: c })).toBeVisible();
    await page.keyboard.press("k");
    await expect(page).toHaveURL(new RegExp(`peek=${b}$`));
    await expect(panel.getByRole("heading", { name: "Facts" })).toBeVisible();
    await expectAccessible(page, "peek panel");
  });

  await test.step("the user is banned from it, and it shows so", async () => {
    await panel.getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: `Ban ${b}` }).click();
    await expect(dialog).toBeHidden();
    await expect(panel.getByText("No reason given.")).toBeVisible();
    await panel.getByRole("button", { name: `Actions for ${b}` }).click();
    await expect(page.getByRole("menuitem", { name: "Change ban…" })).toBeVisible();
    await expectAccessible(page, "menu in the peek panel");
    await page.keyboard.press("Escape");
  });

  await test.step("Escape closes it, the row has the focus, and shows the ban", async () => {
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await expect(page.getByTestId(`user-row-${b}`)).toContainText("Banned");
    await expect(page).not.toHaveURL(/peek=/);
    await expect(page.getByTestId(`user-row-${b}`).getByRole("link", { name: b })).toBeFocused();
  });

  await test.step("a link opens it; on a phone it fills the screen", async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    await open(`bans?peek=${b}`);
    await expect(panel.getByRole("heading", { name: b })).toBeVisible();
    expect((await panel.boundingBox())?.width).toBe(375);
    await panel.getByRole("button", { name: "Close" }).click();
    await expect(panel).toHaveCount(0);
    await expect(page.getByRole("link", { name: b })).toBeFocused();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step("so do the icons of deleted users and of a group's members", async () => {
    await createGroup(api, `${prefix}-g`, "Team", [a, b]);
    await open(`groups/${prefix}-g`);
    await page.getByTestId(`member-row-${a}`).hover();
    await page.getByRole("button", { name: `Peek at ${a}` }).click();
    await expect(panel.getByRole("heading", { name: a })).toBeVisible();
    await api.softDelete([c]);
    await open("deleted-users");
    await page.getByTestId(`deleted-user-row-${c}`).hover();
    await page.getByRole("button", { name: `Peek at ${c}` }).click();
    await expect(panel.getByText("The user’s data is erased.")).toBeVisible();
  });
});
