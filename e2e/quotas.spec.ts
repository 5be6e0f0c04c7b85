import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const seats = (page: Page) => page.getByRole("region", { name: "Registered users" });
const change = (page: Page) => page.getByRole("alertdialog", { name: "Change the user limit?" });

test("the owner sets another user limit, sees what it does, and takes it back; registration and the bar follow", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.registerAll(Array.from({ length: 12 }, (_, n) => `${prefix}-${n}`));
  await open("overview");
  await page.getByRole("banner").getByRole("button", { name: "12 / 100 dev users" }).click();
  await page.getByRole("link", { name: "All quotas" }).click();
  await expect(seats(page)).toContainText("12 / 100");

  await seats(page).getByRole("button", { name: "Change limit…" }).click();
  const field = change(page).getByLabel("Registered users");
  await field.fill("9");
  await expect(change(page)).toContainText("Enter at least 10 users.");
  await field.fill("112");
  await expect(change(page)).toContainText("12 more seats.");
  await field.fill("10");
  await expect(change(page)).toContainText("There are already 12 registered users. None are deleted.");
  await change(page).getByRole("button", { name: "Set limit to 10" }).click();
  await expect(change(page)).toBeHidden();
  await expect(seats(page)).toContainText(/12 \/ 10(?!0)/);
  await expect(page.getByRole("banner")).toContainText("12 / 10 dev users");
  const late = { userId: `${prefix}-late`, name: "Late" };
  const refused = await api.call("/v4/auth/access-token/issue", late);
  expect(refused).toMatchObject({ status: 403, code: 2007 });
  expect(refused.errorMessage).toContain("limit of 10 registered users");

  await page.getByRole("button", { name: "Revert" }).click();
  await expect(page.getByText("The limit is back to 100 users.")).toBeVisible();
  await expect(seats(page)).toContainText("12 / 100");
  await api.register(late.userId);

  await test.step("an audit entry is reverted too", async () => {
    await open("audit-log?action=quota.user_limit_changed");
    const entries = page.getByRole("table", { name: "Audit log" }).getByRole("row", { name: /changed the user limit/ });
    await expect(entries).toHaveCount(2);
    await entries.first().getByRole("link").first().click();
    await page.getByRole("button", { name: "Revert…" }).click();
    const question = page.getByRole("alertdialog", { name: "Set the user limit back to 10?" });
    await question.getByRole("button", { name: "Set limit to 10" }).click();
    await expect(question).toBeHidden();
    await open("quotas");
    await expect(seats(page)).toContainText(/13 \/ 10(?!0)/);
  });

  await test.step("a prefix leads to freeing its seats", async () => {
    await page.getByRole("link", { name: /Free the seats of e2e-/ }).click();
    await expect(page).toHaveURL(/delete-test-users\?prefix=e2e-/);
    await expect(page.getByLabel("Prefix", { exact: true })).toHaveValue("e2e-");
  });
});

test("requests over a limit are told on the page", async ({ page, open, api, prefix }) => {
  // Each id counts, and three calls hold more than the hundred of a second.
  const userIds = Array.from({ length: 100 }, (_, n) => `${prefix}-nobody-${n}`);
  await expect
    .poll(async () => {
      const calls = Array.from({ length: 3 }, () => api.callOnce("/v4/user/soft-delete", { userIds }));
      return (await Promise.all(calls)).some(({ code }) => code === 1008);
    })
    .toBe(true);
  await open("quotas");
  const server = page.getByRole("region", { name: "Server API" });
  // Counted a few seconds later; the page asks by itself.
  await expect(server).toContainText(/\d requests? refused in the last 24 hours/, { timeout: 30_000 });
  await server.getByRole("button", { name: /^Soft delete/ }).click();
  const row = server.getByRole("row", { name: /\/v4\/user\/soft-delete 100 a second/ });
  await expect(row.getByRole("cell").last()).not.toHaveText("0");
});

test("an admin sees the limit, and who may change it", async ({ open, visit }) => {
  const { page } = await visit("admin");
  await open("quotas", "development", page);
  await expect(seats(page).getByRole("button", { name: "Change limit…" })).toBeDisabled();
  await expect(seats(page)).toContainText("Needs the role owner");
});

test("production says that it has no limit on registered users, and why", async ({ page, open, app }) => {
  await app.openProduction();
  await open("quotas", "production");
  await expect(seats(page)).toContainText("No limit on registered users");
  await expect(seats(page)).toContainText("Only Development is limited");
  await expect(page.getByRole("button", { name: "Change limit…" })).toHaveCount(0);
});
