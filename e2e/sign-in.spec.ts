import { randomUUID } from "node:crypto";
import { createOperator, responsive, signedOut, submitSignIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test.use({ storageState: signedOut });

const WRONG = "The e-mail address or the password is wrong.";

test("a page asked for while signed out opens after signing in", async ({ page, open }) => {
  const operator = await createOperator("viewer");
  await open("users?status=banned");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await submitSignIn(page, operator.email, operator.password);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(page).toHaveURL(/\/development\/users\?status=banned$/);
});

test("signing out ends the session", async ({ page, open }) => {
  const operator = await createOperator("viewer");
  await open("overview");
  await submitSignIn(page, operator.email, operator.password);
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await open("overview");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("after signing in nobody is sent to another site", async ({ page }) => {
  const operator = await createOperator("viewer");
  await page.goto("/sign-in?next=https%3A%2F%2Fexample.com%2Fusers");
  await responsive(page);
  await submitSignIn(page, operator.email, operator.password);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  expect(new URL(page.url()).hostname).not.toBe("example.com");
});

test("a wrong password and an unknown address read the same, and failures lock the address for a while", async ({
  page,
}) => {
  const operator = await createOperator("viewer");
  await page.goto("/sign-in");
  await responsive(page);
  const alert = page.getByRole("main").getByRole("alert");

  await submitSignIn(page, `nobody.${randomUUID()}@example.com`, "a wrong password");
  await expect(alert).toContainText(WRONG);
  await expect(alert).toBeFocused();

  await test.step("fail until locked out", async () => {
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await submitSignIn(page, operator.email, `wrong password ${attempt}`);
      await answered;
      await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
      if (/Try again in/.test((await alert.textContent()) ?? "")) break;
    }
    await expect(alert).toContainText(/Try again in \d+ (second|minute)/);
  });

  await test.step("even the right password does not open a locked address", async () => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await submitSignIn(page, operator.email, operator.password);
    await answered;
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
    await expect(alert).toContainText(/Try again in/);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  await test.step("nobody else is locked out", async () => {
    const other = await createOperator("viewer");
    await submitSignIn(page, other.email, other.password);
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  });
});
