import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const bar = (page: Page) => page.getByRole("region", { name: "Bulk actions" });
const focusedRow = (page: Page, userId: string) =>
  expect(page.getByTestId(`user-row-${userId}`).locator("[data-row-link]").first()).toBeFocused();

test("a list by keys alone: from the first key on the page to the bulk bar and back", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = ["a", "b", "c", "d", "e"].map((letter) => `${prefix}-${letter}`);
  const [a = "", b = "", , d = ""] = ids;
  await api.registerAll(ids);
  await open("users?sort=id");
  const { keyboard } = page;

  await test.step("j and k move without a single Tab before", async () => {
    await keyboard.press("j");
    await focusedRow(page, a);
    await keyboard.press("j");
    await focusedRow(page, b);
    await keyboard.press("k");
    await focusedRow(page, a);
  });

  await test.step("x ticks, Shift x ticks up to here", async () => {
    await keyboard.press("x");
    await expect(bar(page)).toContainText("1 selected");
    for (let row = 0; row < 3; row += 1) await keyboard.press("j");
    await focusedRow(page, d);
    await keyboard.press("Shift+X");
    await expect(bar(page)).toContainText("4 selected");
  });

  await test.step("b leads to the bulk actions, Escape back to the rows", async () => {
    await keyboard.press("b");
    await expect(bar(page).getByRole("button", { name: "Ban…", exact: true })).toBeFocused();
    await keyboard.press("Escape");
    await focusedRow(page, a);
    await keyboard.press("b");
    await keyboard.press("Enter");
    await expect(page.getByRole("alertdialog", { name: "Ban 4 users?" })).toBeVisible();
    await keyboard.press("Escape");
  });

  await test.step("/ leads to the search, Arrow Down into the rows that answer it, Enter opens", async () => {
    await keyboard.press("/");
    await expect(page.getByLabel("Search users")).toBeFocused();
    await keyboard.type(d);
    await keyboard.press("ArrowDown");
    await focusedRow(page, d);
    await expect(page).toHaveURL(new RegExp(`q=${d}`));
    await keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/users/${d}/profile$`));
  });

  await test.step("Enter opens the first row while nothing has the focus", async () => {
    await open("users?sort=id");
    await keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/users/${a}/profile$`));
  });

  await test.step("switched off, single keys do nothing", async () => {
    await keyboard.press("?");
    await page.getByRole("checkbox", { name: "Single-key shortcuts" }).click();
    await keyboard.press("Escape");
    // Another address than the one that was left: that one would give the focus back to its row.
    await open("users?sort=-id");
    await keyboard.press("j");
    await keyboard.press("/");
    await expect(page.locator(":focus")).toHaveCount(0);
  });
});

test("a click with Shift selects the range from the last row ticked, and clears it again", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = ["a", "b", "c", "d", "e"].map((letter) => `${prefix}-${letter}`);
  await api.registerAll(ids);
  await open("users?sort=id");
  const tick = (letter: string, options?: { modifiers: ["Shift"] }) =>
    page.getByRole("checkbox", { name: `Select ${prefix}-${letter}` }).click(options);
  await tick("d");
  await tick("b", { modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("3 selected");
  await expect(page.getByRole("checkbox", { name: `Select ${prefix}-c` })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: `Select ${prefix}-a` })).not.toBeChecked();
  await tick("d", { modifiers: ["Shift"] });
  await expect(bar(page)).toHaveCount(0);
});

test("/ on every list: search, else the first filter, else the palette", async ({ page, open }) => {
  for (const [path, focused] of [
    ["users", "Search users"],
    ["deleted-users", "Search deleted users"],
    ["groups", "Search groups"],
    ["audit-log", "Search the audit log"],
    ["webhooks/deliveries", "User of the deliveries"],
  ] as const) {
    await open(path);
    await page.keyboard.press("/");
    await expect(page.getByLabel(focused, { exact: true }), path).toBeFocused();
  }
  await open("bans");
  await page.keyboard.press("/");
  await expect(page.getByRole("search").locator(":focus")).toHaveCount(1);
  await open("overview");
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
});

test("operators: a row opens by keys, its panel has an address, and the number is told", async ({
  page,
  open,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  await open("../../../operators");
  await expect(page.getByRole("status").filter({ hasText: /\d+ operators?/ })).toHaveCount(1);
  const row = page.getByTestId(`operator-row-${operator.email}`);
  await row.getByRole("link", { name: operator.name }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: operator.name });
  await expect(panel).toContainText(operator.email);
  await expect(page).toHaveURL(/operator=/);
  await page.keyboard.press("Escape");
  await expect(row.getByRole("link", { name: operator.name })).toBeFocused();
  await page.keyboard.press("k");
  await expect(page.locator("tr :focus")).toHaveCount(1);
});

test("the audit log finds an operator by name and e-mail, and filters by name", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const { page: support, operator } = await visit("support");
  await api.register(prefix);
  await open(`users/${prefix}/profile`, "development", support);
  await support.getByRole("button", { name: "Ban…", exact: true }).click();
  const dialog = support.getByRole("alertdialog");
  await dialog.getByRole("button", { name: `Ban ${prefix}` }).click();
  await expect(dialog).toBeHidden();

  const entries = page.getByRole("region", { name: "Audit log", exact: true }).getByRole("row");
  for (const text of [operator.email, operator.email.toUpperCase(), operator.name]) {
    await open(`audit-log?q=${encodeURIComponent(text)}`);
    await expect(entries.filter({ hasText: prefix }), text).toHaveCount(1);
  }
  await open("audit-log");
  const filter = page.getByRole("combobox", { name: "Operator" });
  const option = filter.locator("option").filter({ hasText: operator.name }).first();
  await filter.selectOption((await option.getAttribute("value")) ?? "");
  await expect(page.getByRole("button", { name: /Remove filter Operator: / })).toBeVisible();
  await expect(page).toHaveURL(/actor=/);
  const action = page.getByRole("combobox", { name: "Action" });
  await expect(action.locator("optgroup").first()).toHaveAttribute("label", "Users");
  await action.selectOption("User banned");
  await expect(page.getByRole("button", { name: "Remove filter Action: User banned" })).toBeVisible();
});
