import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { captureAction, replayAction } from "./fixtures/actions";
import { commandLine } from "./fixtures/command-line";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

const ISSUE = "/v4/auth/access-token/issue";
const header = (page: Page) => page.getByRole("banner");
const users = (page: Page, run: string) => page.getByRole("table", { name: `Users of ${run}` });

test("a run is started, joined by a header, extended and ended; who is kept outlives it and the seats are free", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  const run = `${prefix}-pw`;
  await api.register(`${prefix}-before`);

  await test.step("start", async () => {
    await open("test-runs");
    await expect(page.getByRole("heading", { name: "No test runs yet" })).toBeVisible();
    await page.getByRole("button", { name: "Start test run" }).click();
    const dialog = page.getByRole("dialog", { name: "Start test run" });
    await dialog.getByLabel("Label").fill("Nightly checkout");
    await dialog.getByLabel("ID", { exact: true }).fill("not an id");
    await dialog.getByLabel("Reserved seats").fill("200");
    await dialog.getByRole("button", { name: "Start test run" }).click();
    await expect(dialog).toContainText("Must begin with a letter or digit");
    await dialog.getByLabel("ID", { exact: true }).fill(run);
    await dialog.getByRole("button", { name: "Start test run" }).click();
    await expect(dialog).toContainText("99 seats are free: 1 of 100 are taken. Reserve 99 at most.");
    await dialog.getByLabel("Reserved seats").fill("98");
    await dialog.getByRole("button", { name: "Start test run" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Nightly checkout" })).toBeVisible();
    await expect(page.getByText(`X-Test-Run: ${run}`, { exact: true })).toBeVisible();
  });

  await test.step("register in it, and beside it", async () => {
    const inRun = new ServerApi(installation.apiUrl, app.development, run);
    for (const n of [1, 2, 3]) {
      const userId = `${prefix}-${n}`;
      expect(await inRun.call(ISSUE, { userId, name: userId })).toMatchObject({ code: 0, testRun: run });
    }
    expect(await inRun.call(ISSUE, { userId: `${prefix}-before`, name: `${prefix}-before` })).toMatchObject({
      code: 0,
      testRun: "none; reason=registered",
    });
    await api.register(`${prefix}-beside`);
    const refused = await api.call(ISSUE, { userId: `${prefix}-late`, name: "Late" });
    expect(refused).toMatchObject({ status: 403, code: 2007 });
    expect(refused.errorMessage).toContain(`Seats are held: 98 by run ${run}, expires in 2 h.`);
  });

  await test.step("its users, and who holds the seats", async () => {
    await open(`test-runs/${run}`);
    await expect(users(page, run).getByRole("row")).toHaveCount(4);
    await header(page).getByRole("button", { name: "5 / 100 dev users" }).click();
    const quota = page.getByRole("dialog", { name: "Development users" });
    await expect(quota).toContainText(new RegExp(`98 by run ${run}, expires in \\d+ (hours?|minutes)`));
    await expect(quota).toContainText("95 free seats are reserved.");
    await quota.getByRole("link", { name: "All quotas" }).click();
    await expect(page.getByRole("region", { name: "Registered users" })).toContainText("95 reserved for test runs");
    await page.getByRole("table", { name: "By test run" }).getByRole("link", { name: run }).click();
    await page.getByRole("link", { name: "Open in Users" }).click();
    await expect(page.getByRole("table", { name: "Users" }).getByRole("row")).toHaveCount(4);
    await page.getByRole("link", { name: new RegExp(`${prefix}-2`) }).click();
    await page.getByRole("link", { name: run, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Nightly checkout" })).toBeVisible();
  });

  await test.step("extend", async () => {
    await page.getByRole("button", { name: "Extend…" }).click();
    const dialog = page.getByRole("dialog", { name: `Extend ${run}` });
    await dialog.getByLabel("Expires in").selectOption({ label: "3 days" });
    await dialog.getByLabel("Reserved seats").fill("10");
    await dialog.getByRole("button", { name: "Extend run" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("region", { name: "Test run", exact: true })).toContainText("3 of 10 reserved");
    await expect(page.getByText(/Expires in [23] days/)).toBeVisible();
    await api.register(`${prefix}-late`);
  });

  await test.step("keep one, end it, and the job has deleted the others", async () => {
    await page.getByRole("button", { name: `Keep ${prefix}-3` }).click();
    await expect(users(page, run).getByRole("row")).toHaveCount(3);
    await page.getByRole("button", { name: "End run…" }).click();
    const dialog = page.getByRole("alertdialog", { name: `End ${run}?` });
    await expect(dialog).toContainText("2 users will be deleted");
    await expect(dialog).toContainText(`${prefix}-1, ${prefix}-2`);
    await dialog.getByLabel(/delete 2 users/).fill("delete 2 users");
    await dialog.getByRole("button", { name: /^End .* and delete 2 users$/ }).click();
    await expect(page.getByRole("status").filter({ hasText: "2 deleted" })).toBeVisible();
    await expect(header(page).getByRole("button", { name: "4 / 100 dev users" })).toBeVisible();
    await open(`users/${prefix}-3/profile`);
    await expect(page.getByText("Test run", { exact: false }).filter({ hasText: run })).toHaveCount(0);
  });

  await test.step("the list and the log tell of it", async () => {
    await open("test-runs");
    const row = page.getByTestId(`test-run-row-${run}`);
    await expect(row).toContainText("Ended");
    await open("audit-log?targetKind=test_run");
    const entries = page.getByRole("table", { name: "Audit log" });
    await expect(entries).toContainText(new RegExp(`ended the test run ${run} \\(2 users\\)`));
    await expect(entries).toContainText(`started the test run ${run}`);
  });
});

test("each state of the pages is accessible", async ({ page, open, app, api, prefix }) => {
  await open("test-runs");
  await expectAccessible(page, "no test runs");
  await page.getByRole("button", { name: "Start test run" }).click();
  await expectAccessible(page, "start a test run");
  await commandLine("runs", "start", "--app", app.id, "--run", "pw-1", "--label", "Nightly", "--prefix", prefix);
  await api.registerAll([`${prefix}-1`, `${prefix}-2`]);
  await open("test-runs");
  await expect(page.getByTestId("test-run-row-pw-1")).toContainText("2");
  await expectAccessible(page, "test runs");
  await open("test-runs/pw-1");
  await expectAccessible(page, "one test run");
  await page.getByRole("button", { name: "End run…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("2 users will be deleted");
  await expectAccessible(page, "end a test run");
});

test("a viewer looks and changes nothing; production has nothing of it, and refuses what development's page calls", async ({
  page,
  open,
  app,
  visit,
}) => {
  await app.openProduction();
  await commandLine("runs", "start", "--app", app.id, "--run", "pw-1");

  await test.step("viewer", async () => {
    const { page: viewers } = await visit("viewer");
    await open("test-runs", "development", viewers);
    await expect(viewers.getByTestId("test-run-row-pw-1")).toBeVisible();
    await expect(viewers.getByRole("button", { name: "Start test run" })).toBeDisabled();
    await viewers.getByRole("link", { name: "pw-1" }).click();
    await expect(viewers.getByRole("button", { name: "End run…" })).toBeDisabled();
    await expect(viewers.getByRole("button", { name: "Extend…" })).toBeDisabled();
  });

  await test.step("production", async () => {
    await open("test-runs?dialog=start");
    const dialog = page.getByRole("dialog", { name: "Start test run" });
    const start = await captureAction(page, () => dialog.getByRole("button", { name: "Start test run" }).click());
    await expect(page.getByText("How users join")).toBeVisible();
    const answer = await replayAction(page, start, (text) => text.replaceAll("development", "production"));
    expect(answer.text).toContain("development_only");
    for (const address of ["test-runs", "test-runs/pw-1"]) {
      expect((await page.goto(`/apps/${app.id}/production/${address}`))?.status()).toBe(404);
    }
    await open("users?run=pw-1", "production");
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Test runs" })).toHaveCount(
      0,
    );
    await expect(page.getByText(/^No users match/)).toBeVisible();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("test run");
    await expect(page.getByRole("option", { name: /test run/i })).toHaveCount(0);
  });
});
