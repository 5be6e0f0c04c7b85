import type { Page } from "@playwright/test";
import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

const rows = (page: Page) => page.getByRole("region", { name: "Bans", exact: true }).getByRole("row");

test("bans are found by user, operator and reason, in force and ended", async ({
  page,
  open,
  api,
  prefix,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  await api.registerAll([
    { userId: `${prefix}-m`, name: "María de la Concepción" },
    { userId: `${prefix}-b`, name: "Bob Baker" },
    `${prefix}-c`,
  ]);
  await api.ban([`${prefix}-m`, `${prefix}-c`], 2 * 1440);
  await open("users");
  await chooseAct(page, `${prefix}-b`, "Ban…");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Sells Überfälle");
  await dialog.getByRole("button", { name: `Ban ${prefix}-b` }).click();
  await expect(dialog).toBeHidden();

  await open("bans");
  await expect(rows(page)).toHaveCount(3 + 1);
  const search = page.getByLabel("Search bans");
  for (const [text, found] of [
    ["concep", "María"],
    ["uberf", "Bob Baker"],
    [operator.email, "Bob Baker"],
  ]) {
    await search.fill(text ?? "");
    await expect(rows(page)).toHaveCount(1 + 1);
    await expect(rows(page).nth(1)).toContainText(found ?? "");
  }
  await page.getByRole("button", { name: "Clear search text" }).click();
  await page.getByRole("button", { name: `Unban ${prefix}-b` }).click();
  await expect(rows(page)).toHaveCount(2 + 1);
  await page.getByRole("link", { name: "Ended" }).click();
  await expect(page).toHaveURL(/tab=ended/);
  await search.fill("sells");
  await expect(rows(page)).toHaveCount(1 + 1);
});

test("a list that stands open says what has come since, and shows it only when asked", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(`${prefix}-1`);
  await open("users");
  const users = page.getByRole("region", { name: "Users", exact: true });
  await expect(users.getByRole("row")).toHaveCount(1 + 1);
  await api.registerAll([`${prefix}-2`, `${prefix}-3`]);
  // It asks every 20 seconds, and whenever the tab is looked at again.
  const lookAgain = () => page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  const show = page.getByRole("button", { name: "2 new users. Show" });
  await expect(async () => {
    await lookAgain();
    await expect(show).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(users.getByRole("row")).toHaveCount(1 + 1);
  await show.click();
  await expect(users.getByRole("row")).toHaveCount(3 + 1);
  await expect(show).toHaveCount(0);

  await test.step("the list and the bar in the header agree about who holds a seat", async () => {
    await api.softDelete([`${prefix}-3`]);
    await open("users");
    await expect(page.getByText("3 users, 1 soft-deleted")).toBeVisible();
    await expect(page.getByRole("button", { name: /^2 \/ 100 dev users/ })).toBeVisible();
    await page.getByRole("button", { name: "Filters" }).click();
    await expect(page.getByRole("radio", { name: "Soft-deleted 1" })).toBeVisible();
  });
});
