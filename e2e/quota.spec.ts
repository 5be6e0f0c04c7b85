import { expect, test } from "./fixtures/test";

test("the development quota fills, refuses the 101st user, and frees seats by deleting a prefix", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const mine = Array.from({ length: 61 }, (_, index) => `${prefix}-${index + 1}`);
  const others = Array.from({ length: 39 }, (_, index) => `keep-${index + 1}`);

  await test.step("100 users fill it", async () => {
    await api.registerAll([...others, ...mine]);
    await open("overview");
    await expect(page.getByRole("banner")).toContainText("100 / 100 dev users");
  });

  await test.step("the 101st is refused with 2007, a known user still gets tokens", async () => {
    const refused = await api.call("/v4/auth/access-token/issue", { userId: `${prefix}-late`, name: "Late" });
    expect(refused).toMatchObject({ status: 403, code: 2007 });
    expect(refused.errorMessage).toContain("100");
    await api.register(`${prefix}-1`);
  });

  await test.step("the console says so with the same code", async () => {
    await open("users");
    await page.getByRole("button", { name: "Register user" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Register user" });
    await dialog.getByLabel("User ID").fill(`${prefix}-late`);
    await dialog.getByLabel("Name", { exact: true }).fill("Late");
    await dialog.getByRole("button", { name: "Register", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("user_quota_reached");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard" }).click();
  });

  await test.step("delete by prefix, after a look at who would go", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Delete test users" }).click();
    await page.getByRole("radio", { name: "By prefix" }).click();
    await page.getByLabel("Prefix", { exact: true }).fill(`${prefix}-`);
    await page.getByRole("button", { name: "Show who would be deleted" }).click();
    await expect(page.getByRole("status").filter({ hasText: "61 users will be deleted" })).toBeVisible();

    const confirm = page.getByRole("button", { name: "Delete 61 users from development" });
    await expect(confirm).toBeDisabled();
    await page.getByLabel(/delete 61 users/).fill("delete 61 users");
    await confirm.click();
  });

  await test.step("the job reports and the seats are free", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Delete 61 users" })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "61 deleted" })).toBeVisible();
    await api.register(`${prefix}-late`, "Late");
    await open("users?q=keep-&size=50");
    await expect(page.getByRole("banner")).toContainText("40 / 100 dev users");
    await expect(page.getByRole("region", { name: "Users", exact: true }).getByRole("row")).toHaveCount(39 + 1);
    expect((await api.call("/v4/user/get", { userId: `${prefix}-1` })).code).toBe(400);
  });
});
