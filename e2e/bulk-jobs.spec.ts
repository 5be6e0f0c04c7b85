import type { Page } from "@playwright/test";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

const bar = (page: Page) => page.getByRole("region", { name: "Bulk actions" });
const outcome = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}-${String(n + 1).padStart(3, "0")}`);

test("everybody who matches is banned as a job, after one question with a dry run", async ({
  page,
  open,
  app,
  prefix,
}) => {
  // More than 100 users have to be registered one by one.
  test.setTimeout(180_000);
  const production = new ServerApi(installation.apiUrl, await app.openProduction());
  const ids = numbered(prefix, 120);
  const [gone = ""] = ids;
  await production.registerAll(ids);
  await production.softDelete([gone]);
  await open(`users?q=${prefix}&size=25`, "production");

  await test.step("select all that match has no cap, and is dropped by another search", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await bar(page).getByRole("button", { name: "Select all 120 that match" }).click();
    await expect(bar(page)).toContainText("All 120 selected");
    await expect(bar(page).getByRole("button", { name: "Ban…", exact: true }), "the pressed one is gone").toBeFocused();
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByTestId(`user-row-${ids[40]}`)).toBeVisible();
    await expect(page.getByRole("checkbox", { name: `Select ${ids[40]}` })).toBeChecked();
    await expect(bar(page)).toContainText("All 120 selected");
  });

  await test.step("the question says who will be banned, who not and why, and has to be typed", async () => {
    await bar(page).getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = page.getByRole("alertdialog", { name: "Ban 119 users?" });
    const dryRun = dialog.getByRole("region", { name: "Dry run" });
    await expect(dryRun).toContainText("119 users will be banned. 1 will not.");
    await expect(dryRun).toContainText("Soft-deleted: 1");
    await expect(dryRun).toContainText(gone);
    const button = dialog.getByRole("button", { name: "Ban 119 users" });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("raid");
    await expect(button).toBeDisabled();
    await dialog.getByLabel(/ban 119 users/).fill("ban 119 users");
    await button.click();
  });

  await test.step("the job's page tells what became of each", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Ban 120 users" })).toBeVisible();
    await expect(outcome(page, "119 banned, 1 left out")).toBeVisible();
    await page.getByRole("link", { name: /^Left out/ }).click();
    await expect(page.getByTestId(`job-item-${gone}`)).toContainText("Soft-deleted");
    expect(await production.bannedUserIds()).toHaveLength(119);
  });
});

test("bans are lifted many at a time, and the undo of that is a job of its own which puts them back exactly", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = numbered(prefix, 30);
  const [first = ""] = ids;
  await api.registerAll(ids);
  await api.ban(ids.slice(0, 20), 600);
  await api.ban(ids.slice(20), 60);
  const end = await api.bannedUntil(first);

  await test.step("all bans are lifted from their own page", async () => {
    await open("bans?size=25");
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await bar(page)
      .getByRole("button", { name: /^Select all/ })
      .click();
    await bar(page).getByRole("button", { name: "Unban…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Unban 30 users?" });
    await dialog.getByRole("button", { name: "Unban 30 users" }).click();
    await expect(outcome(page, "30 unbanned")).toBeVisible();
    expect(await api.bannedUserIds()).toEqual([]);
  });

  await test.step("and put back", async () => {
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    const dialog = page.getByRole("alertdialog", { name: "Undo this for 30 users?" });
    await dialog.getByRole("button", { name: "Undo for 30 users" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Undo for 30 users" })).toBeVisible();
    await expect(outcome(page, "30 put back")).toBeVisible();
    expect((await api.bannedUserIds()).sort()).toEqual(ids);
    expect(await api.bannedUntil(first)).toBe(end);
    await page.getByRole("link", { name: "What this job did" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Unban 30 users" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
  });

  await test.step("all jobs stand on their page, by kind", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Jobs" }).click();
    const jobs = page.getByRole("region", { name: "Jobs", exact: true });
    await expect(jobs.getByRole("row")).toHaveCount(3);
    await open("jobs?kind=undo_bans");
    await expect(jobs.getByRole("row", { name: /Undo for 30 users/ })).toContainText("30 put back");
    await expect(jobs.getByRole("row")).toHaveCount(2);
    await open("jobs?kind=restore");
    await expect(jobs).toHaveAttribute("data-state", "no-match");
  });
});

test("ticked users are tagged and deleted as jobs, however few they are", async ({ page, open, api, prefix }) => {
  const ids = numbered(prefix, 3);
  await api.registerAll(ids);
  const [first = "", second = ""] = ids;
  const tick = async () => {
    await open("users?size=50&sort=id");
    for (const id of [first, second]) await page.getByRole("checkbox", { name: `Select ${id}` }).click();
  };

  await test.step("the dry run follows the tag that is typed", async () => {
    await api.call("/v4/user/tag/batch/set", { userIds: [first], tags: ["vip"] });
    await tick();
    await bar(page).getByRole("button", { name: "Tag…", exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("textbox", { name: "Tag" }).fill("a b");
    await expect(dialog.getByRole("textbox", { name: "Tag" })).toHaveAccessibleDescription(/letters, digits/);
    await dialog.getByRole("textbox", { name: "Tag" }).fill("vip");
    await expect(dialog.getByRole("region", { name: "Dry run" })).toContainText("1 user will be tagged. 1 will not.");
    await dialog.getByRole("button", { name: "Tag 1 user" }).click();
    await expect(outcome(page, "1 tagged, 1 left out")).toBeVisible();
    await open(`users/${second}/tags`);
    await expect(page.getByRole("list", { name: "Tags of this user" })).toContainText("vip");
  });

  await test.step("deleting has to be typed, however few they are", async () => {
    await tick();
    await bar(page).getByRole("button", { name: "Delete…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Delete 2 users?" });
    await expect(dialog.getByRole("button", { name: "Delete 2 users" })).toBeDisabled();
    await dialog.getByLabel(/delete 2 users/).fill("delete 2 users");
    await dialog.getByRole("button", { name: "Delete 2 users" }).click();
    await expect(outcome(page, "2 deleted")).toBeVisible();
    await open("users?size=50");
    await expect(page.getByTestId(`user-row-${ids[2]}`)).toBeVisible();
    await expect(page.getByTestId(`user-row-${first}`)).toHaveCount(0);
    await expect(bar(page)).toHaveCount(0);
  });
});
