import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });
const rule = (page: Page, question: string) =>
  page.getByRole("list", { name: "Rules in order" }).getByRole("listitem").filter({ hasText: question });

async function choose(page: Page, who: "Sender" | "Recipient", typed: string, userId: string): Promise<void> {
  await page.getByRole("combobox", { name: who }).fill(typed);
  await page.getByRole("option", { name: new RegExp(userId) }).click();
}

test("the verdict follows the switch, friendship, blocklist and ban, and names the rule", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [ann, bob] = [`${prefix}-ann`, `${prefix}-bob`];
  await api.registerAll([
    { userId: ann, name: "Ann" },
    { userId: bob, name: "Bob" },
  ]);
  await open("chat/message-check");
  await expect(verdict(page)).toHaveAttribute("data-state", "empty");
  await choose(page, "Sender", `${prefix}-a`, ann);
  await choose(page, "Recipient", "Bob", bob);
  await expect(verdict(page).getByRole("status")).toContainText(`Yes, ${ann} can message ${bob}.`);
  await expect(page).toHaveURL(new RegExp(`message-check\\?from=${ann}&to=${bob}$`));

  await test.step("friends only: the rule's own link leads to the switch", async () => {
    await rule(page, "Are they friends").getByRole("link", { name: "Chat settings" }).click();
    await page.getByRole("switch", { name: "Restrict direct messaging to friends" }).click();
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await open(`chat/message-check?from=${ann}&to=${bob}`);
    await expect(verdict(page).getByRole("status")).toContainText(`No, ${ann} can’t message ${bob}.`);
    await expect(rule(page, "Are they friends")).toContainText("Refuses");
  });

  await test.step("friends may", async () => {
    expect((await api.call("/v4/friend/add", { userId: ann, targetId: bob, action: 2 })).code).toBe(0);
    await page.reload();
    await expect(verdict(page).getByRole("status")).toContainText("Yes,");
  });

  await test.step("the blocklist comes first, in one direction", async () => {
    expect((await api.call("/v4/user/blocklist/add", { userId: bob, targetUserIds: [ann] })).code).toBe(0);
    await page.reload();
    await expect(rule(page, "Does the recipient allow")).toContainText(`${bob} has blocked ${ann}.`);
    await expect(rule(page, "Are they friends")).toContainText("Not reached; would pass");
    await rule(page, "Does the recipient allow").getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`/users/${bob}/blocklist$`));
    await page.goBack();
    await page.getByRole("button", { name: "Swap" }).click();
    await expect(verdict(page).getByRole("status")).toContainText(`Yes, ${bob} can message ${ann}.`);
    await page.goBack();
    await expect(verdict(page).getByRole("status")).toContainText(`No, ${ann}`);
    await expect(page.getByRole("combobox", { name: "Sender" })).toHaveValue(ann);
  });

  await test.step("a ban is named before the block", async () => {
    await api.ban([ann], 60);
    await page.reload();
    await expect(rule(page, "Can the sender connect")).toContainText("Refuses");
    await rule(page, "Can the sender connect").getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`/users/${ann}/bans$`));
  });
});

test("a user's menu opens the check with that user, by keys alone, for a viewer too, and takes an id that is nobody's", async ({
  open,
  api,
  prefix,
  visit,
}) => {
  const { page } = await visit("viewer");
  await api.register(prefix);
  await open(`users/${prefix}/profile`, "development", page);
  await page.getByRole("button", { name: `Actions for ${prefix}` }).click();
  await page.getByRole("menuitem", { name: "Check messages" }).click();
  await expect(page.getByRole("combobox", { name: "Sender" })).toHaveValue(prefix);
  const recipient = page.getByRole("combobox", { name: "Recipient" });
  await recipient.focus();
  await page.keyboard.type(prefix);
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(verdict(page).getByRole("status")).toContainText(`Yes, ${prefix} can message ${prefix}.`);
  await recipient.fill("nobody-of-that-name");
  await expect(page.getByText("No such user.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(verdict(page).getByRole("status")).toContainText("nobody-of-that-name isn’t registered here.");
});
