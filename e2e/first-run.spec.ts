import { expectAccessible } from "./fixtures/accessibility";
import { firstOwner, installation } from "./fixtures/installation";
import { createOperator, responsive, signedOut, submitSignIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test.use({ storageState: signedOut });

test("the one-time link creates the owner, signs in and is then spent", async ({ page, browser }) => {
  if (installation.setupLink === undefined) {
    // An installation that was set up before: there must be an owner to go on with.
    await page.goto("/sign-in");
    await responsive(page);
    await submitSignIn(page, firstOwner.email, firstOwner.password);
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    return;
  }

  await test.step("without the link there is nothing to create", async () => {
    await page.goto("/setup?secret=guessed");
    await expect(page.getByRole("button", { name: "Create owner" })).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "This set-up link is not valid" })).toBeVisible();
  });

  await test.step("the console says what to do before there is anybody who could sign in", async () => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "This installation is not set up yet" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("one-time link");
    await expect(page.getByRole("button", { name: "Sign in" })).toHaveCount(0);
  });

  await test.step("create the owner", async () => {
    await page.goto(installation.setupLink ?? "");
    await responsive(page);
    await page.getByLabel("Your name").fill(firstOwner.name);
    await page.getByLabel("E-mail", { exact: true }).fill(firstOwner.email);
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create owner" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Password", { exact: true }).fill(firstOwner.password);
    await page.getByRole("button", { name: "Create owner" }).click();
  });

  await test.step("the console opens on the first application", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await expect(page.getByRole("button", { name: "App: First application" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Environment: Development" })).toBeVisible();
  });

  await test.step("the only owner cannot lock themselves out, and reads why", async () => {
    await page.goto("/operators");
    await responsive(page);
    await page.getByRole("button", { name: `Actions for ${firstOwner.email}` }).click();
    for (const act of ["Change role…", "Disable…", "Remove…"]) {
      const item = page.getByRole("menuitem", { name: act });
      await expect(item).toHaveAttribute("aria-disabled", "true");
      await expect(item).toContainText("Make someone else an owner first.");
    }
  });

  await test.step("the link works once", async () => {
    const other = await (await browser.newContext({ storageState: signedOut })).newPage();
    await other.goto(installation.setupLink ?? "");
    await expect(other.getByRole("button", { name: "Create owner" })).toHaveCount(0);
    await expect(other.getByRole("heading", { name: "This installation is set up" })).toBeVisible();
    await other.context().close();
  });

  // Here, where nobody else is signed in: the rules hold for everybody.
  await test.step("who has a role that needs a second factor sets one up before anything else", async () => {
    const support = await createOperator("support");
    const theirs = await (await browser.newContext({ storageState: signedOut })).newPage();
    await page.goto("/operators");
    await responsive(page);
    const rules = page.getByRole("region", { name: "Sign-in rules" });
    const save = rules.getByRole("button", { name: "Save rules" });
    await rules.getByLabel("When idle, after hours").fill("0");
    await rules.getByLabel("Support", { exact: true }).fill("2026-01-01");
    await save.click();
    await expect(rules.getByLabel("When idle, after hours")).toHaveAccessibleDescription(/At least 1 hour/);
    await rules.getByLabel("When idle, after hours").fill("12");
    await save.click();
    await expect(page.getByText("Sign-in rules saved.")).toBeVisible();

    await theirs.goto("/sign-in?next=/account");
    await responsive(theirs);
    await submitSignIn(theirs, support.email, support.password);
    await expect(theirs.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
    await expectAccessible(theirs, "a second factor is missing");
    await theirs.goto("/apps");
    await expect(theirs).toHaveURL(/\/second-factor\?next=%2Fapps/);

    await rules.getByLabel("Support", { exact: true }).fill("");
    const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
    await save.click();
    await saved;
    await theirs.reload();
    await expect(theirs).toHaveURL(/\/apps/);
    await theirs.context().close();
  });
});
