import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

test("users are imported from a file: its columns, what is new, what is wrong in which line, and a report", async ({
  page,
  open,
  app,
  prefix,
}) => {
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  await production.register(`${prefix}-known`, "Known");
  await open("users", "production");
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import users" })).toBeVisible();

  const dryRun = page.getByRole("region", { name: "2. Check" });
  await test.step("a file is chosen, and its columns are found by their names", async () => {
    const file = [
      "Kennung;Display name",
      `${prefix}-1;Ana`,
      `${prefix}-known;Renamed`,
      "not an id;Bob",
      `${prefix}-2;"Lind; Ana"`,
    ].join("\r\n");
    await page.getByLabel("File", { exact: true }).setInputFiles({
      name: "users.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(file),
    });
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(dryRun.getByLabel("Name")).toHaveValue("Display name");
    await expect(dryRun.getByRole("button", { name: "Import 0 users" })).toBeDisabled();
    await dryRun.getByLabel("User ID").selectOption("Kennung");
    await expect(dryRun.getByRole("status")).toHaveText(
      "2 users are new. 1 exists already and is skipped. 1 line has an error and is left out.",
    );
    const errors = dryRun.getByRole("table", { name: "Lines with errors" });
    await expect(errors.getByRole("row", { name: /^4 / })).toContainText("userId: Must consist of letters");
  });

  await test.step("leaving asks, since nothing of it has been imported", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Bans" }).click();
    await page.getByRole("button", { name: "Stay" }).click();
    await expect(dryRun).toBeVisible();
  });

  await test.step("who exists can be updated instead", async () => {
    await page.getByRole("radio", { name: "Update name and avatar" }).click();
    await expect(dryRun.getByRole("status")).toContainText("1 exists and is updated.");
    await dryRun.getByRole("button", { name: "Import 3 users" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Import 4 users" })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "3 imported, 1 left out" })).toBeVisible();
    await expect(page.getByTestId(`job-item-${prefix}-known`)).toContainText("Name and avatar updated");
    const wrong = page.getByTestId("job-item-not an id");
    await expect(wrong).toContainText("userId: Must consist of letters");
    await expect(wrong.getByRole("cell", { name: "4", exact: true })).toBeVisible();
  });

  await test.step("they are there, and found by name", async () => {
    await open(`users?q=lind`, "production");
    await expect(page.getByTestId(`user-row-${prefix}-2`)).toContainText("Lind; Ana");
    await open(`users/${prefix}-known/profile`, "production");
    await expect(page.getByRole("heading", { level: 1, name: "Renamed" })).toBeVisible();
  });
});

test("pasted text that is no file of users stays, with what is wrong with it", async ({ page, open, prefix }) => {
  await open("import-users");
  const text = page.getByRole("textbox", { name: "Or paste it" });
  await text.fill('[{"userId": "a"');
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This isn’t valid JSON");
  await expect(text).toHaveValue('[{"userId": "a"');
  await text.fill(`[{"userId": "${prefix}-json", "name": "Jo"}]`);
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Import 1 user" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 imported" })).toBeVisible();
});

test("support is told which role importing needs", async ({ open, visit }) => {
  const { page: support } = await visit("support");
  await open("import-users", "development", support);
  await expect(support.getByRole("heading", { level: 1 })).toContainText("import users");
});
