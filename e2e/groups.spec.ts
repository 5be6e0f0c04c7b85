import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { createGroup } from "./fixtures/groups";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

async function memberIds(api: ServerApi, channelId: string): Promise<string[]> {
  const answer = await api.call<{ members: Array<{ userId: string }> }>("/v4/group-channel/member/list", { channelId });
  return (answer.result?.members ?? []).map((member) => member.userId).sort();
}

const members = (page: Page, groupId: string) =>
  page.getByRole("region", { name: `Members of ${groupId}`, exact: true });

test("a group that an app server made: found, read, a nickname set, an admin made, a member added and another removed", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [ann, bob, cy, dee] = [`${prefix}-ann`, `${prefix}-bob`, `${prefix}-cy`, `${prefix}-dee`];
  await api.registerAll([
    { userId: ann, name: "Ann Arbor" },
    { userId: bob, name: "Bob" },
    { userId: cy, name: "Cy" },
  ]);
  const groupId = `${prefix}-team`;
  await createGroup(api, groupId, "The whole team", [ann, bob, cy]);
  await createGroup(api, `${prefix}-other`, "Somebody else", [bob]);

  await test.step("the menu leads to the groups, and the search finds by any words of the name", async () => {
    await open("overview");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Groups" }).click();
    const list = page.getByRole("region", { name: "Groups", exact: true });
    await expect(list).toHaveAttribute("data-state", "ready");
    await page.getByLabel("Search groups").fill("TEAM who");
    await expect(list.getByRole("row")).toHaveCount(1 + 1);
    await expect(page.getByTestId(`group-row-${groupId}`)).toContainText("Ann Arbor");
    await page.getByTestId(`group-row-${groupId}`).getByRole("link", { name: "The whole team" }).click();
  });

  await test.step("its page says what it is and what its permissions mean", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "The whole team" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Group", exact: true })).toContainText("3 of 3,000");
    const permissions = page.getByRole("region", { name: "Permissions" });
    await expect(permissions).toContainText("Anyone");
    await expect(permissions).toContainText("The owner and admins");
  });

  await test.step("edit what it tells of itself", async () => {
    await page.getByRole("button", { name: "Edit group…" }).click();
    const dialog = page.getByRole("dialog", { name: `Edit ${groupId}` });
    await dialog.getByLabel("Name", { exact: true }).fill("");
    await dialog.getByRole("button", { name: "Save group" }).click();
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Name", { exact: true }).fill("The whole crew");
    await dialog.getByLabel("Picture address").fill("https://pictures.example/crew.png");
    await dialog.getByLabel("Introduction").fill("Who we are");
    await dialog.getByLabel("Attributes as JSON").fill('{"ext_floor": "4"}');
    await dialog.getByRole("button", { name: "Save group" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1, name: "The whole crew" })).toBeVisible();
    const facts = page.getByRole("region", { name: "Group", exact: true });
    await expect(facts).toContainText("https://pictures.example/crew.png");
    await expect(facts).toContainText("ext_floor");
    const stored = await api.call<{ profiles: object[] }>("/v4/group-channel/profile/list", { channelIds: [groupId] });
    expect(stored.result?.profiles).toMatchObject([
      { name: "The whole crew", groupProfile: { introduction: "Who we are" }, groupExtProfile: { ext_floor: "4" } },
    ]);
  });

  const row = page.getByTestId(`member-row-${bob}`);
  await test.step("add a member by name, once", async () => {
    await api.register(dee, "Dee Dawson");
    await page.getByRole("button", { name: "Add member…" }).click();
    const dialog = page.getByRole("dialog", { name: `Add a member to ${groupId}` });
    const picker = dialog.getByRole("combobox", { name: "User ID" });
    await picker.fill("daws");
    await dialog.getByRole("option", { name: /Dee Dawson/ }).click();
    await expectAccessible(page, "add member dialog");
    await dialog.getByRole("button", { name: "Add member" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByTestId(`member-row-${dee}`)).toContainText("Dee Dawson");
    expect(await memberIds(api, groupId)).toEqual([ann, bob, cy, dee]);
    await page.getByRole("button", { name: "Add member…" }).click();
    await picker.fill(dee);
    await dialog.getByRole("button", { name: "Add member" }).click();
    await expect(dialog).toContainText("Already a member");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("set a nickname", async () => {
    await row.getByRole("button", { name: `Actions for ${bob}` }).click();
    await page.getByRole("menuitem", { name: "Set nickname…" }).click();
    const dialog = page.getByRole("dialog", { name: `Nickname of ${bob}` });
    await dialog.getByLabel("Nickname", { exact: true }).fill("n".repeat(65));
    await dialog.getByRole("button", { name: "Save nickname" }).click();
    await expect(dialog.getByLabel("Nickname", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Nickname", { exact: true }).fill("Bobby");
    await dialog.getByRole("button", { name: "Save nickname" }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText("Bobby");
  });

  await test.step("make an admin, and see only admins", async () => {
    await row.getByRole("button", { name: `Actions for ${bob}` }).click();
    await page.getByRole("menuitem", { name: "Make group admin" }).click();
    await expect(row).toContainText("Admin");
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "Admins" });
    await expect(members(page, groupId).getByRole("row")).toHaveCount(1 + 1);
    await expect(page).toHaveURL(/role=admin/);
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "All roles" });
    await expect(members(page, groupId).getByRole("row")).toHaveCount(4 + 1);
  });

  await test.step("the owner cannot be removed, another member can", async () => {
    await page
      .getByTestId(`member-row-${ann}`)
      .getByRole("button", { name: `Actions for ${ann}` })
      .click();
    await expect(page.getByRole("menuitem", { name: /Remove from group/ })).toBeDisabled();
    await page.keyboard.press("Escape");
    await page
      .getByTestId(`member-row-${cy}`)
      .getByRole("button", { name: `Actions for ${cy}` })
      .click();
    await page.getByRole("menuitem", { name: "Remove from group…" }).click();
    const dialog = page.getByRole("alertdialog", { name: `Remove ${cy} from ${groupId}?` });
    await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
    await dialog.getByRole("button", { name: `Remove ${cy}` }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByTestId(`member-row-${cy}`)).toBeHidden();
    expect(await memberIds(api, groupId)).toEqual([ann, bob, dee]);
  });

  await test.step("the user's activity tells it", async () => {
    await open(`users/${cy}/activity`);
    await expect(page.getByRole("main")).toContainText(`ended the group membership of ${cy} in ${groupId}`);
  });
});

test("a user's groups: role, nickname and alias, changed and left from the user's page", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await createGroup(api, `${prefix}-a`, "Group A", [ann, bob]);
  await createGroup(api, `${prefix}-b`, "Group B", [bob, ann]);
  await api.call("/v4/group-channel/alias/set", { channelId: `${prefix}-a`, userId: bob, alias: "My own word" });

  await open(`users/${bob}/profile`);
  const tab = page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: "Groups" });
  await expect(tab).toContainText("2");
  await tab.click();
  const list = page.getByRole("region", { name: "Groups of this user", exact: true });
  const [a, b] = [page.getByTestId(`group-row-${prefix}-a`), page.getByTestId(`group-row-${prefix}-b`)];
  await expect(a).toContainText("My own word");
  await expect(b).toContainText("Owner");

  await a.getByRole("button", { name: `Actions for ${prefix}-a` }).click();
  await page.getByRole("menuitem", { name: "Set nickname…" }).click();
  const dialog = page.getByRole("dialog", { name: `Nickname of ${bob}` });
  await dialog.getByLabel("Nickname", { exact: true }).fill("Bobby");
  await dialog.getByRole("button", { name: "Save nickname" }).click();
  await expect(a).toContainText("Bobby");

  await a.getByRole("button", { name: `Actions for ${prefix}-a` }).click();
  await page.getByRole("menuitem", { name: "Remove from group…" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: `Remove ${bob}` })
    .click();
  await expect(list.getByRole("row")).toHaveCount(1 + 1);
  await expect(tab).toContainText("1");
  expect(await memberIds(api, `${prefix}-a`)).toEqual([ann]);

  await b.getByRole("link", { name: "Group B" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Group B" })).toBeVisible();
});

test("dismissing asks for the id, and the group is gone for the Server API as well", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(`${prefix}-ann`);
  const groupId = `${prefix}-team`;
  await createGroup(api, groupId, "Short-lived", [`${prefix}-ann`]);
  await open(`groups/${groupId}`);
  await page.getByRole("button", { name: "Dismiss group…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Dismiss ${groupId}?` });
  const confirm = dialog.getByRole("button", { name: `Dismiss ${groupId}` });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox", { name: new RegExp(`Type ${groupId}`) }).fill(groupId);
  await confirm.click();
  await expect(page.getByRole("region", { name: "Groups", exact: true })).toHaveAttribute("data-state", "empty");
  expect(await api.call("/v4/group-channel/dismiss", { channelId: groupId })).toMatchObject({
    status: 404,
    code: 25410,
  });
  await open(`groups/${groupId}`);
  await expect(page.getByRole("heading", { level: 1, name: "No such group" })).toBeVisible();
});

test("production asks for the user's id before a removal; a support operator changes nothing", async ({
  page,
  open,
  app,
  visit,
  prefix,
}) => {
  const api = new ServerApi(installation.apiUrl, await app.openProduction());
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  const groupId = `${prefix}-team`;
  await createGroup(api, groupId, "Team", [ann, bob]);

  const { page: support } = await visit("support");
  await open(`groups/${groupId}`, "production", support);
  await expect(support.getByRole("button", { name: "Dismiss group…" })).toBeDisabled();
  await support.getByRole("button", { name: `Actions for ${bob}` }).click();
  await expect(support.getByRole("menuitem", { name: /Set nickname/ })).toBeDisabled();
  await expect(support.getByRole("menuitem", { name: /Remove from group/ })).toBeDisabled();

  await open(`groups/${groupId}`, "production");
  await page.getByRole("button", { name: `Actions for ${bob}` }).click();
  await page.getByRole("menuitem", { name: "Remove from group…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: `Remove ${bob}` })).toBeDisabled();
  await dialog.getByRole("textbox", { name: new RegExp(`Type ${bob}`) }).fill(bob);
  await dialog.getByRole("button", { name: `Remove ${bob}` }).click();
  await expect(dialog).toBeHidden();
  expect(await memberIds(api, groupId)).toEqual([ann]);
});

test("the list pages, keeps its place on the way back, and shows nonsense in its address as the first page", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(`${prefix}-ann`);
  for (let n = 10; n < 38; n += 1) await createGroup(api, `${prefix}-g${n}`, `Group ${n}`, [`${prefix}-ann`]);
  await open(`groups?sort=id&size=25`);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  const row = page.getByTestId(`group-row-${prefix}-g36`);
  await expect(row).toBeVisible();
  const address = page.url();
  await row.getByRole("link", { name: "Group 36" }).click();
  await expect(page).toHaveTitle(new RegExp(`^${prefix}-g36`));
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Groups" }).click();
  await expect(page).toHaveURL(address);
  await expect(row.getByRole("link", { name: "Group 36" })).toBeFocused();
  await page.getByLabel("Search groups").fill(`${prefix}-g1`);
  await expect(page.getByRole("region", { name: "Groups", exact: true }).getByRole("row")).toHaveCount(10 + 1);
  expect(new URL(page.url()).searchParams.has("cursor")).toBe(false);
  await open("groups?sort=shoe&size=7&cursor=%00%ff");
  await expect(page.getByTestId(`group-row-${prefix}-g37`)).toBeVisible();
});

test("opening a group, its owner and Back ask for nothing that is not there", async ({ page, open, api, prefix }) => {
  const missing: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`);
  });
  // A browser asks for icons by itself: only its console tells.
  page.on("console", (message) => {
    if (message.type() === "error") missing.push(`${message.text()} ${message.location().url}`);
  });
  const ann = `${prefix}-ann`;
  await api.register(ann);
  await createGroup(api, `${prefix}-team`, "Team", [ann]);
  const group = page.getByRole("heading", { level: 1, name: "Team" });
  const link = page.getByTestId(`group-row-${prefix}-team`).getByRole("link", { name: "Team" });

  await open("groups");
  await link.click();
  await expect(group).toBeVisible();
  await page.goBack();
  await expect(link).toBeFocused();
  await page.goForward();
  await page.getByRole("region", { name: "Group", exact: true }).getByRole("link", { name: ann }).click();
  await page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: "Groups" }).click();
  await link.click();
  await expect(group).toBeVisible();
  await page.reload();
  await page.goBack();
  await expect(link).toBeVisible();
  await page.goto("/healthz");
  expect((await page.request.get("/favicon.ico")).headers()["content-type"]).toBe("image/svg+xml");
  expect(missing).toEqual([]);
});
