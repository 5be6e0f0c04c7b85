import type { Locator, Page } from "@playwright/test";
import { createGroup } from "./fixtures/groups";
import { responsive } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

const main = (page: Page) => page.getByRole("main");
const menu = (page: Page) => page.getByRole("navigation", { name: "Main" });

async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (box === null) throw new Error("It is not on the screen.");
  return box;
}

/** Whether two things on the screen lie on one another. */
async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await boxOf(one), await boxOf(other)];
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a click in the middle of something on the screen would reach it. */
const isOnTop = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

test("at 320 px no main screen scrolls sideways", async ({ page, open, app, api, prefix, signedInAs }) => {
  test.setTimeout(120_000);
  const { operator } = await signedInAs("owner");
  const user = `${prefix}-a-rather-long-identifier-of-a-user`;
  await api.registerAll([
    { userId: user, name: "Maria Magdalena de la Concepción y Ramírez" },
    `${prefix}-b`,
    `${prefix}-c`,
  ]);
  await createGroup(api, `${prefix}-g`, "A group with a name of some length", [user, `${prefix}-b`]);
  await api.ban([user], 600);
  await api.softDelete([`${prefix}-c`]);
  await page.setViewportSize({ width: 320, height: 640 });
  const base = `/apps/${app.id}/development`;
  const paths = [
    ...[
      "overview",
      "users",
      "bans",
      "bans?tab=ended",
      "deleted-users",
      "delete-test-users",
      "groups",
      `groups/${prefix}-g`,
    ],
    ...[
      "chat/settings",
      "chat/message-check",
      "test-client",
      "webhooks",
      "webhooks/deliveries",
      "audit-log",
      "keys",
      "quotas",
    ],
    ...["profile", "tags", "connections", "tokens", "friends", "blocklist", "groups", "bans", "activity", "raw"].map(
      (tab) => `users/${user}/${tab}`,
    ),
    ...["users/nobody", "jobs/nothing", "no-such-page"],
  ].map((path) => `${base}/${path}`);
  const installation = [
    "/apps",
    "/operators",
    `/operators?operator=${operator.email}`,
    "/account",
    "/roles",
    "/testing",
  ];
  for (const path of [...paths, ...installation]) {
    await page.goto(path);
    await responsive(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, path).toBeLessThanOrEqual(0);
  }
  await open("chat/settings");
  await page.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, "with the save bar").toBeLessThanOrEqual(0);
});

test("a row's menu stays in sight at 375 and 820 px, and the head of a long table stays above its rows", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
  await api.registerAll(ids);
  for (const width of [375, 820, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await open("users?sort=id&size=50");
    const button = page.getByRole("button", { name: `Actions for ${prefix}-01` });
    await expect(button).toBeInViewport({ ratio: 1 });
    await button.click();
    await expect(page.getByRole("menu")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Escape");
    await page.getByTestId(`user-row-${prefix}-28`).scrollIntoViewIfNeeded();
    await expect(page.getByRole("columnheader", { name: "User" }), `${width} px`).toBeInViewport({ ratio: 1 });
  }
});

test("toasts never lie on the bulk bar, on the save bar, on a dialog or on a menu, and can be pressed beside a panel", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
  await api.registerAll(ids);
  const toast = page.locator("[data-sonner-toast]").first();
  for (const size of [
    { width: 1280, height: 800 },
    { width: 375, height: 740 },
  ]) {
    await page.setViewportSize(size);
    await open("users?size=50");
    await page.getByRole("checkbox", { name: `Select ${prefix}-29` }).click();
    const bar = page.getByRole("region", { name: "Bulk actions" });
    await page.context().grantPermissions(["clipboard-write"]);
    // On a phone it is among the acts that stand behind "More actions".
    const more = bar.getByRole("button", { name: "More actions" });
    if (await more.isVisible()) {
      await more.click();
      await page.getByRole("menuitem", { name: "Copy IDs" }).click();
    } else {
      await bar.getByRole("button", { name: "Copy IDs" }).click();
    }
    await expect(toast).toBeVisible();
    await expect.poll(() => overlap(toast, bar), { message: `${size.width} px` }).toBe(false);
    await page
      .getByTestId(`user-row-${prefix}-28`)
      .getByRole("button", { name: /^Actions for/ })
      .click();
    await page.getByRole("menuitem", { name: "Copy ID", exact: true }).click();
    await page
      .getByTestId(`user-row-${prefix}-28`)
      .getByRole("button", { name: /^Actions for/ })
      .click();
    await expect(toast).toBeVisible();
    expect(await isOnTop(page.getByRole("menuitem").last()), `a menu at ${size.width} px`).toBe(true);
    await page.getByRole("menuitem", { name: "Ban…" }).click();
    await expect(toast).toBeVisible();
    for (const name of ["Cancel", `Ban ${prefix}-28`]) {
      const button = page.getByRole("alertdialog").getByRole("button", { name, exact: true });
      expect(await isOnTop(button), `${name} at ${size.width} px`).toBe(true);
    }
    await page.keyboard.press("Escape");
    await bar.getByRole("button", { name: "Clear" }).click();
  }

  await page.setViewportSize({ width: 1280, height: 800 });
  await open(`users?peek=${prefix}-30`);
  const panel = page.getByRole("dialog");
  await panel.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Copy ID", exact: true }).click();
  await expect(toast).toBeVisible();
  await expect.poll(() => overlap(toast, panel)).toBe(false);
  await toast.getByRole("button", { name: "Close toast" }).click();
  await expect(toast).toBeHidden();
  await expect(panel).toBeVisible();

  await open("chat/settings");
  await page.getByRole("button", { name: "Your account" }).waitFor();
  await page.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
  const saveBar = page.getByRole("region", { name: "Unsaved changes" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByRole("menuitem", { name: /http/ }).click();
  await expect(toast).toBeVisible();
  await expect.poll(() => overlap(toast, saveBar)).toBe(false);
});

test("the save bar never covers the switch that was just used", async ({ page, open }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const name of ["Restrict direct messaging to friends", "Enable auto messaging for profile update"]) {
    await open("chat/settings");
    const control = page.getByRole("switch", { name });
    // Where the bar is about to appear.
    await control.evaluate((element) => {
      const { bottom } = element.getBoundingClientRect();
      window.scrollBy({ top: bottom - window.innerHeight + 30, behavior: "instant" });
    });
    await control.click();
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await expect(bar).toBeVisible();
    await expect.poll(() => overlap(control, bar), { message: name }).toBe(false);
    await expect(control).toBeInViewport({ ratio: 1 });
  }
});

test("what does not exist keeps menu and header, and leads on", async ({ page, open, app, prefix }) => {
  await test.step("no page of the app", async () => {
    await open("no-such-page");
    await expect(main(page).getByRole("heading", { name: "Not found here" })).toBeVisible();
    await expect(menu(page).getByRole("link", { name: "Users", exact: true })).toBeVisible();
    await main(page).getByRole("link", { name: "Go to the overview" }).click();
    await expect(page).toHaveURL(new RegExp(`/apps/${app.id}/development/overview$`));
  });

  await test.step("a job, a group, a user, a delivery", async () => {
    for (const [path, title, link] of [
      ["jobs/nothing", "No such job", "All users"],
      [`groups/${prefix}-none`, "No such group", "All groups"],
      [`users/${prefix}-none/profile`, "No such user", "All users"],
    ] as const) {
      await open(path);
      await expect(main(page).getByRole("heading", { name: title })).toBeVisible();
      await expect(main(page).getByRole("link", { name: link })).toBeVisible();
    }
    await open("webhooks/deliveries?delivery=123456");
    await page.getByRole("dialog").getByRole("link", { name: "All deliveries" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("Production that no plan has opened", async () => {
    await open("users", "production");
    await expect(main(page).getByRole("heading", { name: `${app.name} has no Production yet` })).toBeVisible();
    await expect(menu(page)).toBeVisible();
    await main(page).getByRole("link", { name: "Go to App settings" }).click();
    await expect(page).toHaveURL(new RegExp(`/apps/${app.id}/development/settings#plan$`));
  });

  await test.step("no such app, and an app without an environment", async () => {
    await page.goto("/apps/app-nobody/development/users?visual=on");
    await responsive(page);
    // Drawn anew from the root: what stood on <html> stays.
    await expect(page.locator("html")).toHaveAttribute("data-visual", "on");
    await expect(main(page).getByRole("heading", { name: "This app does not exist" })).toBeVisible();
    await expect(menu(page).getByRole("link", { name: "Operators" })).toBeVisible();
    await page.goto(`/apps/${app.id}`);
    await expect(page).toHaveURL(new RegExp(`/apps/${app.id}/development/overview$`));
  });
});

test("the tab's title names page, environment and app", async ({ page, open, app }) => {
  await open("users");
  await expect(page).toHaveTitle(`Users · DEV · ${app.name}`);
  await app.openProduction();
  await open("audit-log", "production");
  await expect(page).toHaveTitle(`Audit log · PROD · ${app.name}`);
});

test("a name is not cut to make room for an id", async ({ page, open, api, prefix }) => {
  const name = "Alexandra Konstantinopoulou";
  await api.register(`${prefix}-${"x".repeat(64 - prefix.length - 1)}`, name);
  for (const width of [1280, 820]) {
    await page.setViewportSize({ width, height: 700 });
    await open("users");
    const shown = page.getByRole("rowheader").getByText(name, { exact: true });
    const cut = await shown.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(cut, `${width} px`).toBeLessThanOrEqual(0);
  }
});
