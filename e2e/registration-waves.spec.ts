import { readFile } from "node:fs/promises";
import { expectAccessible } from "./fixtures/accessibility";
import { connectClient } from "./fixtures/client";
import { installation } from "./fixtures/installation";
import { expect, test } from "./fixtures/test";

// The sweeper looks twice a minute.
test.describe.configure({ timeout: 180_000 });

const DAY_MS = 86_400_000;

test("an operator's morning: a ban made longer, a wave banned but for three, who did it, the list of them, and a refused connect", async ({
  page,
  open,
  app,
  api,
  prefix,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  const maria = `${prefix}-m`;
  await api.registerAll([
    { userId: maria, name: "María de la Concepción" },
    ...Array.from({ length: 60 }, (_, n) => `promo-${String(n).padStart(2, "0")}`),
  ]);
  const token = await api.register("promo-05");
  const dialog = page.getByRole("alertdialog");
  const users = page.getByRole("region", { name: "Users", exact: true });

  await test.step("María is found by a part of her name, and her ban is made a week longer, by keyboard alone", async () => {
    await api.ban([maria], 60);
    const before = (await api.bannedUntil(maria)) ?? 0;
    await open("overview");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("concep");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "María de la Concepción" })).toBeVisible();
    const change = page.getByRole("button", { name: "Change ban…" });
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(change).toBeFocused({ timeout: 50 });
    }).toPass({ intervals: [1], timeout: 5_000 });
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("radio", { name: "Keep end" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(dialog.getByRole("radio", { name: "+ 7 days" })).toBeChecked();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    expect(await api.bannedUntil(maria)).toBe(before + 7 * DAY_MS);
  });

  const wave = page.getByRole("region", { name: "Registration waves" });
  await test.step("the wave stands on the overview, and leads to its users and to deleting them", async () => {
    await expect(async () => {
      await open("overview");
      await expect(wave).toContainText("Registration wave: 60 users with promo-… since", { timeout: 1_000 });
    }).toPass({ timeout: 90_000, intervals: [2_000] });
    await expect(wave).toContainText("Usual: 0 an hour");
    await expectAccessible(page, "overview with a wave");
    await wave.getByRole("link", { name: /Delete them/ }).click();
    await expect(page.getByLabel("Prefix", { exact: true })).toHaveValue("promo-");
    await page.goBack();
    await wave.getByRole("link", { name: /See them/ }).click();
    await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue("promo-");
    await expect(users).toHaveAttribute("data-state", "ready");
    await expect(page.getByRole("main")).toContainText("60 users");
    await expect(page.getByTestId(`user-row-${maria}`)).toHaveCount(0);
  });

  const bar = page.getByRole("region", { name: "Bulk actions" });
  await test.step("all of it is banned, and three are taken back", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await bar.getByRole("button", { name: "Select all 60 that match" }).click();
    await bar.getByRole("button", { name: "Ban…", exact: true }).click();
    await dialog.getByRole("button", { name: "Spam", exact: true }).click();
    await dialog.getByRole("button", { name: "Ban 60 users" }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await api.bannedUserIds()).length).toBe(61);
    await bar.getByRole("button", { name: "Clear" }).click();
    for (const n of ["01", "02", "03"]) await page.getByRole("checkbox", { name: `Select promo-${n}` }).click();
    await bar.getByRole("button", { name: "Unban…", exact: true }).click();
    await dialog.getByRole("button", { name: "Unban 3 users" }).click();
    await expect.poll(async () => (await api.bannedUserIds()).length).toBe(58);
  });

  await test.step("those who are banned are downloaded as they are listed", async () => {
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("radio", { name: /^Banned/ }).click();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("main")).toContainText("57 users");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "CSV" }).click();
    const text = await readFile(await (await downloading).path(), "utf8");
    expect(text.match(/^promo-\d\d\b/gm)).toHaveLength(57);
  });

  await test.step("who did it, and why one of them could not connect", async () => {
    const credentials = { appKey: app.development.appKey, token };
    expect(await connectClient(installation.apiUrl, credentials)).toBe(31009);
    await page.getByRole("searchbox", { name: "Search users" }).fill("promo-05");
    await page.getByTestId("user-row-promo-05").getByRole("link", { name: "promo-05" }).click();
    await expect(page.getByRole("main")).toContainText(`by ${operator.name}`);
    await expect(page.getByRole("main")).toContainText("Reason: Spam");
    await page
      .getByRole("navigation", { name: "User", exact: true })
      .getByRole("link", { name: "Connections" })
      .click();
    const refused = page.getByRole("region", { name: "Refused connects", exact: true });
    await expect(page).toHaveURL(/\/connections/);
    await expect(async () => {
      await page.reload();
      await expect(refused.getByRole("row", { name: /banned/ })).toContainText("31009", { timeout: 1_000 });
    }).toPass();
  });
});
