import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { createGroup } from "./fixtures/groups";
import { expect, test } from "./fixtures/test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });
const box = (page: Page) => palette(page).getByRole("combobox");
const options = (page: Page) => palette(page).getByRole("option");

/** Opens the palette and types; presses nothing else. */
async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(box(page)).toBeFocused();
  await box(page).fill(text);
}

test("users come first, and Enter opens the first one, even when it is pressed before the answer is there", async ({
  page,
  open,
  api,
}) => {
  await api.registerAll([
    { userId: "mateo.rossi", name: "Mateo Rossi" },
    { userId: "emma.johnson", name: "Emma Johnson" },
    { userId: "rui", name: "Rui Alves" },
    { userId: "u-7", name: "Ana Theme" },
    { userId: "bandit", name: "Ban Dittmer" },
  ]);
  await open("overview");

  await test.step("every user whose name or id begins with the text wins over every command", async () => {
    for (const [text, userId] of [
      ["mateo", "mateo.rossi"],
      ["emma", "emma.johnson"],
      ["rui", "rui"],
      ["ana", "u-7"],
      ["ban", "bandit"],
    ] as const) {
      await ask(page, text);
      await page.keyboard.press("Enter");
      await expect(page, text).toHaveURL(new RegExp(`/development/users/${userId}/profile$`));
      await expect(palette(page)).toHaveCount(0);
      await expect(page.getByRole("main"), "the next key is for the page").toBeFocused();
    }
    await expect(page.locator("html"), "no theme was switched").not.toHaveClass(/\bdark\b/);
  });

  await test.step("the first one is marked and told to screen readers", async () => {
    await ask(page, "mateo");
    await expect(options(page).first()).toContainText("Mateo Rossi");
    await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
    const id = await options(page).first().getAttribute("id");
    await expect(box(page)).toHaveAttribute("aria-activedescendant", id ?? "");
    await expect(palette(page).getByRole("status")).toContainText("1 result, first Mateo Rossi");
    await page.keyboard.press("Escape");
  });

  await test.step("nothing that matches, and Enter does nothing", async () => {
    await ask(page, "quux");
    await page.keyboard.press("Enter");
    await expect(palette(page)).toContainText("Nothing matches “quux”.");
    await expect(palette(page)).toContainText(/Users and groups were searched in .*, Development\./);
    await expect(options(page)).toHaveCount(0);
    await page.keyboard.press("Escape");
  });

  await test.step("> is for commands only", async () => {
    await ask(page, ">ban");
    await expect(options(page)).toHaveText(["Bans", "Ban a user…"]);
    await box(page).fill(">quux");
    await expect(palette(page)).toContainText("Only commands were searched");
    await page.keyboard.press("Escape");
  });
});

test("a command asks for its user: a ban from the palette by keys alone", async ({ page, open, api, prefix }) => {
  await api.registerAll([
    { userId: `${prefix}-1`, name: "Mateo Rossi" },
    { userId: `${prefix}-2`, name: "Mara Rossi" },
  ]);
  await open("overview");
  await ask(page, "ban a user");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveAccessibleName("Ban a user…");
  await box(page).fill("mara");
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: `Ban ${prefix}-2?` });
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/users/${prefix}-2/profile$`));
  await dialog.getByRole("textbox", { name: "Reason" }).fill("spam");
  await dialog.getByRole("button", { name: `Ban ${prefix}-2` }).click();
  await expect(dialog).toBeHidden();
  expect(await api.bannedUserIds()).toEqual([`${prefix}-2`]);

  await test.step("the user is recent now, and comes first for the next command", async () => {
    await ask(page, "unban");
    await page.keyboard.press("Enter");
    await expect(options(page).first()).toContainText("Mara Rossi");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alertdialog", { name: `Unban ${prefix}-2?` })).toBeVisible();
  });

  await test.step("Escape goes back to all commands before it closes", async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await ask(page, "unban");
    await page.keyboard.press("Enter");
    await expect(box(page)).toHaveAccessibleName("Unban a user…");
    await page.keyboard.press("Escape");
    await expect(box(page)).toHaveAccessibleName("Search and commands");
    await page.keyboard.press("Escape");
    await expect(palette(page)).toHaveCount(0);
  });
});

test("groups, apps, operators and settings are found by their names", async ({
  page,
  open,
  app,
  api,
  prefix,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await createGroup(api, `${prefix}-g`, "Harbour crew", [`${prefix}-a`, `${prefix}-b`]);
  await open("overview");
  await ask(page, "harbour");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/groups/${prefix}-g$`));

  await ask(page, "restrict direct");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/chat\/settings#restrictDirectMessagingToFriends$/);
  await expect(page.getByRole("switch", { name: "Restrict direct messaging to friends" })).toBeInViewport();

  await ask(page, operator.email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: operator.name })).toContainText(operator.email);

  await open("users");
  await ask(page, app.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/apps/${app.id}/development/overview$`));

  await test.step("places that were opened are offered before anything is typed", async () => {
    await page.keyboard.press("ControlOrMeta+k");
    const recent = palette(page).getByRole("group", { name: "Recent places" });
    await expect(recent.getByRole("option", { name: "Users", exact: true })).toBeVisible();
    await expect(recent.getByRole("option", { name: "Harbour crew" })).toBeVisible();
  });
});

test("recent users belong to one operator and one environment", async ({ page, open, app, api, prefix, visit }) => {
  await api.register(`${prefix}-dev`, "Dora Dev");
  await app.openProduction();
  await open(`users/${prefix}-dev/profile`);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(options(page).first()).toContainText("Dora Dev");
  await open("overview", "production");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page).getByRole("group", { name: "Pages" })).toBeVisible();
  await expect(palette(page)).not.toContainText("Dora Dev");
  const { page: other } = await visit("viewer");
  await open("overview", "development", other);
  await other.keyboard.press("ControlOrMeta+k");
  await expect(palette(other).getByRole("group", { name: "Pages" })).toBeVisible();
  await expect(palette(other)).not.toContainText("Dora Dev");
  await test.step("and a role that may not ban is offered no ban", async () => {
    await box(other).fill(">ban");
    await expect(options(other)).toHaveText(["Bans"]);
  });
});

test("the palette at 320 px, asking for a user", async ({ page, open, api, prefix }) => {
  await api.register(
    `${prefix}-with-quite-a-long-id-for-a-narrow-screen`,
    "Maria Magdalena de la Concepción y Ramírez",
  );
  await page.setViewportSize({ width: 320, height: 640 });
  await open("users");
  await ask(page, "ban a user");
  await page.keyboard.press("Enter");
  await expect(palette(page).getByRole("combobox", { name: "Ban a user…" })).toBeFocused();
  await box(page).fill("maria mag");
  await expect(options(page)).toHaveCount(1);
  const overflow = () => palette(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await expectAccessible(page, "palette asking for a user");
});
