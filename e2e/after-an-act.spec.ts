import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a user whom an act takes out of the list is said to have left it, with the way there and the act to copy", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-isla`;
  await api.registerAll([userId, `${prefix}-noah`]);
  await open("users?status=active");
  await chooseAct(page, userId, "Ban…");
  const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await dialog.getByRole("radio", { name: "1 hour" }).click();
  await expect(dialog).toContainText("No connection is open.");
  await dialog.getByRole("button", { name: `Ban ${userId}` }).click();

  await expect(page.getByTestId(`user-row-${userId}`)).toHaveCount(0);
  await expect(page.getByText(`${userId} left this list.`)).toBeVisible();
  // They wait while the pointer is on them.
  await page.getByText(`${userId} left this list.`).hover();

  await page.getByRole("button", { name: "Copy as Playwright test" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(`await api.banUsers({ userIds: ["${userId}"], durationMinutes: 60 });`);

  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/users/${userId}/`));
  await expect(page.getByRole("main")).toContainText("Banned until");
});

test("bans are filtered by who ordered them and why, and one's own acts are one click away", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const [emma, isla, noah] = ["emma", "isla", "noah"].map((name) => `${prefix}-${name}`) as [string, string, string];
  await api.registerAll([emma, isla, noah]);
  await api.ban([noah], 60);
  const { page: support, operator } = await visit("support");
  const ban = async (by: typeof page, userId: string, reason: string) => {
    await open(`users/${userId}/bans`, "development", by);
    await by.getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = by.getByRole("alertdialog", { name: `Ban ${userId}?` });
    await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
    await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
    await expect(by.getByRole("main")).toContainText(`Reason: ${reason}`);
  };
  await ban(support, emma, "Spam");
  await ban(page, isla, "Fraud");

  await open("bans");
  const row = (userId: string) => page.getByRole("row", { name: new RegExp(userId) });
  await page.getByRole("combobox", { name: "By" }).selectOption({ label: operator.name });
  await expect(row(isla)).toHaveCount(0);
  await expect(row(emma)).toBeVisible();
  await page.getByRole("button", { name: `Remove filter By: ${operator.name}` }).click();
  await page.getByRole("combobox", { name: "Reason" }).selectOption("Fraud");
  await expect(row(isla)).toBeVisible();
  await expect(row(emma)).toHaveCount(0);
  await expect(row(noah)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Remove filter Reason: Fraud" })).toBeVisible();

  await test.step("what I did today", async () => {
    await support.getByRole("button", { name: "Your account" }).click();
    await support.getByRole("menuitem", { name: "What I did today" }).click();
    await expect(support.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
    const log = support.getByRole("region", { name: "Audit log", exact: true });
    await expect(log).toContainText(emma);
    await expect(log).not.toContainText(isla);
  });
});
