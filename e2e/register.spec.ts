import { expect, test } from "./fixtures/test";

test("a user whom an app server registers appears in the list", async ({ page, open, api, prefix }) => {
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
  await expect(page).toHaveTitle(`${prefix}-alice · Users · DEV · Console`);
});

test("an operator registers a user, and the token is shown once", async ({ page, open, api, prefix }) => {
  await open("users");
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
  expect(await page.content(), "the token is nowhere on the page any more").not.toContain(shown);
  const answer = await api.call("/v4/user/get", { userId: `${prefix}-bob` });
  expect(answer).toMatchObject({ code: 0, result: { name: "Bob" } });
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
