import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { chooseAct } from "./fixtures/rows";
import { expect, test } from "./fixtures/test";

const run = promisify(execFile);

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("what a form has changed is copied as the call that would save it", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await open(`users/${prefix}/tags`);
  await page.getByLabel("Add a tag").fill("vip");
  await page.getByLabel("Add a tag").press("Enter");
  await page.getByRole("button", { name: "Copy as SDK call" }).click();
  await expect.poll(copied).toBe(`await client.batchSetUserTags({ userIds: ["${prefix}"], tags: ["vip"] });`);
  await page.getByRole("button", { name: "Discard" }).click();

  await open(`users/${prefix}/profile`);
  await page.getByLabel("Level").fill("3");
  await page.getByRole("button", { name: "Copy as SDK call" }).click();
  await expect.poll(copied).toBe(`await client.setUserProfile({ userId: "${prefix}", userProfile: { level: "3" } });`);
});

test("what a dialog copies as curl does what the dialog would do", async ({ page, open, api, app, prefix }) => {
  const userId = `${prefix}-alice`;
  await api.register(userId);
  await open("users");
  await chooseAct(page, userId, "Ban…");
  const dialog = page.getByRole("alertdialog", { name: `Ban ${userId}?` });
  await dialog.getByRole("radio", { name: "24 hours" }).click();

  await dialog.getByRole("button", { name: "Copy as SDK call" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toBe(`await client.banUsers({ userIds: ["${userId}"], durationMinutes: 1440 });`);

  await dialog.getByRole("button", { name: "Copy as curl" }).click();
  await expect.poll(copied).toContain("curl -X POST");
  const lines = (await copied()).replace("<your App Secret>", app.development.appSecret);
  const { stdout } = await run("sh", ["-c", lines]);
  expect(JSON.parse(stdout)).toEqual({ code: 0 });
  expect(await api.bannedUserIds()).toEqual([userId]);
});
