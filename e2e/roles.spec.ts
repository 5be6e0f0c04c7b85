import { captureAction, replayAction } from "./fixtures/actions";
import { expect, test } from "./fixtures/test";

test("a viewer cannot ban: the page does not offer it and the server refuses the action", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const [banned, spared] = [`${prefix}-banned`, `${prefix}-spared`];
  await api.registerAll([banned, spared]);
  const { page: viewer } = await visit("viewer");

  await test.step("the page does not offer it", async () => {
    await open(`users/${spared}/profile`, "development", viewer);
    await expect(viewer.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(viewer.getByRole("button", { name: "Ban…", exact: true })).toBeDisabled();
  });

  const action = await test.step("an owner bans, which shows how the browser calls", async () => {
    await open(`users/${banned}/profile`);
    await page.getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = page.getByRole("alertdialog", { name: `Ban ${banned}?` });
    const captured = await captureAction(page, () => dialog.getByRole("button", { name: `Ban ${banned}` }).click());
    await expect(dialog).toBeHidden();
    return captured;
  });

  await test.step("the same call with a viewer's session is refused", async () => {
    const answer = await replayAction(viewer, action, (text) => text.replaceAll(banned, spared));
    expect(answer.text).toContain('"forbidden"');
    expect(answer.text).not.toContain('"ok":true');
    expect(await api.bannedUserIds()).toEqual([banned]);
  });

  await test.step("and with nobody's session", async () => {
    await viewer.context().clearCookies();
    const answer = await replayAction(viewer, action, (text) => text.replaceAll(banned, spared));
    expect(answer.text).not.toContain('"ok":true');
    expect(await api.bannedUserIds()).toEqual([banned]);
  });

  await test.step("the owner's own call would have worked", async () => {
    const answer = await replayAction(page, action, (text) => text.replaceAll(banned, spared));
    expect(answer.text).toContain('"ok":true');
    expect((await api.bannedUserIds()).sort()).toEqual([banned, spared]);
  });
});

test("a changed role acts at once in the browser that is open", async ({ page, open, api, prefix, newcomer }) => {
  await api.register(prefix);
  const { page: theirs, operator } = await newcomer("support");
  await open(`users/${prefix}/profile`, "development", theirs);
  await theirs.getByRole("button", { name: "Ban…", exact: true }).click();
  const dialog = theirs.getByRole("alertdialog", { name: `Ban ${prefix}?` });
  await expect(dialog).toBeVisible();

  await page.goto("/operators");
  await page.getByRole("button", { name: `Actions for ${operator.email}` }).click();
  await page.getByRole("menuitem", { name: "Change role…" }).click();
  const change = page.getByRole("alertdialog", { name: `Change the role of ${operator.email}?` });
  await change.getByRole("radio", { name: /^Viewer/ }).click();
  await change.getByRole("button", { name: `Make ${operator.email} viewer` }).click();
  await expect(page.getByRole("row", { name: new RegExp(operator.email) })).toContainText("Viewer");

  await dialog.getByRole("button", { name: `Ban ${prefix}` }).click();
  await expect(dialog.getByRole("alert")).toContainText("forbidden");
  expect(await api.bannedUserIds()).toEqual([]);
});

test("an invited operator joins with the invited role", async ({ page, browser, browserOptions, prefix }) => {
  await page.goto("/operators");
  await page.getByRole("button", { name: "Invite operator" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite operator" });
  await dialog.getByLabel("E-mail").fill(`${prefix}@example.com`);
  await dialog.getByRole("combobox", { name: "Role" }).selectOption("Viewer");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const made = page.getByRole("dialog", { name: `Invitation for ${prefix}@example.com` });
  const link = await made.getByLabel("Invitation link", { exact: true }).inputValue();
  await made.getByRole("button", { name: "Done" }).click();

  const guest = await (
    await browser.newContext({ ...browserOptions, storageState: { cookies: [], origins: [] } })
  ).newPage();
  await guest.goto(link);
  await guest.getByLabel("Your name").fill("Gina Guest");
  await guest.getByLabel("Password", { exact: true }).fill("a passphrase for gina");
  await guest.getByRole("button", { name: "Accept invitation" }).click();
  await expect(guest.getByRole("navigation", { name: "Main" })).toBeVisible();
  await guest.context().close();

  await page.reload();
  await expect(page.getByRole("row", { name: new RegExp(`${prefix}@example.com`) })).toContainText("Viewer");
});

test("help says what each role may do, and marks one's own", async ({ open, visit }) => {
  const { page: support } = await visit("support");
  await open("overview", "development", support);
  await support.getByRole("button", { name: "Help" }).click();
  await support.getByRole("menuitem", { name: "What each role may do" }).click();
  await expect(support.getByRole("heading", { level: 1, name: "What each role may do" })).toBeVisible();
  const table = support.getByRole("table", { name: "Roles and permissions" });
  await expect(table.getByRole("columnheader", { name: "Support (you)" })).toBeVisible();
  const answers = (words: string) => table.getByRole("row", { name: words }).getByRole("cell").allTextContents();
  expect(await answers("See operators and their roles")).toEqual(["No", "Yes", "Yes", "Yes", "Yes"]);
  expect(await answers("Ban and unban users")).toEqual(["No", "No", "Yes", "Yes", "Yes"]);
  expect(await answers("Invite, disable and remove operators, change roles, sign others out")).toEqual([
    "No",
    "No",
    "No",
    "No",
    "Yes",
  ]);
});

test("a guest has what an owner gives them in one app, at once, and its page says why", async ({
  page,
  api,
  app,
  prefix,
  newcomer,
}) => {
  await api.register(prefix);
  const { page: theirs, operator } = await newcomer("guest");
  await theirs.goto("/");
  await expect(theirs.getByText("you have no role in any")).toBeVisible();
  await expect(theirs.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText(["Apps"]);

  await page.goto("/operators");
  await page.getByRole("button", { name: `Actions for ${operator.email}` }).click();
  await page.getByRole("menuitem", { name: "Access to apps…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `What ${operator.name} may do` })).toBeVisible();
  await page.getByRole("button", { name: `Change access to ${app.name}`, exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: `Change access to ${app.name}?` });
  await dialog
    .getByLabel("Development")
    .selectOption({ label: "Support: see everything, ban and unban, invalidate tokens" });
  await dialog.getByRole("button", { name: "Change access" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("table", { name: "Roles by app" }).getByRole("row", { name: app.name });
  await expect(row).toContainText("Given by");
  await row.getByRole("link", { name: "Support" }).click();
  const why = page.getByRole("table", { name: `${app.name} Development` });
  await expect(why.getByRole("row", { name: "Ban and unban users" })).toContainText("Support here, as");
  await expect(why.getByRole("row", { name: "Change tags" })).toContainText("Support here, as");
  await expect(why.getByRole("row", { name: "Change tags" })).toContainText("this needs admin");

  await theirs.goto("/");
  await expect(theirs.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await theirs.goto(`/apps/${app.id}/development/users/${prefix}/profile`);
  await expect(theirs.getByRole("button", { name: "Ban…", exact: true })).toBeEnabled();
  await theirs.goto(`/apps/${app.id}/production/overview`);
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText("no Production yet");
});
