import type { Page } from "@playwright/test";
import { captureAction, replayAction } from "./fixtures/actions";
import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

const unsaved = (page: Page) => page.getByRole("region", { name: "Unsaved changes of the hosted profile" });
const save = (page: Page) => unsaved(page).getByRole("button", { name: "Save profile" });
const hosted = (page: Page) => page.getByRole("region", { name: "Hosted profile" });

interface Profile {
  userId: string;
  version: number;
  userProfile: Record<string, unknown>;
  userExtProfile?: Record<string, string>;
}

async function profileOf(api: ServerApi, userId: string): Promise<Profile | undefined> {
  const { result } = await api.call<{ users: Profile[] }>("/v4/user/profile/batch/get", { userIds: [userId] });
  return result?.users[0];
}

async function declareKey(page: Page, key: string, label: string): Promise<void> {
  const settings = page.getByRole("region", { name: "Users", exact: true });
  await settings.getByLabel("New key").fill(key);
  await settings.getByLabel("Label", { exact: true }).fill(label);
  await settings.getByRole("button", { name: "Add key" }).click();
}

async function reviewAndSave(page: Page, words: string): Promise<void> {
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
  const dialog = page.getByRole("dialog", { name: "Review changes" });
  await expect(dialog).toContainText(words);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
}

test("a declared key goes from the settings over the API to the user's page and back", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(prefix, "Registered");
  const set = (values: object) => api.call("/v4/user/profile/set", { userId: prefix, ...values });

  await test.step("an undeclared key is refused, and the answer names it", async () => {
    expect(await set({ userProfile: { name: "Al" }, userExtProfile: { ext_team: "red" } })).toMatchObject({
      status: 400,
      code: 24362,
      profileKey: "ext_team",
    });
    expect(await profileOf(api, prefix)).toBeUndefined();
  });

  await test.step("a key that cannot be declared is refused at its field", async () => {
    await open("chat/settings");
    await declareKey(page, "team", "Team");
    await expect(page.getByLabel("New key")).toHaveAccessibleDescription(/Enter ext_ followed by/);
    await declareKey(page, "ext_team", "Team");
    await declareKey(page, "ext_team", "Again");
    await expect(page.getByLabel("New key")).toHaveAccessibleDescription(/ext_team is already declared/);
    await expect(page.getByLabel("Label of ext_team")).toHaveValue("Team");
  });

  await test.step("once declared and saved, the API takes it", async () => {
    await reviewAndSave(page, "added ext_team (Team)");
    await expect.poll(async () => (await set({ userExtProfile: { ext_team: "red" } })).code).toBe(0);
    expect((await set({ userProfile: { name: "Al", level: 2 } })).code).toBe(0);
  });

  await test.step("the console shows it and changes it", async () => {
    await open(`users/${prefix}/profile`);
    await expect(page.getByLabel("Profile name")).toHaveValue("Al");
    await expect(page.getByLabel("Team (ext_team)")).toHaveValue("red");
    await page.getByLabel("Team (ext_team)").fill("blue");
    await page.getByLabel("Gender").selectOption("Female");
    await page.getByLabel("Level").fill("");
    await expect(unsaved(page)).toContainText("3 changes");
    await save(page).click();
    await expect(unsaved(page)).toBeHidden();
    await expect(page.getByLabel("Team (ext_team)")).toHaveValue("blue");
  });

  await test.step("and the API reads what the console has written", async () => {
    const profile = await profileOf(api, prefix);
    expect(profile).toMatchObject({ userProfile: { name: "Al", gender: 2 }, userExtProfile: { ext_team: "blue" } });
    expect(profile?.userProfile).not.toHaveProperty("level");
    await expect(hosted(page)).toContainText(String(profile?.version));
    expect(await api.call("/v4/user/get", { userId: prefix })).toMatchObject({ result: { name: "Registered" } });
  });

  await test.step("the audit log says who declared what and changed what", async () => {
    await open("audit-log");
    const log = page.getByRole("table", { name: "Audit log" });
    await expect(log.getByRole("row", { name: /changed the chat settings.*added ext_team/ })).toHaveCount(1);
    await expect(log.getByRole("row", { name: new RegExp(`changed the hosted profile of ${prefix}`) })).toHaveCount(1);
  });
});

test("a refused key is told at its field, and nothing that was typed is lost", async ({ page, open, api, prefix }) => {
  const [one, other] = [`${prefix}-a`, `${prefix}-b`];
  await api.registerAll([one, other]);
  await api.call("/v4/user/profile/set", { userId: other, userProfile: { uniqueId: "TAKEN1" } });
  await open(`users/${one}/profile`);
  await expect(hosted(page)).toContainText("No hosted profile yet");

  await page.getByLabel("Profile name").fill("Ann");
  await page.getByLabel("Level").fill("101");
  await save(page).click();
  await expect(page.getByLabel("Level")).toHaveAccessibleDescription(/whole number from 0 to 100/);
  await expect(page.getByLabel("Level")).toBeFocused();
  await page.getByLabel("Level").fill("100");
  await page.getByLabel("Unique ID").fill("TAKEN1");
  await save(page).click();
  await expect(page.getByLabel("Unique ID")).toHaveAccessibleDescription(/taken by another user/);
  await expect(hosted(page).getByRole("alert")).toContainText("unique_id_taken");
  expect(await profileOf(api, one)).toBeUndefined();

  await page.getByLabel("Unique ID").fill("FREE1");
  await save(page).click();
  await expect(unsaved(page)).toBeHidden();
  expect((await profileOf(api, one))?.userProfile).toEqual({ uniqueId: "FREE1", name: "Ann", level: 100 });
});

test("extended keys can be changed as JSON, and the whole profile cleared", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await open("chat/settings");
  for (const key of ["ext_a", "ext_b"]) await declareKey(page, key, "");
  await reviewAndSave(page, "added ext_a, added ext_b");
  const set = () => api.call("/v4/user/profile/set", { userId: prefix, userExtProfile: { ext_a: "1" } });
  await expect.poll(async () => (await set()).code).toBe(0);

  await open(`users/${prefix}/profile`);
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const json = page.getByLabel("Extended keys as JSON");
  await expect(json).toHaveValue('{\n  "ext_a": "1"\n}');
  await json.fill('{"ext_b":');
  await expect(json).toHaveAccessibleDescription(/not JSON/);
  await json.fill('{"ext_b": "2", "ext_c": "3"}');
  await save(page).click();
  await expect(json).toHaveAccessibleDescription(/ext_c: Is not declared/);
  await json.fill('{"ext_b": "2"}');
  await save(page).click();
  await expect(unsaved(page)).toBeHidden();
  expect((await profileOf(api, prefix))?.userExtProfile).toEqual({ ext_b: "2" });

  await page.getByRole("button", { name: "Clear…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Clear the hosted profile of ${prefix}?` });
  await dialog.getByRole("button", { name: "Clear hosted profile" }).click();
  await expect(dialog).toBeHidden();
  await expect(hosted(page)).toContainText("No hosted profile yet");
  expect(await profileOf(api, prefix)).toBeUndefined();
});

test("in production a profile is cleared only by typing the id, and Escape leaves it and the focus where they were", async ({
  page,
  open,
  app,
  prefix,
}) => {
  const api = new ServerApi(installation.apiUrl, await app.openProduction());
  await api.register(prefix);
  await api.call("/v4/user/profile/set", { userId: prefix, userProfile: { name: "Al" } });
  await open(`users/${prefix}/profile`, "production");
  await page.getByRole("button", { name: "Clear…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Clear the hosted profile of ${prefix}?` });
  const clear = dialog.getByRole("button", { name: "Clear hosted profile" });
  await expect(dialog).toContainText("Production");
  await dialog.getByLabel(new RegExp(prefix)).fill(prefix.slice(1));
  await expect(clear).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Clear…" })).toBeFocused();
  expect((await profileOf(api, prefix))?.userProfile).toEqual({ name: "Al" });

  await page.getByRole("button", { name: "Clear…" }).click();
  await dialog.getByLabel(new RegExp(prefix)).fill(prefix);
  await clear.click();
  await expect(hosted(page)).toContainText("No hosted profile yet");
  await expect(page.getByRole("button", { name: "Clear…" })).toHaveCount(0);
  expect(await profileOf(api, prefix)).toBeUndefined();
});

test("tags are replaced as a whole, in the console as over the API", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  const tags = async () =>
    (await api.call<{ users: Array<{ tags: string[] }> }>("/v4/user/tag/batch/get", { userIds: [prefix] })).result
      ?.users[0]?.tags;
  expect((await api.call("/v4/user/tag/batch/set", { userIds: [prefix], tags: ["vip", "beta"] })).code).toBe(0);
  await open(`users/${prefix}/tags`);
  const field = page.getByLabel("Add a tag");
  const listed = page.getByRole("list", { name: "Tags of this user" });
  await expect(listed.getByRole("listitem")).toHaveText(["vip", "beta"]);
  await page.getByRole("button", { name: "Remove tag beta" }).click();
  await field.fill("not a tag");
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(/letters, digits, _ and - only/);
  await field.fill("日本語");
  await field.press("Enter");
  await expect(listed.getByRole("listitem")).toHaveText(["vip", "日本語"]);
  // Typed and not added yet: it is meant as well.
  await field.fill("last");
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  await bar.getByRole("button", { name: "Replace tags" }).click();
  await expect(bar).toBeHidden();
  await expect(listed.getByRole("listitem")).toHaveText(["vip", "日本語", "last"]);
  expect(await tags()).toEqual(["vip", "日本語", "last"]);
  await page.getByRole("link", { name: /^Activity/ }).click();
  await expect(page.getByRole("row", { name: /changed the tags of.*removed beta/ })).toBeVisible();
});

test("a key that is not declared any more is shown and cannot be written; a soft-deleted user shows nothing", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(prefix);
  await open("chat/settings");
  await declareKey(page, "ext_old", "");
  await reviewAndSave(page, "added ext_old");
  const set = (ext_old: string) => api.call("/v4/user/profile/set", { userId: prefix, userExtProfile: { ext_old } });
  await expect.poll(async () => (await set("kept")).code).toBe(0);
  await page.getByRole("button", { name: "Remove ext_old" }).click();
  await reviewAndSave(page, "removed ext_old");
  await expect.poll(async () => (await set("new")).code).toBe(24362);

  await open(`users/${prefix}/profile`);
  await expect(page.getByLabel("ext_old")).toHaveValue("kept");
  await expect(page.getByLabel("ext_old")).not.toBeEditable();
  await expect(page.getByLabel("ext_old")).toHaveAccessibleDescription(/No longer declared/);

  await api.call("/v4/user/tag/batch/set", { userIds: [prefix], tags: ["vip"] });
  expect((await api.call("/v4/user/soft-delete", { userIds: [prefix] })).code).toBe(0);
  await open(`users/${prefix}/profile`);
  await expect(hosted(page)).toContainText("It was erased when the user was soft-deleted.");
  await expect(page.getByLabel("Profile name")).toHaveCount(0);
  await open(`users/${prefix}/tags`);
  await expect(page.getByRole("region", { name: "Tags", exact: true })).toContainText("They were erased");
});

test("a support operator sees profile and tags and can change neither, also without the page", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  await api.register(prefix);
  await api.call("/v4/user/profile/set", { userId: prefix, userProfile: { name: "Al" } });
  await api.call("/v4/user/tag/batch/set", { userIds: [prefix], tags: ["vip"] });
  const { page: support } = await visit("support");
  await open(`users/${prefix}/profile`, "development", support);
  await expect(support.getByLabel("Profile name")).toHaveValue("Al");
  await expect(support.getByLabel("Profile name")).not.toBeEditable();
  await expect(hosted(support)).toContainText("Needs the role admin; yours is support.");
  await expect(support.getByRole("button", { name: "Clear…" })).toHaveCount(0);
  await open(`users/${prefix}/tags`, "development", support);
  await expect(support.getByRole("main")).toContainText("Needs the role admin; yours is support.");
  await expect(support.getByLabel("Add a tag")).toHaveCount(0);

  await open(`users/${prefix}/profile`);
  await page.getByLabel("Profile name").fill("Changed");
  const action = await captureAction(page, () => save(page).click());
  await expect(unsaved(page)).toBeHidden();
  const answer = await replayAction(support, action, (text) => text.replaceAll("Changed", "Smuggled"));
  expect(answer.text).toContain('"forbidden"');
  expect((await profileOf(api, prefix))?.userProfile).toEqual({ name: "Changed" });
});
