import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const look = (what: Locator, property: "backgroundColor" | "borderTopStyle" | "forcedColorAdjust") =>
  what.evaluate((element, asked) => getComputedStyle(element)[asked], property);

/** Where the system forces its own colours, backgrounds and shadows are gone. */
test("with forced colours one sees what is chosen, on, filled and on top", async ({ page, open, api, prefix }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);

  await test.step("the section and the tab", async () => {
    await open(`users/${prefix}-a/tags`);
    const tabs = page.getByRole("navigation", { name: "User", exact: true });
    const [tab, other] = [tabs.getByRole("link", { name: "Tags" }), tabs.getByRole("link", { name: "Tokens" })];
    expect(await look(tab, "backgroundColor")).not.toBe(await look(other, "backgroundColor"));
    expect(await look(tab, "forcedColorAdjust"), "nothing is painted behind its text").toBe("none");
    await open("bans");
    const menu = page.getByRole("navigation", { name: "Main" });
    const [section, sibling] = [menu.getByRole("link", { name: "Bans" }), menu.getByRole("link", { name: "Overview" })];
    expect(await look(section, "backgroundColor")).not.toBe(await look(sibling, "backgroundColor"));
  });

  await test.step("the entry of a menu and the edge of a dialog", async () => {
    await open("users");
    await page.getByRole("button", { name: `Actions for ${prefix}-a` }).click();
    await page.keyboard.press("ArrowDown");
    const [entry, other] = [page.locator("[role=menuitem]:focus"), page.getByRole("menuitem", { name: "Ban…" })];
    expect(await look(entry, "backgroundColor")).not.toBe(await look(other, "backgroundColor"));
    expect(await look(page.getByRole("menu"), "borderTopStyle")).toBe("solid");
    await page.getByRole("menuitem", { name: "Ban…" }).click();
    expect(await look(page.getByRole("alertdialog"), "borderTopStyle")).toBe("solid");
    await page.keyboard.press("Escape");
  });

  await test.step("how full the quota is", async () => {
    const meter = page.getByRole("meter", { name: "Development users" });
    expect(await look(meter.locator("div"), "backgroundColor")).not.toBe(await look(meter, "backgroundColor"));
  });

  await test.step("a switch that is on and one that is off", async () => {
    await open("chat/settings");
    const lever = page.getByRole("switch", { name: "Restrict direct messaging to friends" });
    const off = await look(lever.locator("span"), "backgroundColor");
    expect(off).not.toBe(await look(lever, "backgroundColor"));
    await lever.click();
    await expect.poll(() => look(lever.locator("span"), "backgroundColor")).not.toBe(off);
  });
});

test("on a phone the bulk bar takes one row, and everything is in it", async ({ page, open, api, prefix }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await api.registerAll([`${prefix}-a`, `${prefix}-b`, `${prefix}-c`]);
  await open("users");
  await page.getByRole("checkbox", { name: `Select ${prefix}-a` }).click();
  const bar = page.getByRole("region", { name: "Bulk actions" });
  await expect(bar.getByRole("button", { name: "Ban…", exact: true })).toBeVisible();
  expect((await bar.boundingBox())?.height).toBeLessThan(60);

  await bar.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Tag…", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("textbox", { name: "Tag" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar.getByRole("button", { name: "More actions" })).toBeFocused();
  await bar.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toBeHidden();
});
