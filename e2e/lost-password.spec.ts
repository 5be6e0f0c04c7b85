import { expectAccessible } from "./fixtures/accessibility";
import { commandLine } from "./fixtures/command-line";
import { responsive, signedOut, signIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test("a new browser is told of until it is known; a lost password comes back by a link that works once", async ({
  newcomer,
  browser,
  browserOptions,
}) => {
  const { page, operator } = await newcomer("support");

  await test.step("a sign-in elsewhere shows on every page until they say that it was them", async () => {
    await signIn(operator);
    await page.goto("/account");
    await responsive(page);
    const notice = page.getByRole("status").filter({ hasText: "Someone signed in as you in a new browser" });
    await expect(notice).toBeVisible();
    await expectAccessible(page, "account with the notice of a new browser");
    await notice.getByRole("button", { name: "It was me" }).click();
    await expect(notice).toHaveCount(0);
  });

  const elsewhere = await (await browser.newContext({ ...browserOptions, storageState: signedOut })).newPage();
  const { link } = await commandLine<{ link: string }>("operators", "reset-password", "--email", operator.email);

  await test.step("the link lets them choose a password, signs them in, and signs everybody else out", async () => {
    await elsewhere.goto(link);
    await responsive(elsewhere);
    const password = elsewhere.getByLabel("New password", { exact: true });
    await password.fill(operator.email);
    await elsewhere.getByRole("button", { name: "Save password" }).click();
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await expectAccessible(elsewhere, "a new password by a link");
    await password.fill("a new and long passphrase");
    await elsewhere.getByRole("button", { name: "Save password" }).click();
    await expect(elsewhere.getByRole("navigation", { name: "Main" })).toBeVisible();
    await page.reload();
    await expect(page).toHaveURL(/\/sign-in/);
  });

  await test.step("a second time it is none", async () => {
    await elsewhere.goto(link);
    await expect(elsewhere.getByRole("heading", { name: "This link is not valid" })).toBeVisible();
    await elsewhere.context().close();
  });
});
