import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { installation } from "./fixtures/installation";
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

test("signing out empties what the browser has stored, but for how it shows pages", async ({ page, open }) => {
  const operator = await createOperator("viewer");
  await open("users");
  await submitSignIn(page, operator.email, operator.password);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await page.evaluate(() => {
    localStorage.setItem("theme", "dark");
    localStorage.setItem("somebody", "alice");
    sessionStorage.setItem("somebody", "alice");
  });
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  const kept = () => page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]);
  await expect.poll(kept).toEqual([["theme"], []]);
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

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

/** Signs in as the form does, without a page. */
async function signInOverHttp(http: APIRequestContext, form: Record<string, string>): Promise<Answer> {
  const { csrfToken } = (await (await http.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await http.post("/api/auth/callback/credentials", { form: { csrfToken, json: "true", ...form } });
  const { error } = (await answer.json()) as { error?: { code: string } };
  return { status: answer.status(), code: error?.code };
}

test("two dozen browsers sign in with the right password at once, and all are let in", async ({ playwright }) => {
  const { email, password } = await createOperator("viewer");
  const browsers = await Promise.all(
    Array.from({ length: 24 }, () => playwright.request.newContext({ baseURL: installation.consoleUrl })),
  );
  const answers = await Promise.all(browsers.map((http) => signInOverHttp(http, { email, password })));
  expect(answers).toEqual(answers.map(() => ({ status: 200, code: undefined })));
  for (const http of browsers) {
    const page = await http.get("/account");
    expect([page.status(), new URL(page.url()).pathname]).toEqual([200, "/account"]);
    await http.dispose();
  }
});

test("there is one door, and no call around the form has other rules", async ({ playwright }) => {
  const { email, password } = await createOperator("viewer");
  const http = await playwright.request.newContext({ baseURL: installation.consoleUrl });
  await test.step("what NextAuth would open besides does not exist", async () => {
    for (const path of [
      "session",
      "providers",
      "signin",
      "signin/credentials",
      "signout",
      "error",
      "callback/credentials",
    ]) {
      expect([path, (await http.get(`/api/auth/${path}`)).status()]).toEqual([path, 404]);
    }
    for (const path of ["signout", "_log", "session", "signin/credentials", "callback/other"]) {
      expect([path, (await http.post(`/api/auth/${path}`, { form: { json: "true" } })).status()]).toEqual([path, 404]);
    }
  });
  await test.step("without the token against forged requests nobody is let in", async () => {
    for (const csrfToken of ["", "forged"]) {
      expect(await signInOverHttp(http, { email, password, csrfToken })).toEqual({ status: 403, code: "forbidden" });
    }
    expect(new URL((await http.get("/account")).url()).pathname).toBe("/sign-in");
  });
  await test.step("rubbish is refused as such, and failures lock as they do in the form", async () => {
    expect(await signInOverHttp(http, { email: "ana", password })).toEqual({ status: 400, code: "invalid_parameter" });
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await signInOverHttp(http, { email, password: "wrong" })).toEqual({ status: 401, code: "sign_in_failed" });
    }
    expect(await signInOverHttp(http, { email, password })).toEqual({ status: 429, code: "sign_in_locked" });
  });
  await http.dispose();
});

test("a link that nobody can read is refused or an invalid link, and no fault of the console", async ({
  page,
  request,
}) => {
  for (const path of [
    "/invite/%ff",
    "/invite/%ed%a0%80",
    "/apps/%ff/development/users",
    "/api/apps/%ff/x/quota",
    "/v4/%ff",
  ]) {
    expect([path, (await request.get(path)).status()]).toEqual([path, 400]);
  }
  for (const secret of ["%00", "a%2fb", "%F0%9F%98%80"]) {
    const answer = await page.goto(`/invite/${secret}`);
    expect([secret, answer?.status()]).toEqual([secret, 200]);
    await expect(page.getByRole("heading", { name: "This invitation is not valid" })).toBeVisible();
  }
  await page.goto("/invite/%ff");
  await expect(page.locator("body")).toContainText("Ask for the link again");
});
