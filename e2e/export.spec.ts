import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { expect, test } from "./fixtures/test";

async function exported(page: Page, format: string): Promise<{ name: string; text: string }> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: format }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("a list is downloaded as it is shown, and the audit log says who took what", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const ids = ["a", "b", "c"].map((end) => `${prefix}-${end}`);
  await api.registerAll(ids);
  await api.ban([ids[1] ?? ""], 60);
  await open("users?status=banned");
  const banned = await exported(page, "CSV, for spreadsheets");
  expect(banned.name).toMatch(/^users-development-\d{4}-\d\d-\d\d\.csv$/);
  expect(banned.text.trimEnd().split("\r\n")).toHaveLength(2);
  expect(banned.text).toContain(`${ids[1]},`);

  await open(`users?q=${prefix}&size=25`);
  const found = JSON.parse((await exported(page, "JSON")).text) as { userId: string }[];
  expect(found.map(({ userId }) => userId).sort()).toEqual(ids);

  await open("audit-log?time=24h");
  const entries = JSON.parse((await exported(page, "JSON")).text) as { action: string; after: unknown }[];
  // The file begins with what stood there when it was asked for.
  expect(entries[0]).toMatchObject({
    action: "list.exported",
    after: { list: "users", format: "json", q: prefix },
  });
  expect(Object.keys(entries.at(-1) ?? {})).toEqual(["signature"]);

  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("status").filter({ hasText: /as written|sealed yet/ })).toBeVisible();
  await expectAccessible(page, "audit log, verified");
});

test("what another site makes a browser send is a security event of the installation", async ({ page, open }) => {
  const headers = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  expect((await page.request.post("/sign-in", { headers })).status()).toBe(403);
  await expect(async () => {
    await open("audit-log?scope=installation&category=security&action=security.cross_site_refused");
    const row = page.getByRole("row", { name: /sent requests from another site to this console \(\d+ within an hour/ });
    await expect(row.first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("who may not export sees why", async ({ api, open, prefix, visit }) => {
  await api.register(prefix);
  const { page } = await visit("support");
  await open("users", "development", page);
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: "JSON" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("menuitem", { name: "JSON" })).toContainText("Needs the role admin; yours is support.");
});
