import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

const mounts = [
  { mount: "service", url: () => installation.apiUrl },
  { mount: "console", url: () => installation.consoleUrl },
];

for (const { mount, url } of mounts) {
  test(`the ${mount}'s mount serves the whole life of a user`, async ({ app, prefix }) => {
    const api = new ServerApi(url(), app.development);
    const userId = `${prefix}-u`;
    expect(await api.register(userId, "Uma")).toMatch(/^\S{40,255}$/);
    expect(await api.call("/v4/user/get", { userId })).toMatchObject({ code: 0, result: { name: "Uma" } });
    expect((await api.call("/v4/user/update", { userId, name: "Ulla" })).code).toBe(0);
    expect(await api.call("/v4/user/get", { userId })).toMatchObject({ code: 0, result: { name: "Ulla" } });
    await api.ban([userId], 5);
    expect(await api.bannedUserIds()).toEqual([userId]);
    expect((await api.call("/v4/user/unban", { userIds: [userId] })).code).toBe(0);
    expect(await api.bannedUserIds()).toEqual([]);
    const expired = await api.call("/v4/auth/access-token/expire", { userIds: [userId], expiresAt: Date.now() });
    expect(expired.code).toBe(0);
    expect(await api.call("/v4/user/nothing", {})).toMatchObject({ status: 404, code: 404 });
    const forged = new ServerApi(url(), { ...app.development, appSecret: "guessed" });
    expect(await forged.call("/v4/user/get", { userId })).toMatchObject({ status: 401, code: 1004 });
  });
}

test("both mounts are one installation", async ({ app, prefix }) => {
  const [service, console_] = mounts.map(({ url }) => new ServerApi(url(), app.development));
  await service?.register(prefix, "Ina");
  expect(await console_?.call("/v4/user/get", { userId: prefix })).toMatchObject({ code: 0, result: { name: "Ina" } });
});

test("refreshing the App Secret ends the old one at once on both mounts", async ({ page, open, app, prefix }) => {
  const old = mounts.map(({ url }) => new ServerApi(url(), app.development));
  for (const api of old) await api.register(prefix);

  await open("keys");
  await expect(page.getByRole("main")).toContainText(app.development.appKey);
  await page.getByRole("button", { name: "Refresh App Secret…" }).click();
  const dialog = page.getByRole("alertdialog", { name: /Refresh the App Secret/ });
  await dialog.getByRole("button", { name: "Refresh App Secret" }).click();
  await expect(dialog).toBeHidden();

  for (const api of old) {
    expect(await api.call("/v4/user/get", { userId: prefix })).toMatchObject({ status: 401, code: 1004 });
  }

  const secret = page.getByLabel("App Secret", { exact: true });
  await expect(secret).toHaveValue(/^\S{8,}$/);
  const appSecret = await secret.inputValue();
  expect(appSecret).not.toBe(app.development.appSecret);
  for (const { url } of mounts) {
    const api = new ServerApi(url(), { appKey: app.development.appKey, appSecret });
    expect((await api.call("/v4/user/get", { userId: prefix })).code).toBe(0);
  }
});
