import { expectDocumentedControls } from "./fixtures/dialogs";
import { responsive } from "./fixtures/operators";
import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

test("a ban on an old page meets the colleague's: nothing is replaced unasked, and Undo puts back exactly theirs", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  await open("users");
  const { page: colleague, operator } = await visit("support");
  await open(`users/${userId}/bans`, "development", colleague);
  const row = page.getByTestId(`user-row-${userId}`);
  const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  const endsAt = () => api.bannedUntil(userId);
  const askToBan = async () => {
    await chooseAct(page, userId, "Ban…");
    await dialog.getByRole("radio", { name: "1 hour" }).click();
    await dialog.getByRole("button", { name: `Ban ${userId}` }).click();
  };

  await colleague.getByRole("button", { name: "Ban…", exact: true }).click();
  const theirs = colleague.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await theirs.getByRole("radio", { name: "7 days" }).click();
  await theirs.getByRole("textbox", { name: "Reason" }).fill("fraud");
  await theirs.getByRole("button", { name: `Ban ${userId}` }).click();
  await expect(colleague.getByRole("main")).toContainText("Reason: fraud");
  const end = await endsAt();
  expect(end).not.toBeNull();

  await test.step("keep theirs", async () => {
    await askToBan();
    await expect(dialog.getByRole("alert")).toContainText(`${operator.name} banned ${userId} until`);
    await dialog.getByRole("button", { name: "Keep theirs" }).click();
    await expect(row).toContainText("Banned until");
    expect(await endsAt()).toBe(end);
  });

  await test.step("replace, then undo", async () => {
    await open(`users/${userId}/bans`);
    await chooseAct(page, userId, "Change ban…");
    const change = page.getByRole("alertdialog", { name: `Change ban of ${userId}` });
    await expect(change.getByRole("textbox", { name: "Reason" })).toHaveValue("fraud");
    await expect(change).toContainText(`Banned by ${operator.name}`);
    await expectDocumentedControls(page, "another end for a ban");
    await change.getByRole("radio", { name: "+ 1 day" }).click();
    await change.getByRole("button", { name: "Change ban" }).click();
    await expect(page.getByText(`Ban of ${userId} changed.`)).toBeVisible();
    expect(await endsAt()).not.toBe(end);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(/Undone: .* is banned until .*, as before\./)).toBeVisible();
    expect(await endsAt()).toBe(end);
    await expect(page.getByRole("main")).toContainText("Reason: fraud");
    // The page shows it: acting on what it showed before would meet the undoing.
    await expect(page.getByRole("row", { name: /lifted/i })).toBeVisible();
  });

  await test.step("Undo never overrides what a colleague did since", async () => {
    await page.getByRole("button", { name: "Unban", exact: true }).click();
    await expect(page.getByText(`${userId} unbanned.`)).toBeVisible();
    await api.ban([userId], 5);
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(page.getByText(`Not undone. Nothing changed for ${userId}.`)).toBeVisible();
    await expect(page.getByText(`App server banned ${userId} until`)).toBeVisible();
  });
});

test("of ticked users, those that a colleague has banned meanwhile are left out and listed", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = ["emma", "isla", "noah"].map((name) => `${prefix}-${name}`);
  await api.registerAll(ids);
  await open("users?sort=id");
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await api.ban([`${prefix}-isla`], 43_200);
  await page.getByRole("region", { name: "Bulk actions" }).getByRole("button", { name: "Ban…", exact: true }).click();
  const theirs = await api.bannedUntil(`${prefix}-isla`);
  const dialog = page.getByRole("alertdialog", { name: "Ban 3 users?" });
  await expect(dialog.getByRole("region", { name: "Dry run" })).toContainText("1 of them is banned already.");
  await dialog.getByRole("button", { name: "Ban 3 users" }).click();
  const report = page.getByRole("dialog", { name: "2 banned, 1 not" });
  await expect(report.getByRole("row", { name: new RegExp(`${prefix}-isla`) })).toContainText("App server banned");
  expect(await api.bannedUntil(`${prefix}-isla`)).toBe(theirs);

  await test.step("whoever has read that may replace it, and Undo takes back both tries", async () => {
    await report.getByRole("button", { name: "Retry failed (1)" }).click();
    await expect(page.getByText(/^3 users banned until/)).toBeVisible();
    await expect(report).toBeHidden();
    expect(await api.bannedUntil(`${prefix}-isla`)).not.toBe(theirs);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Undone: 3 users are as before.")).toBeVisible();
    expect(await api.bannedUserIds()).toEqual([`${prefix}-isla`]);
    expect(await api.bannedUntil(`${prefix}-isla`)).toBe(theirs);
  });
});

test("changing a ban begins with its end and reason, extends it, and keeps the reason", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  await open(`users/${userId}/bans`);
  await page.getByRole("button", { name: "Ban…", exact: true }).click();
  const ban = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await ban.getByRole("textbox", { name: "Reason" }).fill("spam in three channels");
  await ban.getByRole("button", { name: `Ban ${userId}` }).click();
  await expect(ban).toBeHidden();
  const end = (await api.bannedUntil(userId)) ?? 0;

  await open("bans");
  await page.getByRole("button", { name: `Change ban of ${userId}` }).click();
  const dialog = page.getByRole("alertdialog", { name: `Change ban of ${userId}` });
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue("spam in three channels");
  await expect(dialog.getByRole("button", { name: "Change ban" })).toBeDisabled();
  await dialog.getByRole("radio", { name: "+ 7 days" }).click();
  await expect(dialog.getByRole("status")).toContainText("→");
  await dialog.getByRole("button", { name: "Change ban" }).click();
  await expect(dialog).toBeHidden();
  expect(await api.bannedUntil(userId)).toBe(end + 7 * 86_400_000);
  await expect(page.getByRole("row", { name: new RegExp(userId) })).toContainText("spam in three channels");
});

test("app settings, a note and the own account show what was changed meanwhile beside what is typed", async ({
  page,
  open,
  app,
  api,
  prefix,
  visit,
  newcomer,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId);
  const conflict = (of: typeof page) => of.getByRole("alert").filter({ hasText: "Someone changed this" });
  const both = (of: typeof page, row: RegExp) =>
    of.getByRole("table", { name: "Theirs and yours" }).getByRole("row", { name: row });

  await test.step("the app: replace", async () => {
    const { page: colleague, operator } = await visit("admin");
    await open("settings");
    await open("settings", "development", colleague);
    const description = (of: typeof page) => of.getByRole("textbox", { name: "Description" });
    const save = (of: typeof page) => of.getByRole("button", { name: "Save", exact: true });
    await description(colleague).fill("Theirs");
    await save(colleague).click();
    await expect(colleague.getByText("App saved.")).toBeVisible();
    await description(page).fill("Mine");
    await save(page).click();
    await expect(conflict(page)).toContainText(
      `${operator.name} changed the name or description of the app ${app.name}`,
    );
    await expect(both(page, /^Description/)).toContainText("Theirs");
    await expect(both(page, /^Description/)).toContainText("Mine");
    await conflict(page).getByRole("button", { name: "Replace" }).click();
    await expect(page.getByText("App saved.")).toBeVisible();
    await expect(conflict(page)).toBeHidden();
    await expect(description(page)).toHaveValue("Mine");
  });

  await test.step("a note, in two tabs: replace", async () => {
    await open(`users/${userId}/notes`);
    await page.getByRole("textbox", { name: "New note" }).fill("Old");
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page.getByRole("button", { name: "Edit" })).toBeVisible();
    const other = await page.context().newPage();
    await open(`users/${userId}/notes`, "development", other);
    for (const tab of [other, page]) await tab.getByRole("button", { name: "Edit" }).click();
    const note = (of: typeof page) => of.getByRole("textbox", { name: "Note", exact: true });
    await note(other).fill("In the other tab");
    await other.getByRole("button", { name: "Save note" }).click();
    await expect(other.getByText("Note saved.")).toBeVisible();
    await note(page).fill("In this tab");
    await page.getByRole("button", { name: "Save note" }).click();
    await expect(both(page, /^Note/)).toContainText("In the other tab");
    await conflict(page).getByRole("button", { name: "Replace" }).click();
    await expect(page.getByText("Note saved.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Notes", exact: true })).toContainText("In this tab");
    await other.close();
  });

  const { page: here, operator: own } = await newcomer("support");
  const there = await here.context().newPage();

  await test.step("the own account, in two tabs: keep", async () => {
    for (const tab of [here, there]) {
      await tab.goto("/account");
      await responsive(tab);
    }
    const name = (of: typeof page) => of.getByRole("region", { name: "You" }).getByLabel("Name", { exact: true });
    const save = (of: typeof page) => of.getByRole("button", { name: "Save account" });
    await name(there).fill("Ana There");
    await save(there).click();
    await expect(there.getByText("Account saved.")).toBeVisible();
    await name(here).fill("Ana Here");
    await save(here).click();
    await expect(conflict(here)).toContainText(`changed the name or e-mail of ${own.email}`);
    await expect(both(here, /^Name/)).toContainText("Ana There");
    await conflict(here).getByRole("button", { name: "Keep theirs" }).click();
    await expect(name(here)).toHaveValue("Ana There");
    await expect(conflict(here)).toBeHidden();
  });
});

test("of two operators who edit one profile the second sees both versions and decides", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const userId = `${prefix}-isla`;
  await api.register(userId, "Isla");
  await open(`users/${userId}/profile`);
  const { page: colleague, operator } = await visit("admin");
  await open(`users/${userId}/profile`, "development", colleague);
  const theirName = colleague.getByLabel("Profile name");
  const name = page.getByLabel("Profile name");
  const save = (of: typeof page) => of.getByRole("button", { name: "Save profile" });
  const conflict = page.getByRole("alert").filter({ hasText: "Someone changed this" });

  await test.step("the hosted profile: replace", async () => {
    await theirName.fill("Isla of Ana");
    await save(colleague).click();
    await expect(save(colleague)).toBeHidden();
    await name.fill("Isla of mine");
    await save(page).click();
    await expect(conflict).toContainText(`${operator.name} changed the hosted profile of ${userId}`);
    const both = page.getByRole("table", { name: "Theirs and yours" }).getByRole("row", { name: /^name/ });
    await expect(both).toContainText("Isla of Ana");
    await expect(both).toContainText("Isla of mine");
    await conflict.getByRole("button", { name: "Replace" }).click();
    await expect(conflict).toBeHidden();
    await expect(save(page)).toBeHidden();
    await expect(name).toHaveValue("Isla of mine");
  });

  await test.step("the registered name: keep theirs", async () => {
    const registered = (of: typeof page) => of.getByRole("textbox", { name: "Name", exact: true }).first();
    const saveName = (of: typeof page) => of.getByRole("button", { name: "Save", exact: true });
    await registered(colleague).fill("Isla M");
    await saveName(colleague).click();
    await expect(saveName(colleague)).toBeHidden();
    await registered(page).fill("I. M.");
    await saveName(page).click();
    await expect(conflict).toContainText(`${operator.name} changed the registered name or avatar of ${userId}`);
    await conflict.getByRole("button", { name: "Keep theirs" }).click();
    await expect(registered(page)).toHaveValue("Isla M");
    await expect(saveName(page)).toBeHidden();
  });
});
