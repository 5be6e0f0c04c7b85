import type { Page } from "@playwright/test";
import { startWebhookReceiver, type WebhookReceiver } from "../lib/testing";
import { expectAccessible } from "./fixtures/accessibility";
import { test as base, expect } from "./fixtures/test";

const test = base.extend<{ receiver: WebhookReceiver }>({
  receiver: async ({ app }, use) => {
    const receiver = await startWebhookReceiver(app.development.appSecret);
    await use(receiver);
    await receiver.close();
  },
});

const address = (page: Page) => page.getByRole("textbox", { name: "Address" });
const log = (page: Page) => page.getByRole("table", { name: "Deliveries" });
const health = (page: Page) => page.getByRole("region", { name: "State of deliveries" });

async function save(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("dialog", { name: "Review changes" }).getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

async function setReceiver(page: Page, url: string, events: readonly string[]): Promise<void> {
  await address(page).fill(url);
  for (const event of events) await page.getByRole("checkbox", { name: event }).check();
  await save(page);
}

test("a webhook is set, tried with a ping, and gets a soft deletion and a threshold, signed", async ({
  page,
  open,
  api,
  receiver,
  prefix,
}) => {
  await test.step("an address that cannot be one is named before it is sent", async () => {
    await open("webhooks");
    await expect(page.getByRole("button", { name: "Send test ping" })).toBeDisabled();
    await address(page).fill("https://ana:secret@example.com");
    await expect(address(page)).toHaveAccessibleDescription(/Leave out name and password/);
    await expect(page.getByRole("button", { name: "Review" })).toBeDisabled();
  });

  await test.step("address and events are saved after review", async () => {
    await setReceiver(page, `${receiver.url}?from=e2e`, ["user:activation_state", "quota:threshold"]);
    await page.reload();
    await expect(address(page)).toHaveValue(`${receiver.url}?from=e2e`);
    await expect(page.getByRole("checkbox", { name: "quota:threshold" })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "user:friendship" })).not.toBeChecked();
  });

  await test.step("a ping arrives signed, and its answer is shown in place", async () => {
    await page.getByRole("button", { name: "Send test ping" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Accepted with 200" })).toBeVisible();
    expect(receiver.received).toMatchObject([{ type: "webhook:ping", genuine: true }]);
    expect(receiver.received[0]?.query.get("from")).toBe("e2e");
  });

  await test.step("the webhook secret is rotated, with a day in which both sign", async () => {
    const secret = page.getByRole("textbox", { name: "Webhook secret" });
    await page.getByRole("button", { name: "Reveal webhook secret" }).click();
    await expect(secret).toHaveValue(/^whsec_/);
    const before = await secret.inputValue();
    await page.getByRole("button", { name: "Rotate webhook secret…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Rotate the webhook secret?" });
    await expectAccessible(page, "rotate webhook secret dialog");
    await expect(dialog.getByRole("radio", { name: "1 day" })).toBeChecked();
    await dialog.getByRole("button", { name: "Rotate webhook secret" }).click();
    await expect(dialog).toBeHidden();
    await expect(secret).not.toHaveValue(before);
    await expect(page.getByRole("status").filter({ hasText: "Two secrets sign deliveries" })).toBeVisible();
  });

  await test.step("a soft-deleted user and the 80th user are told of", async () => {
    const users = Array.from({ length: 80 }, (_, index) => `${prefix}-${index}`);
    await api.registerAll(users);
    await api.call("/v4/user/soft-delete", { userIds: [users[0]] });
    await expect
      .poll(() => receiver.received.slice(1).map(({ type, genuine }) => ({ type, genuine })))
      .toEqual([
        { type: "quota:threshold", genuine: true },
        { type: "user:activation_state", genuine: true },
      ]);
    expect(receiver.received[1]?.data).toMatchObject([{ threshold: 80, registeredUsers: 80, limit: 100 }]);
    expect(receiver.received[2]?.data).toMatchObject([{ userId: users[0], operationType: 0, code: "0" }]);
  });

  await test.step("the log has all three, with the envelope as it was sent", async () => {
    await page.getByRole("navigation", { name: "Webhooks" }).getByRole("link", { name: "Deliveries" }).click();
    await expect(log(page).getByRole("row", { name: /Delivered/ })).toHaveCount(3);
    await log(page)
      .getByRole("row", { name: /user:activation_state/ })
      .getByRole("link", { name: /details/ })
      .click();
    const panel = page.getByRole("dialog", { name: "user:activation_state" });
    await expect(panel.getByRole("region", { name: "Tries" })).toContainText("Accepted with 200");
    await expect(panel.getByRole("region", { name: "envelope as JSON" })).toContainText(receiver.received[2]?.id ?? "");
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(
      log(page)
        .getByRole("row", { name: /user:activation_state/ })
        .getByRole("link", { name: /details/ }),
    ).toBeFocused();
  });

  await test.step("saving it is audited", async () => {
    await open("audit-log");
    await expect(
      page.getByRole("table", { name: "Audit log" }).getByRole("row", { name: /changed the webhook of/ }),
    ).toHaveCount(1);
  });
});

test("a broken receiver shows as failing, gets everything once it is repaired, and a delivery again on replay", async ({
  page,
  open,
  api,
  receiver,
  prefix,
}) => {
  const [first, second] = [`${prefix}-a`, `${prefix}-b`];
  await open("webhooks");
  await setReceiver(page, receiver.url, ["user:activation_state"]);
  receiver.answer = 503;
  await api.registerAll([first, second]);
  await api.call("/v4/user/soft-delete", { userIds: [first, second] });

  await test.step("both fail, and say what the receiver answered", async () => {
    await expect(health(page)).toContainText("2 failing", { timeout: 15_000 });
    await health(page).getByRole("link", { name: "2 failing" }).click();
    const row = log(page).getByRole("row", { name: new RegExp(first) });
    await expect(row).toContainText("Failing");
    await expect(row).toContainText("503");
    await row.getByRole("link", { name: /details/ }).click();
    await expect(page.getByRole("dialog").getByRole("region", { name: "Tries" })).toContainText("Answered 503.");
    await expect(page.getByRole("dialog").getByRole("button", { name: "Replay" })).toBeHidden();
  });

  await test.step("a repaired address gets both at once, and the log says so", async () => {
    receiver.answer = 200;
    await open("webhooks");
    await address(page).fill(`${receiver.url}?repaired=1`);
    await save(page);
    await expect(health(page)).toContainText("0 failing");
    await open("webhooks/deliveries?state=delivered");
    await expect(log(page).getByRole("row", { name: /user:activation_state/ })).toHaveCount(2);
    await log(page)
      .getByRole("row", { name: new RegExp(first) })
      .getByRole("link", { name: /details/ })
      .click();
  });

  await test.step("a replay sends it again under the same id", async () => {
    const ids = () => receiver.received.filter(({ data }) => data[0]?.userId === first).map(({ id }) => id);
    const before = ids().length;
    await page.getByRole("dialog").getByRole("button", { name: "Replay" }).click();
    await expect.poll(() => ids().length).toBe(before + 1);
    expect(new Set(ids()).size).toBe(1);
  });
});

test("production asks why; viewers look and change nothing", async ({ page, open, app, visit, receiver }) => {
  await app.openProduction();
  await open("webhooks", "production");
  await address(page).fill(receiver.url);
  await page.getByRole("button", { name: "Review" }).click();
  const review = page.getByRole("dialog", { name: "Review changes" });
  await review.getByRole("button", { name: "Save changes" }).click();
  await expect(review.getByRole("textbox", { name: "Note" })).toHaveAccessibleDescription(/note is required/);
  await review.getByRole("textbox", { name: "Note" }).fill("first receiver");
  await review.getByRole("button", { name: "Save changes" }).click();
  await expect(review).toBeHidden();

  const { page: viewer } = await visit("viewer");
  await open("webhooks", "production", viewer);
  // Without what may be a secret of the receiver.
  await expect(address(viewer)).toHaveValue(new URL("/…", receiver.url).href.replace(encodeURI("…"), "…"));
  await expect(address(viewer)).toBeDisabled();
  await expect(viewer.getByRole("button", { name: "Send test ping" })).toBeDisabled();
  await expect(viewer.getByRole("main")).toContainText("Only the role admin");
});
