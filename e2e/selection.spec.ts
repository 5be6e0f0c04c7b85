import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const bar = (page: Page) => page.getByRole("region", { name: "Bulk actions" });

/** Ticks the page and then all that match, on a list that has more than one page. */
async function selectAllThatMatch(page: Page, count: number): Promise<void> {
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await bar(page)
    .getByRole("button", { name: `Select all ${count} that match` })
    .click();
  await expect(bar(page)).toContainText(`${count} selected`);
}

test("a selection belongs to its search: opening the list at another one drops it, and nobody out of sight is unbanned", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
  const banned = ids.slice(0, 10);
  await api.registerAll(ids);
  await api.ban(banned, 60);
  await open("users?size=25");
  await selectAllThatMatch(page, 30);

  await test.step("the list is opened at another search", async () => {
    await open(`users?q=${prefix}-30`);
    await expect(page.getByTestId(`user-row-${prefix}-30`)).toBeVisible();
    await expect(page.getByRole("checkbox", { name: `Select ${prefix}-30` })).not.toBeChecked();
    await expect(bar(page)).toHaveCount(0);
  });

  await test.step("and it does not come back with the first one", async () => {
    await open("users?size=25");
    await expect(page.getByRole("region", { name: "Users", exact: true })).toHaveAttribute("data-state", "ready");
    await expect(bar(page)).toHaveCount(0);
  });

  await test.step("typing in the search box and setting a filter drop it too", async () => {
    await selectAllThatMatch(page, 30);
    await page.getByLabel("Search users").fill(`${prefix}-30`);
    await expect(page.getByTestId(`user-row-${prefix}-30`)).toBeVisible();
    await expect(bar(page)).toHaveCount(0);
    await page.getByRole("checkbox", { name: `Select ${prefix}-30` }).click();
    await expect(bar(page)).toContainText("1 selected");
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("radio", { name: "Active" }).click();
    await expect(page.getByRole("button", { name: "Remove filter Status: Active" })).toBeAttached();
    await expect(bar(page)).toHaveCount(0);
    expect((await api.bannedUserIds()).sort()).toEqual(banned);
  });
});

test("sorting and paging keep a selection, and unbanning it asks first: how many, and how many are out of sight", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
  const banned = ids.slice(0, 10);
  await api.registerAll(ids);
  await api.ban(banned, 60);
  await open("users?size=25");
  await selectAllThatMatch(page, 30);
  await expect(bar(page)).toContainText("30 selected, 5 not on this page");

  // Which users a page has before it is sorted depends on who was registered first.
  await page.getByRole("button", { name: "User", exact: true }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(`${prefix}-01`);
  await expect(page.getByRole("row").nth(25)).toContainText(`${prefix}-25`);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(`${prefix}-26`);
  await expect(bar(page)).toContainText("30 selected, 25 not on this page");

  const opener = bar(page).getByRole("button", { name: "Unban…" });
  const dialog = page.getByRole("alertdialog", { name: "Unban 30 users?" });
  await opener.click();
  await expect(dialog).toContainText("25 of them aren’t on this page.");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  expect((await api.bannedUserIds()).sort()).toEqual(banned);

  await opener.click();
  await dialog.getByRole("button", { name: "Unban 30 users" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("10 users unbanned.")).toBeVisible();
  await expect(page.getByText("20 users were not banned.")).toBeVisible();
  expect(await api.bannedUserIds()).toEqual([]);

  for (const [label, title] of [
    ["Ban…", "Ban 30 users?"],
    ["Invalidate tokens…", "Invalidate the tokens of 30 users?"],
  ] as const) {
    await bar(page).getByRole("button", { name: label, exact: true }).click();
    await expect(page.getByRole("alertdialog", { name: title })).toContainText("25 of them aren’t on this page.");
    await page.keyboard.press("Escape");
  }
});
