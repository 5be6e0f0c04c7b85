import type { Page } from "@playwright/test";
import { startTesting } from "../lib/testing";
import { commandLine } from "./fixtures/command-line";
import { installation } from "./fixtures/installation";
import { responsive } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

/** docs/client-api.md */
const BANNED = 31011;
const GONE = 31004;

/** Makes the first token of the operator who is signed in, by the page, and gives what a program sends. */
async function createToken(page: Page, name: string, scopes: readonly string[]): Promise<string> {
  await page.goto("/account");
  await responsive(page);
  const card = page.getByRole("region", { name: "Tokens" });
  await expect(card).toContainText("No tokens yet.");
  await card.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog", { name: "New token" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Choose at least one scope.");
  for (const scope of scopes) await page.getByRole("checkbox", { name: scope, exact: true }).click();
  await page.getByRole("button", { name: "Create token" }).click();
  const made = page.getByRole("dialog", { name: `Token ${name}` });
  const token = await made.getByLabel("Token", { exact: true }).inputValue();
  expect(token).toMatch(/^imt_/);
  await made.getByRole("button", { name: "Done" }).click();
  return token;
}

test("a token from Account runs a test without the console: an app, users, messages, a ban, the end", async ({
  newcomer,
  prefix,
}) => {
  const { page } = await newcomer("admin");
  const card = page.getByRole("region", { name: "Tokens" });
  const token = await createToken(page, `ci-${prefix}`, ["read", "apps"]);

  const testing = await startTesting({ consoleUrl: installation.consoleUrl, token, label: prefix });
  expect(testing.apiUrl).toBe(installation.apiUrl);
  const users = testing.users();
  const bob = await users.register("bob");
  const alice = await users.register("alice", { friends: ["bob"], tags: ["vip"] });
  const [hers, his] = [await testing.connect(alice), await testing.connect(bob)];
  expect(await his.send(alice.userId, "hello")).toBe(0);
  expect((await hers.message(({ senderUserId }) => senderUserId === bob.userId)).content).toMatchObject({
    text: "hello",
  });
  await users.ban("alice", "2h");
  expect(await hers.ended()).toBe(BANNED);
  const place = { app: testing.app.id, env: "development" };
  const { rows } = await testing.console.call("listUsers", place, { status: "banned" });
  expect(rows.map(({ userId }) => userId)).toEqual([alice.userId]);
  await expect(
    testing.console.call("deleteTestUsers", place, { selection: { by: "prefix", prefix: "x" } }),
  ).rejects.toThrow("needs a token with the scope");
  await testing.end();
  const left = await testing.console.call("listApps", {});
  expect(left.rows.map(({ id }) => id)).not.toContain(testing.app.id);

  await page.reload();
  await responsive(page);
  await expect(card).toContainText(/last used .* ago|last used just now|last used now/);
  await card.getByRole("button", { name: `Revoke the token ci-${prefix}` }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `Revoke ci-${prefix}` })
    .click();
  await expect(card).toContainText("No tokens yet.");
  await expect(testing.console.call("listApps", {})).rejects.toThrow("was revoked");
});

test("scenarios by name, and a test operator who is signed in without a page and may nothing in Production", async ({
  newcomer,
  browser,
  browserOptions,
  app,
  prefix,
}) => {
  const { operator } = await newcomer("owner");
  const made = await commandLine<{ id: string; token: string }>(
    "tokens",
    "create",
    ...[
      "--email",
      operator.email,
      "--name",
      `ops-${prefix}`,
      "--scopes",
      "read,apps,scenarios,operators",
      "--ttl",
      "1h",
    ],
  );
  const { token } = made;
  const testing = await startTesting({ consoleUrl: installation.consoleUrl, token, label: prefix });

  const seeded = await testing.app.seed("friends");
  expect(seeded.users.map(({ userId }) => userId)).toContain("alice");
  const { accessToken } = await testing.api.issueAccessToken({ userId: "alice", name: "Alice" });
  const alice = await testing.connect({ userId: "alice", name: "Alice", accessToken });
  const reset = await testing.app.reset("friends");
  expect(reset.users).toEqual(seeded.users);
  expect(await alice.ended()).toBe(GONE);

  const { cookie, name } = await testing.operator("support");
  const context = await browser.newContext({ ...browserOptions, storageState: { cookies: [cookie], origins: [] } });
  const support = await context.newPage();
  await support.goto(`/apps/${testing.app.id}/development/users`);
  await responsive(support);
  await expect(support.getByTestId("user-row-alice")).toBeVisible();
  await support.getByRole("button", { name: "Your account" }).click();
  await expect(support.getByRole("menu")).toContainText(name);
  await app.openProduction();
  await support.goto(`/apps/${app.id}/production/users`);
  await expect(support.getByRole("heading", { level: 1 })).toHaveText("This environment does not exist");

  await testing.end();

  await commandLine("tokens", "revoke", "--id", made.id);
  await support.goto("/account");
  await expect(support).toHaveURL(/\/sign-in/);
  await context.close();
});
