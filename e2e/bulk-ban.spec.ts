import { expectDocumentedControls } from "./fixtures/dialogs";
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
    await open(`users?q=${prefix}-04`, "development", other);
    await other.getByRole("button", { name: `Actions for ${prefix}-04` }).click();
    await other.getByRole("menuitem", { name: "Delete test user…" }).click();
    await other.getByRole("alertdialog").getByRole("textbox").fill(`${prefix}-04`);
    await other.getByRole("button", { name: `Delete ${prefix}-04` }).click();
    await expect(other.getByTestId(`user-row-${prefix}-04`)).toHaveCount(0);
    await other.close();
  });

  await bar.getByRole("button", { name: "Ban…", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "Ban 3 users?" });
  const dryRun = dialog.getByRole("region", { name: "Dry run" });
  await expect(dryRun).toContainText("2 users will be banned. 1 will not.");
  await expect(dryRun).toContainText("No connection is open.");
  await expectDocumentedControls(page, "ban of several users");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("raid");
  await dialog.getByRole("button", { name: "Ban 3 users" }).click();

  const outcome = page.getByRole("dialog", { name: "2 banned, 1 not" });
  await expect(outcome.getByRole("status").filter({ hasText: "2 banned, 1 not" })).toHaveCount(1);
  await expect(outcome.getByRole("row", { name: new RegExp(`${prefix}-04`) })).toContainText("Not registered");
  expect((await api.bannedUserIds()).sort()).toEqual([`${prefix}-03`, `${prefix}-28`]);

  await test.step("what was done is taken back from the report; another try would change nothing", async () => {
    await expect(outcome.getByRole("button", { name: /^Retry failed/ })).toHaveCount(0);
    await outcome.getByRole("button", { name: "Undo (2)" }).click();
    await expect(page.getByText("Undone: 2 users are as before.")).toBeVisible();
    expect(await api.bannedUserIds()).toEqual([]);
  });
});
