import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const friendsSwitch = (page: Page) => page.getByRole("switch", { name: "Restrict direct messaging to friends" });

async function review(page: Page): Promise<void> {
  const button = page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" });
  await button.click();
  await expect(page.getByRole("dialog", { name: "Review changes" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button, "a review called off gives the focus back").toBeFocused();
  await button.click();
}

const save = (page: Page) =>
  page.getByRole("dialog", { name: "Review changes" }).getByRole("button", { name: "Save changes" });

test("the friends switch is saved after review, survives a reload and is audited", async ({
  page,
  open,
  signedInAs,
}) => {
  const { operator } = await signedInAs("owner");
  await open("chat/settings");
  await expect(friendsSwitch(page)).not.toBeChecked();

  await friendsSwitch(page).click();
  await test.step("a change alone saves nothing", async () => {
    await expect(page.getByRole("region", { name: "Unsaved changes" })).toContainText("1 change");
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(friendsSwitch(other)).not.toBeChecked();
    await other.close();
  });

  await review(page);
  await expect(page.getByRole("dialog", { name: "Review changes" })).toContainText(
    "Restrict direct messaging to friends",
  );
  await save(page).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.reload();
  await expect(friendsSwitch(page)).toBeChecked();

  await open("audit-log");
  const entry = page.getByRole("table", { name: "Audit log" }).getByRole("row", { name: /changed the chat settings/ });
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText(operator.name);
});

test("of two operators who change settings at once, the second is told and neither change is lost", async ({
  page,
  open,
  visit,
}) => {
  await open("chat/settings");
  const { page: second, operator } = await visit("admin");
  await open("chat/settings", "development", second);
  const preference = (of: Page) => of.getByRole("combobox", { name: "Friend request preference" });

  await test.step("the other one saves first", async () => {
    await preference(second).selectOption("Nobody");
    await review(second);
    await save(second).click();
    await expect(second.getByRole("dialog")).toBeHidden();
  });

  await test.step("this one is told by whom, with code and request id", async () => {
    await friendsSwitch(page).click();
    await review(page);
    await save(page).click();
    const conflict = page.getByRole("alert").filter({ hasText: "version_conflict" });
    await expect(conflict).toContainText(/Request ID/i);
    await expect(conflict).toContainText(`${operator.name} changed the chat settings`);
    await expect(conflict.getByRole("button", { name: "Keep theirs" })).toBeVisible();
    await conflict.getByRole("button", { name: "Compare" }).click();
    await expect(conflict).toBeHidden();
  });

  await test.step("and saves the own change on top of the other", async () => {
    await save(page).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.reload();
    await expect(friendsSwitch(page)).toBeChecked();
    await expect(preference(page)).toHaveValue(await preference(second).inputValue());
    await expect(page.getByRole("main")).toContainText(operator.name);
  });
});

test("a viewer sees the settings and cannot change them", async ({ open, visit }) => {
  const { page } = await visit("viewer");
  await open("chat/settings", "development", page);
  await expect(friendsSwitch(page)).toBeDisabled();
});
