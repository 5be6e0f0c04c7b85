import { signedOut } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test("an endpoint is found by its words, and tried in Development by who may see the App Secret", async ({
  page,
  app,
  open,
  prefix,
}) => {
  await page.goto("/docs");
  const endpoints = page.getByRole("navigation", { name: "Endpoints" });
  await endpoints.getByRole("searchbox", { name: "Find an endpoint" }).fill("token issue");
  await endpoints.getByRole("link").click();
  await expect(page).toHaveTitle(/Register a user, get an access token/);
  await expect(page.getByRole("row", { name: /userId text Yes 1 to 64 characters/ })).toBeVisible();

  await test.step("the call is signed and sent", async () => {
    await page.getByRole("combobox", { name: "App" }).selectOption(app.id);
    const body = page.getByRole("textbox", { name: "Body" });
    await body.fill(JSON.stringify({ userId: `${prefix}-tried`, name: "Tried" }));
    await page.getByRole("button", { name: "Send call" }).click();
    const answer = page.getByRole("region", { name: "Answer to your call" });
    await expect(answer.getByText("Status 200")).toBeVisible();
    await expect(answer).toContainText(`"userId": "${prefix}-tried"`);
  });

  await test.step("what is refused is an answer", async () => {
    await page.getByRole("textbox", { name: "Body" }).fill("{}");
    await page.getByRole("button", { name: "Send call" }).click();
    await expect(page.getByText("Status 400")).toBeVisible();
  });

  await test.step("the user is there, and the audit log names who sent the call", async () => {
    await open(`users/${prefix}-tried`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Tried");
    await open("audit-log");
    await expect(page.getByRole("main")).toContainText("sent a test call to the Server API of");
  });
});

test.describe("signed out", () => {
  test.use({ storageState: signedOut });

  test("everybody reads the reference and is told how to try a call", async ({ page }) => {
    await page.goto("/docs/banUsers");
    await expect(page.getByRole("heading", { level: 1, name: "Ban users" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
  });
});
