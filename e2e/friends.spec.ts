import type { Page } from "@playwright/test";
import { captureAction, replayAction } from "./fixtures/actions";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const friendRow = (page: Page, id: string) => page.getByTestId(`friend-row-${id}`);

async function befriend(api: ServerApi, userId: string, targetId: string): Promise<void> {
  expect(await api.call("/v4/friend/add", { userId, targetId, action: 2 })).toMatchObject({ status: 200, code: 0 });
}

async function friendsOf(api: ServerApi, userId: string): Promise<string[]> {
  const answer = await api.call<{ friends: Array<{ userId: string }> }>("/v4/friend/list", { userId });
  return (answer.result?.friends ?? []).map((friend) => friend.userId);
}

async function blocklistOf(api: ServerApi, userId: string): Promise<string[]> {
  const answer = await api.call<{ blockedUserIds: string[] }>("/v4/user/blocklist/get", { userId });
  return answer.result?.blockedUserIds ?? [];
}

test("friends that an app server made are seen, added to and removed in the console, and the Server API sees it", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [ann, bob, cy] = [`${prefix}-ann`, `${prefix}-bob`, `${prefix}-cy`];
  await api.registerAll([ann, { userId: bob, name: "Bob Baker" }, { userId: cy, name: "Cyrus Dale" }]);
  await befriend(api, ann, bob);
  const note = { userId: ann, targetId: bob, alias: "Bobby", friendExtProfile: { ext_src: "school" } };
  expect((await api.call("/v4/friend/profile/set", note)).code).toBe(0);

  await test.step("the list of users says how many, the tab who", async () => {
    await open("users");
    await expect(page.getByTestId(`user-row-${ann}`).getByRole("cell").nth(3)).toHaveText("1");
    await open(`users/${ann}/profile`);
    await page
      .getByRole("navigation", { name: "User", exact: true })
      .getByRole("link", { name: /Friends/ })
      .click();
    await expect(friendRow(page, bob)).toContainText("Bob Baker");
    await expect(friendRow(page, bob)).toContainText("Bobby");
    await expect(friendRow(page, bob)).toContainText("ext_src: school");
  });

  await test.step("adding refuses an unknown id and keeps it, then makes both friends at once, chosen by name", async () => {
    await page.getByRole("button", { name: "Add friend…" }).click();
    const dialog = page.getByRole("dialog", { name: `Add a friend to ${ann}` });
    await dialog.getByLabel("User ID").fill(`${prefix}-nobody`);
    await dialog.getByRole("button", { name: "Add friend" }).click();
    await expect(dialog.getByLabel("User ID")).toHaveAccessibleDescription(/No such user/);
    await expect(dialog.getByLabel("User ID")).toHaveValue(`${prefix}-nobody`);
    await dialog.getByLabel("User ID").fill("dale");
    await page.getByRole("option", { name: /Cyrus Dale/ }).click();
    await expect(dialog.getByLabel("User ID")).toHaveValue(cy);
    await dialog.getByRole("button", { name: "Add friend" }).click();
    await expect(dialog).toBeHidden();
    await expect(friendRow(page, cy)).toBeVisible();
    expect(await friendsOf(api, cy)).toEqual([ann]);
  });

  await test.step("sorting is by when the friendship began", async () => {
    const ids = () => page.getByRole("row").getByRole("rowheader").allInnerTexts();
    await expect.poll(async () => (await ids())[0]).toContain(cy);
    await region(page, "Friends of this user").getByRole("button", { name: "Since" }).click();
    await expect.poll(async () => (await ids())[0]).toContain(bob);
    await expect(page).toHaveURL(/sort=added/);
  });

  await test.step("removing asks, and ends it on both sides", async () => {
    await page.getByRole("button", { name: `Remove friend ${bob}…` }).click();
    const dialog = page.getByRole("alertdialog", { name: `Remove ${bob} from the friends of ${ann}?` });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await dialog.getByRole("button", { name: `Remove ${bob}` }).click();
    await expect(dialog).toBeHidden();
    await expect(friendRow(page, bob)).toBeHidden();
    expect(await friendsOf(api, bob)).toEqual([]);
    expect(await friendsOf(api, ann)).toEqual([cy]);
  });

  await test.step("removing all asks for a phrase", async () => {
    await page.getByRole("button", { name: "Remove all friends…" }).click();
    const dialog = page.getByRole("alertdialog", { name: `Remove all friends of ${ann}?` });
    const confirm = dialog.getByRole("button", { name: "Remove 1 friend" });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole("textbox").fill("remove 1 friend");
    await confirm.click();
    await expect(region(page, "Friends of this user")).toHaveAttribute("data-state", "empty");
    expect(await friendsOf(api, cy)).toEqual([]);
  });

  await test.step("the user's activity tells it", async () => {
    await open(`users/${ann}/activity`);
    const main = page.getByRole("main");
    await expect(main).toContainText(`added a friend to ${ann} (${cy})`);
    await expect(main).toContainText(`removed friends of ${ann} (${bob})`);
    await expect(main).toContainText(`removed all friends of ${ann} (1 friend)`);
  });
});

test("open requests, and who may add the user: own level and the setting", async ({ page, open, api, prefix }) => {
  const [ann, bob, cy] = [`${prefix}-ann`, `${prefix}-bob`, `${prefix}-cy`];
  await api.registerAll([ann, bob, cy]);
  await api.call("/v4/friend/add", { userId: bob, targetId: ann, extra: "We met on Friday" });
  await api.call("/v4/friend/add", { userId: ann, targetId: cy });

  await open(`users/${ann}/friends`);
  await expect(region(page, "Friends of this user")).toHaveAttribute("data-state", "empty");
  const views = page.getByRole("navigation", { name: "Friends and requests" });
  await expect(views.getByRole("link", { name: "Requests received" })).toContainText("1");
  await expect(views.getByRole("link", { name: "Requests sent" })).toContainText("1");
  await views.getByRole("link", { name: "Requests received" }).click();
  await expect(page.getByTestId(`request-row-${bob}`)).toContainText("We met on Friday");
  await views.getByRole("link", { name: "Requests sent" }).click();
  await expect(page.getByTestId(`request-row-${cy}`)).toContainText("in 7 days");

  const levelOf = async (userId: string) => {
    const answer = await api.call<{ permissions: Array<{ permissionType: number }> }>("/v4/friend/permission/get", {
      userIds: [userId],
    });
    return answer.result?.permissions[0]?.permissionType;
  };
  const level = page.getByRole("combobox", { name: "Who may add this user" });
  await expect(level.locator("option:checked")).toHaveText("Follows the chat settings: With the user’s approval");
  await level.selectOption({ label: "Nobody" });
  await expect(page.getByText(`Who may add ${ann} is now: Nobody.`)).toBeVisible();
  await expect.poll(() => levelOf(ann)).toBe(3);
  expect(await api.call("/v4/friend/add", { userId: cy, targetId: ann })).toMatchObject({ code: 25471 });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => levelOf(ann)).toBe(2);
  await expect(level.locator("option:checked")).toHaveText(/^Follows the chat settings/);
});

test("blocking in the console counts at once for the Server API, and can be undone", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await open(`users/${ann}/profile`);
  await page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: "Blocklist" }).click();
  await expect(region(page, `Users whom ${ann} blocks`)).toHaveAttribute("data-state", "empty");

  await page.getByRole("button", { name: "Block user…" }).click();
  const dialog = page.getByRole("dialog", { name: `Block a user for ${ann}` });
  await dialog.getByLabel("User ID").fill(`${prefix}-nobody`);
  await dialog.getByRole("button", { name: "Block user" }).click();
  await expect(dialog.getByLabel("User ID")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("User ID").fill(bob);
  await dialog.getByRole("button", { name: "Block user" }).click();
  await expect(page.getByTestId(`block-row-${bob}`)).toBeVisible();
  expect(await blocklistOf(api, ann)).toEqual([bob]);
  expect(await api.call("/v4/friend/add", { userId: bob, targetId: ann, action: 2 })).toMatchObject({ code: 25462 });

  await page.getByTestId(`block-row-${bob}`).getByRole("link", { name: bob }).click();
  const blockedBy = page.getByRole("navigation", { name: "Blocklist" }).getByRole("link", { name: "Blocked by" });
  await expect(blockedBy).toContainText("1");
  await blockedBy.click();
  await page.getByRole("button", { name: `Unblock ${ann}` }).click();
  await expect(region(page, `Users who block ${bob}`)).toHaveAttribute("data-state", "empty");
  await expect(blockedBy).toHaveText("Blocked by");
  expect(await blocklistOf(api, ann)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByTestId(`block-row-${ann}`)).toBeVisible();
  expect(await blocklistOf(api, ann)).toEqual([bob]);
});

test("a mute in direct channels is shown, ended and undone", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  const mutedIds = async () => {
    const list = "/v4/channel-type/mute/list";
    const answer = await api.call<{ mutedUserIds: string[] }>(list, { channelType: "PERSON" });
    return answer.result?.mutedUserIds;
  };
  await api.call("/v4/channel-type/mute/set", { userIds: [prefix], muteState: 1, channelTypes: ["PERSON"] });
  await open(`users/${prefix}/profile`);
  const main = page.getByRole("main");
  await expect(main.getByText("Muted in direct channels")).toBeVisible();
  await page.getByRole("button", { name: `Actions for ${prefix}` }).click();
  await page.getByRole("menuitem", { name: "Unmute in direct channels" }).click();
  await expect(main.getByText("Muted in direct channels")).toBeHidden();
  expect(await mutedIds()).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(main.getByText("Muted in direct channels")).toBeVisible();
  expect(await mutedIds()).toEqual([prefix]);
  await open(`users/${prefix}/activity`);
  await expect(main).toContainText(`unmuted ${prefix} in direct channels`);
});

test("pages of friends go forwards and back, and the address keeps the place", async ({ page, open, api, prefix }) => {
  const others = Array.from({ length: 26 }, (_, n) => `${prefix}-${String(n).padStart(2, "0")}`);
  await api.registerAll([prefix, ...others]);
  for (const other of others) await befriend(api, prefix, other);
  await open(`users/${prefix}/friends?sort=added`);
  const rows = region(page, "Friends of this user").getByRole("row");
  await expect(rows).toHaveCount(25 + 1);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(friendRow(page, others[25] ?? "")).toBeVisible();
  await expect(rows).toHaveCount(1 + 1);
  await page.reload();
  await expect(friendRow(page, others[25] ?? "")).toBeVisible();
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(friendRow(page, others[0] ?? "")).toBeVisible();
});

test("production asks for the friend's id; support mutes and changes neither friends nor blocklist", async ({
  page,
  open,
  app,
  visit,
  prefix,
}) => {
  const api = new ServerApi(installation.apiUrl, await app.openProduction());
  const [ann, bob, cy] = [`${prefix}-ann`, `${prefix}-bob`, `${prefix}-cy`];
  await api.registerAll([ann, bob, cy]);
  await befriend(api, ann, bob);
  await api.call("/v4/user/blocklist/add", { userId: ann, targetUserIds: [cy] });

  const { page: support } = await visit("support");
  await open(`users/${ann}/friends`, "production", support);
  for (const name of ["Add friend…", "Remove all friends…", `Remove friend ${bob}…`]) {
    await expect(support.getByRole("button", { name })).toBeDisabled();
  }
  await expect(support.getByRole("combobox", { name: "Who may add this user" })).toBeDisabled();
  await open(`users/${ann}/blocklist`, "production", support);
  await expect(support.getByRole("button", { name: "Block user…" })).toBeDisabled();
  await expect(support.getByRole("button", { name: `Unblock ${cy}` })).toBeDisabled();
  await support.getByRole("button", { name: `Actions for ${ann}` }).click();
  await support.getByRole("menuitem", { name: "Mute in direct channels" }).click();
  await expect(support.getByRole("main").getByText("Muted in direct channels")).toBeVisible();

  await open(`users/${ann}/friends`, "production");
  await page.getByRole("button", { name: `Remove friend ${bob}…` }).click();
  const dialog = page.getByRole("alertdialog", { name: `Remove ${bob} from the friends of ${ann}?` });
  const confirm = dialog.getByRole("button", { name: `Remove ${bob}` });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(bob);
  const removal = await captureAction(page, () => confirm.click());
  await expect(friendRow(page, bob)).toBeHidden();

  // What the page does not offer to support, the server refuses as well.
  await befriend(api, ann, bob);
  const answer = await replayAction(support, removal);
  expect(answer.text).toContain("forbidden");
  expect(await friendsOf(api, ann)).toEqual([bob]);
});
