import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures/test";

/** How far from the middle of an error each line of its code and request id stands, in pixels. */
const offCentre = (alert: Locator) =>
  alert.evaluate((box) => {
    const middle = ({ left, right }: { left: number; right: number }) => (left + right) / 2;
    const lines = new Map<number, { left: number; right: number }>();
    for (const part of box.querySelectorAll("span:has(> code)")) {
      const { top, left, right } = part.getBoundingClientRect();
      const line = lines.get(Math.round(top)) ?? { left, right };
      lines.set(Math.round(top), { left: Math.min(left, line.left), right: Math.max(right, line.right) });
    }
    return [...lines.values()].map((line) => Math.abs(middle(line) - middle(box.getBoundingClientRect())));
  });

test("what could not be loaded says why, with code and request id in the middle like the rest, and Retry reads it", async ({
  page,
  open,
}) => {
  const requestId = "0123456789abcdef0123456789abcdef";
  await page.route("**/webhooks/deliveries/1", (route) =>
    route.fulfill({
      status: 500,
      json: { error: { code: "internal", message: "Something went wrong on our side.", requestId } },
    }),
  );
  await open("webhooks/deliveries?delivery=1");
  const alert = page.getByRole("alert").filter({ hasText: "Could not load the delivery" });
  await expect(alert).toContainText("Something went wrong on our side.");
  await expect(alert).toContainText("Code internal");
  await expect(alert).toContainText(requestId);
  await alert.getByRole("button", { name: "Details" }).click();
  await expect(alert.getByRole("button", { name: "Copy details" })).toBeVisible();
  for (const width of [1280, 375, 320]) {
    await page.setViewportSize({ width, height: 740 });
    const distances = await offCentre(alert);
    expect(distances.length, `${width} px wide`).toBeGreaterThan(0);
    for (const distance of distances) expect(distance, `${width} px wide`).toBeLessThanOrEqual(1);
  }

  await page.unroute("**/webhooks/deliveries/1");
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("dialog")).toContainText("No delivery has this number here.");
});
