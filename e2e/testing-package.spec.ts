import { startTesting } from "../lib/testing";
import { installation } from "./fixtures/installation";
import { responsive } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

/** docs/client-api.md */
const BANNED = 31011;

test("a token from Account runs a test without the console: an app, users, messages, a ban, the end", async ({
  newcomer,
  prefix,
}) => {
  const { page } = await newcomer("admin");
  await page.goto("/account");
  await responsive(page);
  const card = page.getByRole("region", { name: "Tokens" });
  await expect(card).toContainText("No tokens yet.");
  await card.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog", { name: "New token" });
  await dialog.getByLabel("Name", { exact: true }).fill(`ci-${prefix}`);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Choose at least one scope.");
  for (const scope of ["read", "apps"]) await page.getByRole("checkbox", { name: scope, exact: true }).click();
  await page.getByRole("button", { name: "Create token" }).click();
  const made = page.getByRole("dialog", { name: `Token ci-${prefix}` });
  const token = await made.getByLabel("Token", { exact: true }).inputValue();
  expect(token).toMatch(/^imt_/);
  await made.getByRole("button", { name: "Done" }).click();

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
