import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { captureAction, replayAction } from "./fixtures/actions";
import { installation } from "./fixtures/installation";
import { responsive } from "./fixtures/operators";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

// Journeys of two users, with a look at the page in both themes on the way.
test.describe.configure({ timeout: 120_000 });

const pane = (page: Page, name: "A" | "B") => page.getByRole("region", { name: `User ${name}`, exact: true });
const conversation = (of: Locator) => of.getByRole("log", { name: /^Conversation of / });
const frames = (of: Locator) => of.getByRole("log", { name: /^Frames of / });

async function connect(page: Page, name: "A" | "B", userId: string): Promise<Locator> {
  const region = pane(page, name);
  await region.getByRole("button", { name: `Connect ${userId}`, exact: true }).click();
  await expect(region).toHaveAttribute("data-state", "connected");
  await expect(region.getByRole("status").filter({ hasText: `as ${userId}` })).toBeVisible();
  return region;
}

async function send(region: Locator, userId: string, text: string): Promise<void> {
  await region.getByRole("textbox", { name: `Message of ${userId}`, exact: true }).fill(text);
  await region.getByRole("button", { name: `Send as ${userId}`, exact: true }).click();
}

test("two users write to each other, the friends switch refuses until they are friends, and a ban ends a connection", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([{ userId: ann, name: "Ann of the test" }, bob]);
  const tokens: string[] = [];
  // What is really sent: the browser does not keep every answer's body for long enough to be read.
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const token = /"token":"([^"]+)"/.exec(payload.toString())?.[1];
      if (token !== undefined) tokens.push(token);
    }),
  );

  await open("test-client");
  const a = pane(page, "A");
  const b = pane(page, "B");

  await test.step("chosen by name and by id, they stand in the address, and nothing has connected", async () => {
    await a.getByRole("combobox", { name: "ID or name of user A" }).fill("Ann of the");
    await a.getByRole("option", { name: new RegExp(ann) }).click();
    await b.getByRole("combobox", { name: "ID or name of user B" }).fill(bob);
    await b.getByRole("combobox", { name: "ID or name of user B" }).press("Tab");
    await expect(page).toHaveURL(new RegExp(`/development/test-client\\?a=${ann}&b=${bob}$`));
    await page.reload();
    await responsive(page);
    await expect(a.getByRole("button", { name: `Connect ${ann}`, exact: true })).toBeEnabled();
    await expect(a).toHaveAttribute("data-state", "idle");
    await expect(b).toHaveAttribute("data-state", "idle");
    await expect(frames(a)).toHaveAttribute("data-state", "empty");
  });

  await test.step("both connect and write both ways", async () => {
    await connect(page, "A", ann);
    await connect(page, "B", bob);
    await send(a, ann, "hello bob");
    await expect(conversation(a)).toContainText("Sent");
    await expect(conversation(b)).toContainText("hello bob");
    await send(b, bob, "hello ann");
    await expect(conversation(a)).toContainText("hello ann");
  });

  await test.step("the frames show it, filtered and cleared, and never a token", async () => {
    await expect(frames(a)).toContainText('"method":"connect"');
    await expect(frames(a)).toContainText('"token":"***"');
    await a.getByRole("textbox", { name: `Filter frames of ${ann}` }).fill("event/message");
    await expect(frames(a).getByRole("listitem")).toHaveCount(1);
    await expect(frames(a)).toContainText("hello ann");
    await a.getByRole("textbox", { name: `Filter frames of ${ann}` }).fill("");
    await expect.poll(() => tokens).toHaveLength(2);
    const text = await page.getByRole("main").textContent();
    for (const token of tokens) expect(text).not.toContain(token);
    await a.getByRole("button", { name: `Clear frames of ${ann}` }).click();
    await expect(frames(a)).toHaveAttribute("data-state", "empty");
  });
  await expectAccessible(page, "test client, connected");

  await test.step("the friends switch refuses, in words", async () => {
    const { page: settings } = await visit("admin");
    await open("chat/settings", "development", settings);
    await settings.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
    await settings.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
    const dialog = settings.getByRole("dialog", { name: "Review changes" });
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog).toBeHidden();
    const refused = conversation(a).getByRole("listitem").filter({ hasText: "Refused (25469)" }).last();
    // The gateway hears of the switch by the bus, a moment after it is saved.
    await expect(async () => {
      await send(a, ann, "and now?");
      await expect(refused).toContainText("and now?", { timeout: 1_000 });
    }).toPass();
    await expect(refused).toContainText("They aren’t friends, and “Restrict direct messaging to friends” is on.");
    await expect(refused.getByRole("link", { name: "Open the setting" })).toHaveAttribute(
      "href",
      /chat\/settings#friend$/,
    );
    await expectAccessible(page, "test client, refused");
  });

  await test.step("friends may write again", async () => {
    await a.getByRole("button", { name: `Add friend ${bob}, as ${ann}` }).click();
    await expect(conversation(a)).toContainText("waits for approval");
    await expect(conversation(b)).toContainText(`The friend request of ${ann} is open.`);
    await b.getByRole("button", { name: `Accept request ${ann}, as ${bob}` }).click();
    await expect(conversation(a)).toContainText(`${bob} is a friend now.`);
    await send(a, ann, "at last");
    await expect(conversation(b)).toContainText("at last");
  });

  await test.step("blocked, then unblocked", async () => {
    await b.getByRole("button", { name: `Block ${ann}, as ${bob}`, exact: true }).click();
    await expect(conversation(b)).toContainText(`Block ${ann}: done.`);
    await send(a, ann, "still there?");
    await expect(conversation(a)).toContainText("The recipient has blocked the sender.");
    await b.getByRole("button", { name: `Unblock ${ann}, as ${bob}` }).click();
    await expect(conversation(b)).toContainText(`Unblock ${ann}: done.`);
  });

  await test.step("a ban in the console ends the connection and refuses the next one", async () => {
    const { page: other } = await visit("admin");
    await open(`users/${bob}/profile`, "development", other);
    await other.getByRole("button", { name: "Ban…", exact: true }).click();
    const dialog = other.getByRole("alertdialog", { name: `Ban ${bob}?` });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
    await dialog.getByRole("button", { name: `Ban ${bob}` }).click();
    await expect(b).toHaveAttribute("data-state", "disconnected");
    await expect(b.getByRole("status").filter({ hasText: "the user was banned (31011)" })).toBeVisible();
    await b.getByRole("button", { name: `Connect ${bob}`, exact: true }).click();
    await expect(b.getByRole("status").filter({ hasText: "(31009)" })).toBeVisible();
    await expectAccessible(page, "test client, banned");
  });

  await test.step("an own disconnect says so, and the tokens are in the audit log", async () => {
    await a.getByRole("button", { name: `Disconnect ${ann}` }).click();
    await expect(a.getByRole("status").filter({ hasText: "signed out" })).toBeVisible();
    await open("audit-log");
    await expect(page.getByRole("row", { name: /test token/ })).toHaveCount(3);
  });
});

test("members of a group write to it, and one who has left may not", async ({ page, open, api, prefix }) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([ann, bob]);
  await open(`test-client?a=${ann}&b=${bob}`);
  const a = await connect(page, "A", ann);
  const b = await connect(page, "B", bob);
  for (const [region, userId] of [
    [a, ann],
    [b, bob],
  ] as const) {
    await region.getByRole("combobox", { name: `What ${userId} writes to` }).selectOption("To group");
    await region.getByRole("textbox", { name: `Group that ${userId} writes to` }).fill(`${prefix}-team`);
  }
  await a.getByRole("button", { name: `Create group ${prefix}-team, as ${ann}` }).click();
  await expect(conversation(a)).toContainText(`Create group ${prefix}-team: done.`);
  await b.getByRole("button", { name: `Join group ${prefix}-team, as ${bob}` }).click();
  await expect(conversation(b)).toContainText("waits for approval");
  await a.getByRole("button", { name: `Invite ${bob} ${prefix}-team, as ${ann}` }).click();
  await expect(conversation(a)).toContainText(`Invite ${bob} to ${prefix}-team: done.`);
  await send(a, ann, "to all");
  await expect(conversation(b)).toContainText(`in group ${prefix}-team`);
  await b.getByRole("button", { name: `Leave group ${prefix}-team, as ${bob}` }).click();
  await expect(conversation(b)).toContainText(`Leave group ${prefix}-team: done.`);
  await send(b, bob, "from outside");
  await expect(conversation(b).getByRole("listitem").filter({ hasText: "from outside" })).toContainText("Refused");
});

test("an origin that is not allowed is said in words, with the way to the setting", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.register(prefix);
  await open("chat/settings");
  await page.getByRole("textbox", { name: "Allowed web origins" }).fill("https://elsewhere.example.com");
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("dialog", { name: "Review changes" }).getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await open(`test-client?a=${prefix}`);
  const a = pane(page, "A");
  await a.getByRole("button", { name: `Connect ${prefix}`, exact: true }).click();
  await expect(
    a.getByRole("status").filter({ hasText: "this page’s origin isn’t an allowed web origin (31022)" }),
  ).toBeVisible();
  await expect(a.getByRole("link", { name: /^Add http.* to Allowed web origins$/ })).toHaveAttribute(
    "href",
    /chat\/settings#logins-and-devices$/,
  );
});

test("an id that nobody has gets no token, and says so", async ({ page, open, prefix }) => {
  await open(`test-client?a=${prefix}-nobody`);
  await pane(page, "A")
    .getByRole("button", { name: `Connect ${prefix}-nobody` })
    .click();
  await expect(pane(page, "A").getByRole("alert")).toContainText("user_not_found");
  await expect(pane(page, "A")).toHaveAttribute("data-state", "idle");
});

test("it is not in production, and not for a role that may issue no test tokens", async ({
  page,
  open,
  app,
  prefix,
  api,
  visit,
}) => {
  const menu = page.getByRole("navigation", { name: "Main" });
  await new ServerApi(installation.apiUrl, await app.openProduction()).register(prefix);
  await api.register(prefix);
  await open(`test-client?a=${prefix}`);
  await expect(menu.getByRole("link", { name: "Test client" })).toBeVisible();
  const connecting = pane(page, "A").getByRole("button", { name: `Connect ${prefix}` });
  const issue = await captureAction(page, () => connecting.click());
  const there = await replayAction(page, issue, (text) => text.replaceAll("development", "production"));
  expect(there.text).toContain("development_only");
  expect(there.text).not.toContain("accessToken");

  await open("users", "production");
  await expect(menu.getByRole("link", { name: "Users", exact: true })).toBeVisible();
  await expect(menu.getByRole("link", { name: "Test client" })).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("option", { name: "Audit log" })).toBeVisible();
  await expect(palette.getByRole("option", { name: "Test client" })).toHaveCount(0);
  expect((await page.goto(`/apps/${app.id}/production/test-client`))?.status()).toBe(404);

  const { page: support } = await visit("support");
  await open("test-client", "development", support);
  await expect(support.getByRole("heading", { level: 1, name: "You can’t connect as a test user" })).toBeVisible();
  await expect(
    support.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Test client" }),
  ).toHaveCount(0);
});
