import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
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
});

test("who may not export sees why", async ({ api, open, prefix, visit }) => {
  await api.register(prefix);
  const { page } = await visit("support");
  await open("users", "development", page);
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: "JSON" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("menuitem", { name: "JSON" })).toContainText("Needs the role admin; yours is support.");
});
