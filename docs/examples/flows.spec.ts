import { execFileSync, execSync } from "node:child_process";
import { askServerApi } from "im-user-service/testing";
import { expect, test } from "im-user-service/testing/playwright";

/**
 * Twenty-five flows by the testing package (docs/testing-the-console.md). To run them: the package and @playwright/test installed,
 * IM_CONSOLE_URL and IM_CONSOLE_TOKEN with the scopes read, runs, apps, scenarios and operators, an installation with TEST_OPERATORS=on
 * and WEBHOOK_ALLOW_PRIVATE=on; for the sign-in and for Production an operator of your own and the folder of the product.
 */
const { IM_CONSOLE_URL: CONSOLE = "", IM_CHECKOUT, OPERATOR_EMAIL = "", OPERATOR_PASSWORD = "" } = process.env;

/** The installation's command line, which alone opens Production. */
const cli = (...words: string[]) =>
  execFileSync("npm", ["run", "--silent", "cli", "--", ...words], { cwd: IM_CHECKOUT, encoding: "utf8" });

test("an operator signs in", async ({ page }) => {
  await page.goto(`${CONSOLE}/sign-in`);
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
  await page.getByLabel("E-mail", { exact: true }).fill(OPERATOR_EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(OPERATOR_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("a user is found by the ID", async ({ users, console }) => {
  const alice = await users.register("alice");
  const bob = await users.register("bob");
  await console.open(`users?q=${alice.userId}`);
  await expect(console.row(alice.userId)).toBeVisible();
  await expect(console.row(bob.userId)).toBeHidden();
  await expect(console.page.getByRole("status").filter({ hasText: "1 user matches" })).toBeVisible();
});

test("a banned user is on the app server’s list", async ({ users, api, console }) => {
  const alice = await users.register("alice");
  await console.open("users");
  const dialog = await console.act(alice.userId, "Ban…");
  await dialog.getByRole("radio", { name: "7 days" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
  await dialog.getByRole("button", { name: `Ban ${alice.userId}` }).click();
  await expect(console.row(alice.userId)).toContainText("Banned until");
  const { bannedUsers } = await api.listBannedUsers({});
  expect(bannedUsers.map(({ userId }) => userId)).toContain(alice.userId);
});

test("a user’s past bans are listed", async ({ users, console }) => {
  const alice = await users.register("alice", { banned: "2h" });
  await users.unban("alice");
  await users.ban("alice", "1d");
  await console.open(`users/${alice.userId}/bans`);
  const region = console.page.getByRole("region", { name: "Bans of this user", exact: true });
  await expect(region).toHaveAttribute("data-state", "ready");
  await expect(region.getByRole("row")).toHaveCount(3);
  await expect(region.getByRole("row").nth(1)).toContainText("App server");
});

test("a ban is undone from its notification", async ({ users, console, client }) => {
  const alice = await users.register("alice");
  await console.open("users");
  const dialog = await console.act(alice.userId, "Ban…");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("mistake");
  await dialog.getByRole("button", { name: `Ban ${alice.userId}` }).click();
  await expect(console.row(alice.userId)).toContainText("Banned until");
  await console.result.getByRole("button", { name: "Undo" }).click();
  await expect(console.row(alice.userId)).not.toContainText("Banned until");
  await client(alice);
});

test("a ban gets another end", async ({ users, api, console }) => {
  const alice = await users.register("alice", { banned: "2h" });
  const ends = async () =>
    (await api.listBannedUsers({})).bannedUsers.find(({ userId }) => userId === alice.userId)?.banExpiresAt;
  const before = await ends();
  await console.open("users");
  const dialog = await console.act(alice.userId, "Change ban…");
  await dialog.getByRole("radio", { name: "+ 7 days" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("again");
  await dialog.getByRole("button", { name: /^Change/ }).click();
  await expect.poll(ends).not.toBe(before);
});

test("two users are banned at once", async ({ users, console }) => {
  const all = [await users.register("alice"), await users.register("bob")];
  await console.open("users");
  for (const { userId } of all) await console.page.getByRole("checkbox", { name: `Select ${userId}` }).click();
  await console.page
    .getByRole("region", { name: "Bulk actions" })
    .getByRole("button", { name: "Ban…", exact: true })
    .click();
  const dialog = console.page.getByRole("alertdialog", { name: "Ban 2 users?" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("wave");
  await dialog.getByRole("button", { name: "Ban 2 users" }).click();
  await expect(console.result).toContainText("2 users banned until");
  for (const { userId } of all) await expect(console.row(userId)).toContainText("Banned until");
});

test("invalidated tokens open no connection", async ({ users, client, console }) => {
  const alice = await users.register("alice");
  await console.open("users");
  const dialog = await console.act(alice.userId, "Invalidate tokens…");
  await dialog.getByRole("button", { name: `Invalidate tokens of ${alice.userId}` }).click();
  await expect(dialog).toBeHidden();
  await expect(client(alice)).rejects.toMatchObject({ code: 31020 });
});

test("the bar in the header says who holds the seats", async ({ app, users, console, testing }) => {
  await users.register("alice");
  const { used, limit } = await testing.console.call("getQuota", { app: app.id, env: "development" });
  await console.open("quotas");
  await console.page.getByRole("button", { name: `${used} / ${limit} dev users` }).click();
  const dialog = console.page.getByRole("dialog", { name: "Development users" });
  await expect(dialog).toContainText(`${used} of ${limit}`);
  await expect(dialog.getByRole("link", { name: "Free seats…" })).toBeVisible();
});

test("a test user is deleted", async ({ users, console }) => {
  const alice = await users.register("alice");
  await console.open("users");
  const dialog = await console.act(alice.userId, "Delete test user…");
  await dialog.getByRole("textbox", { name: `Type ${alice.userId} to continue` }).fill(alice.userId);
  await dialog.getByRole("button", { name: `Delete ${alice.userId}` }).click();
  await expect(console.result).toContainText(`${alice.userId} deleted.`);
  await expect(console.row(alice.userId)).toBeHidden();
});

test("Production has no deletion", async ({ page }) => {
  const app = JSON.parse(cli("apps", "create", "--name", "fence", "--json"));
  cli("apps", "plan", "--app", app.id, "--plan", "starter");
  await page.goto(`${CONSOLE}/sign-in`);
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
  await page.getByLabel("E-mail", { exact: true }).fill(OPERATOR_EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(OPERATOR_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  expect((await page.goto(`${CONSOLE}/apps/${app.id}/production/delete-test-users`))?.status()).toBe(404);
  await page.goto(`${CONSOLE}/apps/${app.id}/production/users`);
  await expect(page.getByRole("button", { name: "Environment: Production" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Delete test users/ })).toHaveCount(0);
});

test("only friends may write once that is switched on", async ({ app, users, client, console }) => {
  const [alice, bob] = [await users.register("alice"), await users.register("bob")];
  await console.open("chat/settings");
  await console.page.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
  await console.page.getByRole("button", { name: "Review" }).click();
  const dialog = console.page.getByRole("dialog", { name: "Review changes" });
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
  const sender = await client(alice);
  expect(await sender.send(bob.userId, "hello")).not.toBe(0);
  await users.befriend("alice", "bob");
  expect(await sender.send(bob.userId, "hello, friend")).toBe(0);
  await app.reset();
});

test("a blocked user may write again after an unblock", async ({ users, client, console }) => {
  const eve = await users.register("eve");
  const alice = await users.register("alice", { blocks: ["eve"] });
  const sender = await client(eve);
  expect(await sender.send(alice.userId, "hello")).not.toBe(0);
  await console.open(`users/${alice.userId}/blocklist`);
  await expect(console.page.getByRole("main").getByRole("link", { name: eve.userId })).toBeVisible();
  await console.page.getByRole("button", { name: `Unblock ${eve.userId}` }).click();
  await expect(console.page.getByRole("main").getByRole("link", { name: eve.userId })).toBeHidden();
  expect(await sender.send(alice.userId, "hello again")).toBe(0);
});

test("the message check names the reason", async ({ users, console }) => {
  const [eve, alice] = [await users.register("eve"), await users.register("alice", { blocks: ["eve"] })];
  await console.open("chat/message-check");
  await console.page.getByRole("combobox", { name: "Sender" }).fill(eve.userId);
  await console.page.getByRole("option", { name: eve.userId }).click();
  await console.page.getByRole("combobox", { name: "Recipient" }).fill(alice.userId);
  await console.page.getByRole("option", { name: alice.userId }).click();
  const verdict = console.page.getByRole("region", { name: "Verdict" }).getByRole("status");
  await expect(verdict).toContainText(`${alice.userId} has blocked ${eve.userId}`);
});

test("a soft-deleted user is restored after an hour", async ({ users, clock, console }) => {
  const alice = await users.register("alice");
  await users.softDelete("alice");
  await clock.advance("2h");
  await console.open("deleted-users");
  await console.row(alice.userId).getByRole("button", { name: "Restore" }).click();
  const dialog = console.page.getByRole("alertdialog", { name: `Restore ${alice.userId}?` });
  await dialog.getByRole("button", { name: `Restore ${alice.userId}` }).click();
  await expect(console.row(alice.userId)).toBeHidden();
  await console.open("users");
  await expect(console.row(alice.userId)).toBeVisible();
});

test("the audit log shows what one request did", async ({ users, app, testing, console }) => {
  const alice = await users.register("alice");
  const ban = { userIds: [alice.userId], durationMinutes: 60 };
  const { requestId } = await askServerApi({ apiUrl: testing.apiUrl, keys: app.keys }, "/v4/user/ban", ban);
  await console.open(`audit-log?request=${requestId}`);
  const region = console.page.getByRole("region", { name: "Audit log", exact: true });
  await expect(region).toHaveAttribute("data-state", "ready");
  await expect(region.getByRole("row")).toHaveCount(2);
  await expect(region).toContainText(`App server banned ${alice.userId}`);
});

test("a viewer sees and cannot act", async ({ users, operator }) => {
  const alice = await users.register("alice");
  const viewer = await operator("viewer");
  await viewer.open("users");
  await expect(viewer.row(alice.userId)).toBeVisible();
  await viewer.page.getByRole("button", { name: `Actions for ${alice.userId}` }).click();
  await expect(viewer.page.getByRole("menuitem", { name: "Ban…" })).toBeDisabled();
});

test("a webhook arrives, with a genuine signature", async ({ users, webhooks, console }) => {
  const alice = await users.register("alice");
  await console.open("webhooks");
  await console.page.getByLabel("Address").fill(webhooks.url);
  await console.page.getByRole("checkbox", { name: /user:activation_state/ }).check();
  await console.page.getByRole("button", { name: "Review" }).click();
  const dialog = console.page.getByRole("dialog", { name: "Review changes" });
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
  await users.softDelete("alice");
  const event = await webhooks.event(({ type }) => type === "user:activation_state");
  expect(event.genuine).toBe(true);
  expect(event.data[0]).toMatchObject({ userId: alice.userId, operationType: 0, code: "0" });
});

test("who is connected is online", async ({ users, api, client, console }) => {
  const alice = await users.register("alice");
  await console.open("users?presence=online");
  await expect(console.row(alice.userId)).toBeHidden();
  await client(alice);
  await console.open("users?presence=online");
  await expect(console.row(alice.userId)).toContainText("Online");
  expect(await api.getUserConnectionStatus({ userId: alice.userId })).toEqual({ status: "1" });
});

test("two users talk in the test client", async ({ users, console }) => {
  const [alice, bob] = [await users.register("alice"), await users.register("bob")];
  await console.open(`test-client?a=${alice.userId}&b=${bob.userId}`);
  const [a, b] = ["User A", "User B"].map((name) => console.page.getByRole("region", { name }));
  await a.getByRole("button", { name: `Connect ${alice.userId}` }).click();
  await b.getByRole("button", { name: `Connect ${bob.userId}` }).click();
  await expect(a).toHaveAttribute("data-state", "connected");
  await expect(b).toHaveAttribute("data-state", "connected");
  await a.getByRole("textbox", { name: /message/i }).fill("hello bob");
  await a.getByRole("button", { name: /^Send/ }).click();
  await expect(b.getByRole("log", { name: `Conversation of ${bob.userId}` })).toContainText("hello bob");
});

test("a list has pages", async ({ users, console }) => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => users.register(`page${n}`)));
  const region = console.page.getByRole("region", { name: "Users", exact: true });
  await console.open(`users?q=${users.id("page")}&size=25`);
  await expect(region.getByRole("row")).toHaveCount(26);
  await console.page.getByRole("link", { name: "Next page" }).click();
  await expect(region.getByRole("row")).toHaveCount(6);
  await console.page.getByRole("link", { name: "Previous page" }).click();
  await expect(region.getByRole("row")).toHaveCount(26);
});

test("a list is sorted as its address says", async ({ users, console }) => {
  const [a, b] = [await users.register("sort-a"), await users.register("sort-b")];
  const region = console.page.getByRole("region", { name: "Users", exact: true });
  for (const [sort, order] of [
    ["id", [a, b]],
    ["-id", [b, a]],
  ] as const) {
    await console.open(`users?q=${users.id("sort-")}&sort=${sort}`);
    await expect(region.getByRole("rowheader")).toContainText(order.map(({ userId }) => userId));
  }
});

test("a user is found and banned by the keyboard", async ({ users, console }) => {
  const alice = await users.register("alice");
  await console.open("users");
  await console.page.keyboard.press("Control+k");
  await expect(console.page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await console.page.keyboard.type(alice.userId);
  await console.page.keyboard.press("Enter");
  await expect(console.page).toHaveURL(new RegExp(`/users/${alice.userId}/profile$`));
  await console.open(`users/${alice.userId}?dialog=ban`);
  await console.page.getByRole("textbox", { name: "Reason" }).focus();
  await console.page.keyboard.type("spam");
  await console.page.getByRole("button", { name: `Ban ${alice.userId}` }).press("Enter");
  await expect(console.page.getByRole("main")).toContainText("Banned until");
});

test("two pictures of one scenario are equal", async ({ app, clock, console }) => {
  const name = `${app.id}.png`;
  for (const compared of [false, true]) {
    await clock.set("2030-01-31T12:00:00Z");
    await app.reset("friends");
    await console.open("users", { visual: true });
    const main = console.page.getByRole("main");
    if (compared) await expect(main).toHaveScreenshot(name);
    else await main.screenshot({ path: test.info().snapshotPath(name, { kind: "screenshot" }) });
    await clock.reset();
  }
});

test("the copied curl does what the dialog would", async ({ users, app, client, console }) => {
  const alice = await users.register("alice");
  await console.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await console.open("users");
  const dialog = await console.act(alice.userId, "Ban…");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
  await dialog.getByRole("button", { name: "Copy as curl" }).click();
  const curl = await console.page.evaluate(() => navigator.clipboard.readText());
  const command = curl.replace("<your App Secret>", app.keys.appSecret);
  expect(JSON.parse(execSync(command, { encoding: "utf8", shell: "/bin/bash" }))).toMatchObject({ code: 0 });
  await expect(client(alice)).rejects.toMatchObject({ code: 31009 });
});
