import { expect, test } from "./fixtures/test";

test("a user whom an app server registers appears in the list", async ({ page, open, app, api, prefix }) => {
  await open("users");
  const users = page.getByRole("region", { name: "Users", exact: true });
  await expect(users).toHaveAttribute("data-state", "empty");

  await api.register(`${prefix}-alice`, "Alice Anders");

  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(users).toHaveAttribute("data-state", "ready");
  const row = page.getByTestId(`user-row-${prefix}-alice`);
  await expect(row).toContainText("Alice Anders");
  await expect(row).toContainText("Active");

  await row.getByRole("link", { name: `${prefix}-alice` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Alice Anders" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(`${prefix}-alice`);
  await expect(page).toHaveTitle(`${prefix}-alice · Users · DEV · ${app.name}`);
});

test("an operator registers a user, and the token is shown once", async ({ page, open, api, prefix }) => {
  await open("users");
  const readAgain: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("_rsc=")) readAgain.push(request.url());
  });
  await page.getByRole("button", { name: "Register user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Register user" });
  await dialog.getByLabel("User ID").fill(`${prefix}-bob`);
  await dialog.getByLabel("Name", { exact: true }).fill("Bob");
  await dialog.getByRole("button", { name: "Register", exact: true }).click();

  const outcome = page.getByRole("dialog", { name: `${prefix}-bob is registered` });
  const token = outcome.getByLabel("Access token", { exact: true });
  await expect(token).toHaveValue(/^\S{40,255}$/);
  await expect(outcome.getByRole("button", { name: "Copy access token" })).toBeVisible();
  const shown = await token.inputValue();
  await outcome.getByRole("button", { name: "Done" }).click();
  await outcome.getByRole("button", { name: "Close without copying" }).click();
  await expect(outcome).toBeHidden();

  await expect(page.getByTestId(`user-row-${prefix}-bob`)).toBeVisible();
  expect(readAgain, "a dialog in the address makes no other page of it, which would be read twice").toHaveLength(1);
  expect(await page.content(), "the token is nowhere on the page any more").not.toContain(shown);
  const answer = await api.call("/v4/user/get", { userId: `${prefix}-bob` });
  expect(answer).toMatchObject({ code: 0, result: { name: "Bob" } });
});

test("an id that somebody has is not registered again: the dialog shows who has it, with a test token or the user's page", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const emma = `${prefix}-emma`;
  await api.register(emma, "Emma Johnson");
  await open("users");
  await page.getByRole("button", { name: "Register user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Register user" });
  await dialog.getByLabel("User ID").fill(emma);
  await dialog.getByLabel("Name", { exact: true }).fill("Somebody else");
  await dialog.getByRole("button", { name: "Register", exact: true }).click();

  const exists = dialog.getByRole("alert").filter({ hasText: `${emma} is already registered` });
  await expect(exists).toContainText("Emma Johnson");
  await expect(exists).toContainText("Active");
  await expect(exists).toContainText("user_exists");
  await expect(dialog.getByLabel("Name", { exact: true }), "what was typed stays").toHaveValue("Somebody else");
  expect(await api.call("/v4/user/get", { userId: emma })).toMatchObject({ code: 0, result: { name: "Emma Johnson" } });

  await test.step("a test token", async () => {
    await exists.getByRole("button", { name: "Issue test token" }).click();
    const token = page.getByRole("dialog", { name: `Test token for ${emma}` });
    await expect(token.getByLabel("Access token", { exact: true })).toHaveValue(/^\S{40,255}$/);
    await token.getByRole("button", { name: "Done" }).click();
    await token.getByRole("button", { name: "Close without copying" }).click();
    await expect(token).toBeHidden();
  });

  await test.step("another id is another matter, and the same one leads to the user", async () => {
    await page.getByRole("button", { name: "Register user" }).first().click();
    await dialog.getByLabel("User ID").fill(emma);
    await dialog.getByLabel("Name", { exact: true }).fill("Somebody else");
    await dialog.getByRole("button", { name: "Register", exact: true }).click();
    await expect(exists).toBeVisible();
    await dialog.getByLabel("User ID").fill(`${emma}-2`);
    await expect(exists).toBeHidden();
    await dialog.getByLabel("User ID").fill(emma);
    await dialog.getByRole("button", { name: "Register", exact: true }).click();
    await exists.getByRole("link", { name: "Open user" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Emma Johnson" })).toBeVisible();
  });
});

test("an id that the contract does not allow is refused at its field", async ({ page, open, prefix }) => {
  await open("users");
  await page.getByRole("button", { name: "Register user" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Register user" });
  await dialog.getByLabel("User ID").fill(`${prefix} with blanks`);
  await dialog.getByLabel("Name", { exact: true }).fill("Nobody");
  await dialog.getByRole("button", { name: "Register", exact: true }).click();
  await expect(dialog.getByLabel("User ID")).toHaveAccessibleDescription(/.+/);
  await expect(dialog).toBeVisible();
});
