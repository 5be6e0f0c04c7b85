import { signIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test("signing out everywhere ends another browser's session at once", async ({
  open,
  newcomer,
  browser,
  browserOptions,
}) => {
  const { page: here, operator } = await newcomer("admin");
  const state = await signIn(operator);
  const elsewhere = await (await browser.newContext({ ...browserOptions, storageState: state })).newPage();
  await open("users", "development", elsewhere);
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();

  await open("overview", "development", here);
  await here.getByRole("button", { name: "Your account" }).click();
  await here.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await here
    .getByRole("alertdialog", { name: "Sign out everywhere?" })
    .getByRole("button", { name: "Sign out everywhere" })
    .click();
  await expect(here.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();

  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
});

test("a disabled operator is out at once", async ({ page, open, newcomer }) => {
  const { page: theirs, operator } = await newcomer("admin");
  await open("users", "development", theirs);
  await expect(theirs.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();

  await page.goto("/operators");
  await page.getByRole("button", { name: `Actions for ${operator.email}` }).click();
  await page.getByRole("menuitem", { name: "Disable…" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Disable / })
    .click();
  await expect(page.getByRole("row", { name: new RegExp(operator.email) })).toContainText("Disabled");

  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);
});
