import type { Page } from "@playwright/test";
import { startWebhookReceiver } from "../lib/testing";
import { expectAccessible } from "./fixtures/accessibility";
import { commandLine } from "./fixtures/command-line";
import { createOperator, responsive, signedOut, submitSignIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

// Each test looks at many states, and at each of them four times.
test.describe.configure({ timeout: 120_000 });

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test.describe("signed out", () => {
  test.use({ storageState: signedOut });

  test("sign-in, its refusal and its lock-out", async ({ page }) => {
    const operator = await createOperator("viewer");
    await page.goto("/sign-in");
    await responsive(page);
    await expectAccessible(page, "sign-in");
    await submitSignIn(page, operator.email, "a wrong password");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await expectAccessible(page, "sign-in refused");
  });

  test("links that are not valid", async ({ page }) => {
    for (const address of ["/setup?secret=guessed", "/invite/guessed"]) {
      await page.goto(address);
      await responsive(page);
      await expectAccessible(page, address);
    }
  });
});

test("the Server API reference, for everybody", async ({ page }) => {
  await page.goto("/docs");
  await responsive(page);
  await expectAccessible(page, "Server API reference");
  await page
    .getByRole("navigation", { name: "Endpoints" })
    .getByRole("link", { name: "Ban users", exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Ban users" })).toBeVisible();
  await expectAccessible(page, "an endpoint of the reference");
});

test("overview: first run, with users, and in production", async ({ page, open, app, api, prefix }) => {
  await open("overview");
  await expectAccessible(page, "overview without users");
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await api.ban([`${prefix}-b`], 60);
  await open("overview");
  await expect(page.getByRole("main")).toContainText(`${prefix}-b`);
  await expectAccessible(page, "overview");
  await app.openProduction();
  await open("overview", "production");
  await expectAccessible(page, "overview of production");
});

test("jobs: none, one with its results, the question before it, and an import with errors", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await open("jobs");
  await expect(region(page, "Jobs")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "no jobs");

  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await page.getByRole("region", { name: "Bulk actions" }).getByRole("button", { name: "Tag…", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox", { name: "Tag" }).fill("vip");
  await expect(dialog.getByRole("region", { name: "Dry run" })).toContainText("2 users will be tagged.");
  await expectAccessible(page, "question before a job");
  await dialog.getByRole("button", { name: "Tag 2 users" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 tagged" })).toBeVisible();
  await expectAccessible(page, "job");
  await open("jobs");
  await expect(region(page, "Jobs")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "jobs");

  await open("import-users");
  await page.getByRole("textbox", { name: "Or paste it" }).fill(`userId,name\n${prefix}-c,Cy\nnot an id,Di\n`);
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByRole("region", { name: "Lines with errors" })).toBeVisible();
  await expectAccessible(page, "import with errors");
});

test("users: empty, with rows, with a selection, no match", async ({ page, open, api, prefix }) => {
  await open("users");
  await expect(region(page, "Users")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "users, empty");
  await api.registerAll([`${prefix}-a`, `${prefix}-b`, `${prefix}-c`]);
  await api.ban([`${prefix}-b`], 60);
  await open("users?status=banned");
  await expect(page.getByTestId(`user-row-${prefix}-b`)).toBeVisible();
  await expectAccessible(page, "users, filtered");
  await open("users");
  await page.getByRole("checkbox", { name: `Select ${prefix}-a` }).click();
  await expect(page.getByRole("region", { name: "Bulk actions" })).toBeVisible();
  await expectAccessible(page, "users, selected");
  await open("users?q=nobody");
  await expect(region(page, "Users")).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "users, no match");
});

test("dialogs and menus of the users page", async ({ page, open, api, prefix }) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("users");
  const actions = page.getByRole("button", { name: `Actions for ${prefix}-a` });

  await actions.click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "row menu");
  await page.getByRole("menuitem", { name: "Ban…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "ban dialog");
  await page.keyboard.press("Escape");

  await actions.click();
  await page.getByRole("menuitem", { name: "Invalidate tokens…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "invalidate dialog");
  await page.keyboard.press("Escape");

  await actions.click();
  await page.getByRole("menuitem", { name: "Delete test user…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "delete dialog");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Filters" }).click();
  await expectAccessible(page, "filters");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Register user" }).click();
  const dialog = page.getByRole("dialog", { name: "Register user" });
  await expectAccessible(page, "register dialog");
  await dialog.getByLabel("User ID").fill("not allowed");
  await dialog.getByLabel("Name", { exact: true }).fill("Rita");
  await dialog.getByRole("button", { name: "Register", exact: true }).click();
  await expect(dialog.getByLabel("User ID")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page, "register dialog, refused");
  await dialog.getByLabel("User ID").fill(`${prefix}-new`);
  await dialog.getByRole("button", { name: "Register", exact: true }).click();
  const outcome = page.getByRole("dialog", { name: `${prefix}-new is registered` });
  await expect(outcome.getByLabel("Access token", { exact: true })).toBeVisible();
  await expectAccessible(page, "access token");
  await outcome.getByRole("button", { name: "Done" }).click();
  await expect(outcome.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "access token, not copied");
});

test("a user's tabs, banned, not banned and unknown", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await open(`users/${prefix}/bans`);
  await expectAccessible(page, "bans of a user, none");
  await api.ban([prefix], 600);
  for (const tab of ["/profile", "/tags", "/tokens", "/bans", "/activity", "/raw"]) {
    await open(`users/${prefix}${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page, `user${tab}`);
  }
  await open("users/nobody-of-that-name");
  await expectAccessible(page, "unknown user");
});

test("hosted profile and tags: none yet, set, refused, as JSON, read only", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  await open("chat/settings");
  await page.getByLabel("New key").fill("team");
  await page.getByRole("button", { name: "Add key" }).click();
  await expect(page.getByLabel("New key")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page, "chat settings, key refused");
  await page.getByLabel("New key").fill("ext_team");
  await page.getByRole("button", { name: "Add key" }).click();
  await expectAccessible(page, "chat settings, key added");
  await page.getByRole("button", { name: "Review" }).click();
  const review = page.getByRole("dialog", { name: "Review changes" });
  await review.getByRole("button", { name: "Save changes" }).click();
  await expect(review).toBeHidden();

  await api.register(prefix);
  const { page: viewer } = await visit("viewer");
  await open(`users/${prefix}/profile`, "development", viewer);
  await expectAccessible(viewer, "no hosted profile, read only");
  await open(`users/${prefix}/profile`);
  await page.getByLabel("Profile name").fill("Al");
  await page.getByLabel("Level").fill("101");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByLabel("Level")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Name", { exact: true }).fill("Also changed");
  await expectAccessible(page, "hosted profile, refused, with the registered name changed as well");
  await page.getByLabel("Level").fill("2");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByRole("button", { name: "Clear…" })).toBeVisible();
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await page.getByLabel("Extended keys as JSON").fill("{");
  await expectAccessible(page, "extended keys as JSON, unreadable");
  await page.getByRole("button", { name: "Clear…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "clear dialog");
  await page.keyboard.press("Escape");

  await open(`users/${prefix}/tags`);
  await page.getByLabel("Add a tag").fill("vip");
  await page.getByLabel("Add a tag").press("Enter");
  await page.getByLabel("Add a tag").fill("not a tag");
  await page.getByLabel("Add a tag").press("Enter");
  await expectAccessible(page, "tags, changed and refused");
  await open(`users/${prefix}/profile`, "development", viewer);
  await expectAccessible(viewer, "hosted profile, read only");
  await open(`users/${prefix}/tags`, "development", viewer);
  await expectAccessible(viewer, "tags, read only");
});

test("bans: none, active, ended", async ({ page, open, api, prefix }) => {
  await open("bans");
  await expect(region(page, "Bans")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "bans, empty");
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await api.ban([`${prefix}-a`, `${prefix}-b`], 600);
  await api.call("/v4/user/unban", { userIds: [`${prefix}-b`] });
  await open("bans");
  await expect(region(page, "Bans")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "bans, active");
  await page.getByRole("link", { name: "Ended" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`${prefix}-b`) })).toBeVisible();
  await expectAccessible(page, "bans, ended");
});

test("groups: none, a list, a group with its dialogs, a user's, unknown", async ({ page, open, api, prefix }) => {
  await open("groups");
  await expect(region(page, "Groups")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "groups, none");
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await open(`users/${bob}/groups`);
  await expectAccessible(page, "groups of a user, none");
  await api.call("/v4/group-channel/create", { channelId: prefix, name: "Team", owner: ann, userIds: [bob] });
  await open("groups");
  await expect(region(page, "Groups")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "groups");
  await open("groups?q=nothing-like-it");
  await expect(region(page, "Groups")).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "groups, no match");
  await open(`users/${bob}/groups`);
  await expect(region(page, "Groups of this user")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "groups of a user");

  await open(`groups/${prefix}?role=admin`);
  await expect(region(page, `Members of ${prefix}`)).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "group without admins");
  await open(`groups/${prefix}`);
  await expectAccessible(page, "group");
  const actions = page.getByRole("button", { name: `Actions for ${bob}` });
  await actions.click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "member menu");
  await page.getByRole("menuitem", { name: "Set nickname…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "nickname dialog");
  await page.keyboard.press("Escape");
  await actions.click();
  await page.getByRole("menuitem", { name: "Remove from group…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "removal dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Dismiss group…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "dismissal dialog");
  await open("groups/nobody-of-that-name");
  await expectAccessible(page, "unknown group");
});

test("deleted users: none, the call that soft-deletes, no match, and a deleted user's page", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await open("deleted-users");
  await expect(region(page, "Deleted users")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "deleted users, empty");
  await page.getByRole("button", { name: "Soft-delete by API" }).click();
  await expect(page.getByRole("dialog", { name: "Soft-delete users" })).toBeVisible();
  await expectAccessible(page, "the call that soft-deletes");
  await api.register(prefix);
  await api.softDelete([prefix]);
  await open("deleted-users?q=nobody-of-that-name");
  await expect(region(page, "Deleted users")).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "deleted users, no match");
  await open(`users/${prefix}/profile`);
  await expectAccessible(page, "a user who is soft-deleted");
});

test("deleted users: with rows, selected, and the question before a restore in production", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  await app.openProduction();
  await commandLine("seed", "demo", "--app", app.id);
  await commandLine("seed", "large", "--users", "1000", "--app", app.id);
  await api.register(prefix);
  await api.softDelete([prefix]);
  await open("deleted-users");
  await expect(page.getByTestId(`deleted-user-row-${prefix}`)).toBeVisible();
  await expectAccessible(page, "deleted users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await expect(page.getByRole("region", { name: "Bulk actions" })).toBeVisible();
  await expectAccessible(page, "deleted users, selected");
  await open("deleted-users", "production");
  await page
    .getByRole("button", { name: /^Restore / })
    .first()
    .click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "restore dialog");
});

test("a user's friends with their dialogs, none and some, and a mute", async ({ page, open, api, prefix }) => {
  const [ann, bob, cy] = [`${prefix}-ann`, `${prefix}-bob`, `${prefix}-cy`];
  await api.registerAll([ann, bob, cy]);
  await open(`users/${ann}/friends`);
  await expectAccessible(page, "friends, none");
  await open(`users/${ann}/friends?view=received`);
  await expectAccessible(page, "requests, none");
  await api.call("/v4/friend/add", { userId: ann, targetId: bob, action: 2 });
  await api.call("/v4/friend/add", { userId: cy, targetId: ann, extra: "Hello" });
  await api.call("/v4/user/blocklist/add", { userId: ann, targetUserIds: [bob] });
  await api.call("/v4/channel-type/mute/set", { userIds: [ann], muteState: 1, channelTypes: ["PERSON"] });
  await open(`users/${ann}/friends`);
  await expect(region(page, "Friends of this user")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "friends of a muted user");
  await page.getByRole("button", { name: "Add friend…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("User ID").fill("nobody-of-that-name");
  await dialog.getByRole("button", { name: "Add friend" }).click();
  await expect(dialog.getByLabel("User ID")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page, "add friend, refused");
  await page.keyboard.press("Escape");
  await expectAccessible(page, "the question before what was typed is lost");
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: `Remove friend ${bob}…` }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "remove friend dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove all friends…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "remove all friends dialog");
  await open(`users/${ann}/friends?view=received`);
  await expectAccessible(page, "requests");
});

test("a user's blocklist with its dialog, none and some, both ways", async ({ page, open, api, prefix }) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await open(`users/${ann}/blocklist`);
  await expectAccessible(page, "blocklist, none");
  await api.call("/v4/user/blocklist/add", { userId: ann, targetUserIds: [bob] });
  await open(`users/${ann}/blocklist`);
  await expectAccessible(page, "blocklist");
  await page.getByRole("button", { name: "Block user…" }).click();
  await expectAccessible(page, "block dialog");
  await open(`users/${bob}/blocklist?view=blocked-by`);
  await expectAccessible(page, "blocked by");
  await page.setViewportSize({ width: 375, height: 740 });
  await open(`users/${bob}/blocklist`);
  const tab = page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: /Blocklist/ });
  await expect(tab, "on a phone the current tab stands in sight").toBeInViewport({ ratio: 1 });
});

test("deleting test users: choice, nobody, plan and job", async ({ page, open, api, prefix }) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("delete-test-users");
  for (const way of ["By prefix", "By ids", "Created before", "Not seen since"]) {
    await page.getByRole("radio", { name: way }).click();
    await expectAccessible(page, `deletion ${way}`);
  }
  await page.getByRole("radio", { name: "By prefix" }).click();
  await page.getByLabel("Prefix", { exact: true }).fill("nobody-of-that-name");
  await page.getByRole("button", { name: "Show who would be deleted" }).click();
  await expect(page.getByRole("status").filter({ hasText: "No users to delete" })).toBeVisible();
  await expectAccessible(page, "deletion of nobody");
  await open("delete-test-users");
  await page.getByRole("radio", { name: "By prefix" }).click();
  await page.getByLabel("Prefix", { exact: true }).fill(prefix);
  await page.getByRole("button", { name: "Show who would be deleted" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 users will be deleted" })).toBeVisible();
  await expectAccessible(page, "deletion plan");
  await page.getByLabel(/delete 2 users/).fill("delete 2 users");
  await page.getByRole("button", { name: "Delete 2 users from development" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 deleted" })).toBeVisible();
  await expectAccessible(page, "deletion job");
});

test("chat settings: as they stand, changed, in review", async ({ page, open, visit }) => {
  await open("chat/settings");
  await expectAccessible(page, "chat settings");
  await page.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  await expectAccessible(page, "chat settings, changed");
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("dialog", { name: "Review changes" })).toBeVisible();
  await expectAccessible(page, "chat settings, review");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("button", { name: "Revert…" }).click();
  await expect(page.getByRole("dialog", { name: "Revert this change?" }).getByRole("table")).toBeVisible();
  await expectAccessible(page, "chat settings, revert");
  const { page: viewer } = await visit("viewer");
  await open("chat/settings", "development", viewer);
  await expectAccessible(viewer, "chat settings of a viewer");
});

test("webhooks: nothing set, changed, in review, a ping, deliveries, one of them, no match", async ({
  page,
  open,
  app,
}) => {
  const receiver = await startWebhookReceiver(app.development.appSecret);
  await open("webhooks/deliveries");
  await expect(region(page, "Deliveries")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "deliveries, empty");
  await open("webhooks");
  await expectAccessible(page, "webhooks, nothing set");
  await page.getByRole("textbox", { name: "Address" }).fill("nowhere");
  await expectAccessible(page, "webhooks, an address that is none");
  await page.getByRole("textbox", { name: "Address" }).fill(receiver.url);
  await page.getByRole("checkbox", { name: "user:friendship" }).check();
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("dialog", { name: "Review changes" })).toBeVisible();
  await expectAccessible(page, "webhooks, review");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Send test ping" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Accepted with 200" })).toBeVisible();
  receiver.answer = 500;
  await expectAccessible(page, "webhooks, ping accepted");
  await page.getByRole("button", { name: "Send test ping" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Not accepted" })).toBeVisible();
  await page.getByRole("radio", { name: "Delivery with curl" }).click();
  await expectAccessible(page, "webhooks, ping refused");
  await open("webhooks/deliveries");
  await expect(region(page, "Deliveries")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "deliveries");
  await page
    .getByRole("link", { name: /details of delivery/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("region", { name: "Tries" })).toBeVisible();
  await expectAccessible(page, "a delivery");
  await open("webhooks/deliveries?state=dead&user=nobody");
  await expect(region(page, "Deliveries")).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "deliveries, no match");
  await receiver.close();
  await open("overview");
  await expect(page.getByRole("heading", { name: "4. Turn on webhooks (done)" })).toBeVisible();
});

test("message check: nobody chosen, suggestions, yes, no", async ({ page, open, api, prefix }) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await open("chat/message-check");
  await expect(region(page, "Verdict")).toHaveAttribute("data-state", "empty");
  await expectAccessible(page, "message check, empty");
  await page.getByRole("combobox", { name: "Sender" }).pressSequentially(prefix);
  await expect(page.getByRole("option", { name: new RegExp(ann) })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expectAccessible(page, "message check, suggestions");
  await open(`chat/message-check?from=${ann}&to=${bob}`);
  await expect(region(page, "Verdict")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "message check, yes");
  await api.ban([ann], 60);
  await open(`chat/message-check?from=${ann}&to=nobody`);
  await expect(region(page, "Verdict").getByRole("status")).toContainText("No,");
  await expectAccessible(page, "message check, no");
});

test("test client: nobody, unknown user", async ({ page, open, prefix }) => {
  await open("test-client");
  await expectAccessible(page, "test client, nobody");
  const a = region(page, "User A");
  await a.getByRole("combobox", { name: "ID or name of user A" }).fill(`${prefix}-nobody`);
  await expect(a.getByText("No such user.")).toBeVisible();
  await expectAccessible(page, "test client, nobody found");
  await open(`test-client?a=${prefix}-nobody`);
  await a.getByRole("button", { name: `Connect ${prefix}-nobody` }).click();
  await expect(a.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "test client, no token");
});

test("audit log: with entries, an entry, no match", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await api.ban([prefix], 600);
  await open("audit-log");
  await expect(region(page, "Audit log")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "audit log");
  await page
    .getByRole("row", { name: /banned/ })
    .getByRole("link")
    .first()
    .click();
  await expectAccessible(page, "audit entry");
  await open("audit-log?q=nothing-like-it");
  await expect(region(page, "Audit log")).toHaveAttribute("data-state", "no-match");
  await expectAccessible(page, "audit log, no match");
});

test("quotas: the page, an open group, the limit's dialog, the header's box, production", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("quotas");
  await page.getByRole("button", { name: /^Access tokens/ }).click();
  await expectAccessible(page, "quotas");
  await page.getByRole("button", { name: "Change limit…" }).click();
  await page.getByRole("alertdialog").getByLabel("Registered users").fill("10");
  await expectAccessible(page, "user limit");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await page
    .getByRole("banner")
    .getByRole("button", { name: /dev users/ })
    .click();
  await expect(
    page.getByRole("dialog", { name: "Development users" }).getByRole("heading", { level: 2 }),
  ).toBeVisible();
  await expectAccessible(page, "the quota in the header");
  await app.openProduction();
  await open("quotas", "production");
  await expectAccessible(page, "quotas of production");
});

test("App Keys: closed and open production, revealed secret, dialogs", async ({ page, open, app }) => {
  await open("keys");
  await expectAccessible(page, "keys");
  await page.getByRole("button", { name: "Reveal App Secret" }).click();
  await expect(page.getByLabel("App Secret", { exact: true })).toBeVisible();
  await expectAccessible(page, "keys, secret revealed");
  await page.getByRole("button", { name: "Refresh App Secret…" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "keys, refresh dialog");
  await app.openProduction();
  await open("keys", "production");
  await expectAccessible(page, "keys of production");
});

test("apps, operators, account and the page about testing, with their dialogs", async ({ page }) => {
  for (const address of ["/account", "/testing", "/roles"]) {
    await page.goto(address);
    await responsive(page);
    await expectAccessible(page, address);
  }
  await page.goto("/apps");
  await responsive(page);
  await expectAccessible(page, "apps");
  await page.getByRole("button", { name: "Create app" }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "create app dialog");
  await page.goto("/operators");
  await responsive(page);
  await expect(region(page, "Operators")).toHaveAttribute("data-state", "ready");
  await expectAccessible(page, "operators");
  await page.getByRole("button", { name: "Invite operator" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "invite dialog");
});

test("the frame: palette, menus, quota", async ({ page, open, api, prefix }) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("overview");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await expectAccessible(page, "command palette");
  await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill(prefix);
  await expect(page.getByRole("option", { name: new RegExp(`${prefix}-a`) })).toBeVisible();
  await expectAccessible(page, "command palette with users");
  await page.keyboard.press("Escape");
  for (const name of ["Your account", "Environment: Development", /^App: /, /2 \/ 100 dev users/]) {
    await page.getByRole("button", { name }).click();
    await expectAccessible(page, `menu ${name}`);
    await page.keyboard.press("Escape");
  }
});

test("what could not be loaded or saved", async ({ page, open, api, prefix }) => {
  await api.register(prefix);
  await open("users");
  await page.route("**/api/apps/**", (route) =>
    route.fulfill({
      status: 500,
      json: {
        error: { code: "internal", message: "Something went wrong on our side.", requestId: "0123456789abcdef" },
      },
    }),
  );
  await open("overview");
  await page.getByRole("button", { name: /dev users/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Could not load the quota" })).toBeVisible();
  await expectAccessible(page, "quota that could not be loaded");

  await open(`users/${prefix}/profile`);
  await page.getByRole("button", { name: "Ban…", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: `Ban ${prefix}?` });
  await page.route("**/users/**", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await dialog.getByRole("button", { name: `Ban ${prefix}` }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "ban that could not be saved");
  expect(await api.bannedUserIds()).toEqual([]);
});

test("pages that do not exist or that a role may not see", async ({ page, open, visit }) => {
  await page.goto("/apps/none/development/users");
  await expectAccessible(page, "no such app");
  const { page: support } = await visit("support");
  await open("keys", "development", support);
  await expectAccessible(support, "keys of a support operator");
  await open("delete-test-users", "development", support);
  await expectAccessible(support, "deletion, not allowed");
  await open("test-client", "development", support);
  await expectAccessible(support, "test client, not allowed");
  await support.goto("/operators");
  await expectAccessible(support, "operators of a support operator");
});
