import { expect, test } from "./fixtures/test";

test("users ticked on two pages are banned together, and the report tells each one that was not", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
  await api.registerAll(ids);
  await open("users?size=25&sort=id");
  const bar = page.getByRole("region", { name: "Bulk actions" });
  const pages = page.getByRole("navigation", { name: "Pages" });

  await page.getByRole("checkbox", { name: `Select ${prefix}-03` }).click();
  await page.getByRole("checkbox", { name: `Select ${prefix}-04` }).click();
  await expect(bar).toContainText("2 selected");
  await pages.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByTestId(`user-row-${prefix}-28`)).toBeVisible();
  await page.getByRole("checkbox", { name: `Select ${prefix}-28` }).click();
  await expect(bar).toContainText("3 selected");

  await test.step("meanwhile one of them is deleted elsewhere", async () => {
    const other = await page.context().newPage();
    await open("delete-test-users", "development", other);
    await other.getByRole("radio", { name: "By ids" }).click();
    await other.getByLabel("User IDs").fill(`${prefix}-04`);
    await other.getByRole("button", { name: "Show who would be deleted" }).click();
    await other.getByLabel(/delete 1 user/).fill("delete 1 user");
    await other.getByRole("button", { name: "Delete 1 user from development" }).click();
    await expect(other.getByRole("status").filter({ hasText: "1 deleted" })).toBeVisible();
    await other.close();
  });

  await bar.getByRole("button", { name: "Ban…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Ban 3 users?" });
  await dialog.getByLabel("Reason").fill("raid");
  await dialog.getByRole("button", { name: "Ban 3 users" }).click();

  await expect(page.getByRole("status").filter({ hasText: "2 banned, 1 not" })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`${prefix}-04`) })).toBeVisible();
  expect((await api.bannedUserIds()).sort()).toEqual([`${prefix}-03`, `${prefix}-28`]);
});
