import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const friendsSwitch = (page: Page) => page.getByRole("switch", { name: "Restrict direct messaging to friends" });
const reviewed = (page: Page) => page.getByRole("dialog", { name: "Review changes" });
const revert = (page: Page) => page.getByRole("dialog", { name: "Revert this change?" });

async function saveReviewed(page: Page): Promise<void> {
  await reviewed(page).getByRole("button", { name: "Save changes" }).click();
  await expect(reviewed(page)).toBeHidden();
}

test("a setting is found by its words, its change says whom it cuts off before it is saved, and the toast reverts it", async ({
  page,
  open,
  api,
  prefix,
  connect,
}) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  const token = await api.register(ann, "Ann");
  await api.register(bob, "Bob");
  const client = await connect(token);
  await client.call("message/send", {
    toUserId: bob,
    messageType: "RC:TxtMsg",
    content: JSON.stringify({ content: "hello" }),
    clientMessageId: prefix,
  });
  client.close();

  await open("chat/settings");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search settings" })).toBeFocused();
  await page.keyboard.type("no such thing");
  await expect(page.getByText("No settings match “no such thing”")).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  await page.getByRole("searchbox", { name: "Search settings" }).fill("RESTRICT direct");
  await expect(friendsSwitch(page)).toBeVisible();
  await expect(page.getByRole("combobox")).toHaveCount(0);

  await friendsSwitch(page).click();
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await expect(reviewed(page).getByRole("region", { name: "Impact" })).toContainText(
    "1 conversation in the last 7 days was between users who aren’t friends. It becomes read-only.",
  );
  await reviewed(page).getByRole("button", { name: "Save changes" }).click();
  await expect(friendsSwitch(page)).toBeChecked();

  await page.getByRole("button", { name: "Revert…" }).click();
  await expect(revert(page).getByRole("row", { name: /Restrict direct messaging to friends On Off/ })).toBeVisible();
  await revert(page).getByRole("button", { name: "Revert change" }).click();
  await expect(revert(page)).toBeHidden();
  await expect(friendsSwitch(page)).not.toBeChecked();
});

test("an audit entry is reverted, after a look at who changed the same setting since", async ({
  page,
  open,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  const preference = page.getByRole("combobox", { name: "Friend request preference" });
  const choose = async (word: string) => {
    await preference.selectOption(word);
    await page.getByRole("button", { name: "Review", exact: true }).click();
    await saveReviewed(page);
  };
  await open("chat/settings");
  await choose("Nobody");
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeHidden();
  await choose("Anyone, without approval");

  await open("audit-log");
  const entries = page.getByRole("table", { name: "Audit log" }).getByRole("row", { name: /chat settings/ });
  await expect(entries).toHaveCount(2);
  await entries.last().getByRole("link").first().click();
  await page.getByRole("button", { name: "Revert…" }).click();
  await expect(revert(page)).toContainText(`${operator.name} changed Friend request preference`);
  await expect(
    revert(page).getByRole("row", { name: /Anyone, without approval With the user’s approval/ }),
  ).toBeVisible();
  await revert(page).getByRole("button", { name: "Revert change" }).click();
  await expect(revert(page)).toBeHidden();
  await expect(page.getByRole("table", { name: "Audit log" })).toContainText("reverted a change of the chat settings");
  await open("chat/settings");
  await expect(preference.getByRole("option", { selected: true })).toHaveText("With the user’s approval");
});

test("production takes what is ticked of Development's settings, after review and with a note", async ({
  page,
  open,
  app,
}) => {
  await app.openProduction();
  await open("chat/settings", "production");
  await page.getByRole("button", { name: "Copy from Development…" }).click();
  const copy = page.getByRole("dialog", { name: "Copy settings from Development" });
  await expect(copy).toContainText("have the same settings");
  await copy.getByRole("button", { name: "Close" }).last().click();

  await open("chat/settings");
  await page.getByRole("combobox", { name: "Friend request preference" }).selectOption("Nobody");
  await friendsSwitch(page).click();
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await saveReviewed(page);
  await open("chat/settings", "production");
  await page.getByRole("button", { name: "Copy from Development…" }).click();
  await copy.getByRole("checkbox", { name: "Copy Friend request preference" }).click();
  await copy.getByRole("button", { name: "Review 1 change" }).click();

  await reviewed(page).getByRole("button", { name: "Save changes" }).click();
  await expect(reviewed(page).getByLabel("Note")).toHaveAttribute("aria-invalid", "true");
  await reviewed(page).getByLabel("Note").fill("As tried in Development");
  await saveReviewed(page);
  await page.reload();
  await expect(friendsSwitch(page)).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Friend request preference" })).not.toHaveValue("nobody");
});
