import { expectAccessible } from "./fixtures/accessibility";
import { responsive, signedOut, signIn, submitSignIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test("operators change their own name and address, and sign in with the new one", async ({
  newcomer,
  browser,
  browserOptions,
}) => {
  const { page, operator } = await newcomer("viewer");
  await page.goto("/account");
  await responsive(page);
  const you = page.getByRole("region", { name: "You" });
  await you.getByLabel("Name", { exact: true }).fill("Ana Maria");
  const address = `new.${operator.email}`;
  await you.getByLabel("E-mail", { exact: true }).fill(address);
  await you.getByLabel("Your password", { exact: true }).fill("not it, by far");
  await you.getByRole("button", { name: "Save account" }).click();
  await expect(you.getByLabel("Your password", { exact: true })).toHaveAccessibleDescription(/not your password/);
  await expectAccessible(page, "account, a wrong password");
  await you.getByLabel("Your password", { exact: true }).fill(operator.password);
  await you.getByRole("button", { name: "Save account" }).click();
  await expect(page.getByText("Account saved.")).toBeVisible();

  const fresh = await (await browser.newContext({ ...browserOptions, storageState: signedOut })).newPage();
  await fresh.goto("/sign-in");
  await responsive(fresh);
  await submitSignIn(fresh, address, operator.password);
  await expect(fresh.getByRole("navigation", { name: "Main" })).toBeVisible();
  await fresh.context().close();
});

test("one session ends and the others go on; an owner ends one of somebody else's", async ({
  page,
  newcomer,
  browser,
  browserOptions,
}) => {
  const { page: here, operator } = await newcomer("support");
  const openElsewhere = async () => {
    const state = await signIn(operator);
    return (await browser.newContext({ ...browserOptions, storageState: state })).newPage();
  };
  const elsewhere = await openElsewhere();
  await here.goto("/account");
  await responsive(here);
  const sessions = here.getByRole("list", { name: "Open sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await sessions.getByRole("button", { name: /^End the session/ }).click();
  await expect(sessions).toHaveCount(1);
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();

  await page.goto("/operators");
  await responsive(page);
  await page.getByRole("button", { name: `Actions for ${operator.email}` }).click();
  await page.getByRole("menuitem", { name: "Sessions and tokens…" }).click();
  const dialog = page.getByRole("dialog", { name: `Sessions and tokens of ${operator.email}` });
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page, "sessions of an operator");
  await dialog.getByRole("button", { name: /^End the session/ }).click();
  await expect(dialog).toContainText("isn’t signed in anywhere");
  await here.reload();
  await expect(here).toHaveURL(/\/sign-in/);
});

test("a removed operator is gone for good, and the address has to be typed", async ({ page, newcomer }) => {
  const { page: theirs, operator } = await newcomer("admin");
  await page.goto("/operators");
  await responsive(page);
  await page.getByRole("button", { name: `Actions for ${operator.email}` }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Remove ${operator.email}?` });
  const confirm = dialog.getByRole("button", { name: `Remove ${operator.email}` });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(operator.email);
  await confirm.click();
  await expect(page.getByTestId(`operator-row-${operator.email}`)).toHaveCount(0);
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
});

test("times are the operator's own or UTC: one choice for every page, named at its foot, kept over a reload", async ({
  page,
  app,
}) => {
  await page.goto(`/apps/${app.id}/development/keys`);
  await responsive(page);
  const created = page.getByRole("region", { name: app.name }).locator("time").first();
  const at = new Date((await created.getAttribute("datetime")) ?? "");
  const shown = (timeZone: string) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
  await expect(page.getByText("Times in Europe/Berlin")).toBeVisible();
  await expect(created).toHaveText(shown("Europe/Berlin"));
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitemradio", { name: "UTC" }).click();
  await expect(created).toHaveText(shown("UTC"));
  await page.reload();
  await responsive(page);
  await expect(created).toHaveText(shown("UTC"));
  await expect(page.getByText("Times in UTC")).toBeVisible();
});
