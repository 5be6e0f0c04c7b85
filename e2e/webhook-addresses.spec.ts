import { createServer } from "node:net";
import { startWebhookReceiver } from "../lib/testing";
import { expect, test } from "./fixtures/test";

// What the way out of the process refuses crosses from one bundle of the built console into another: only the built one
// can tell whether the operator reads why.

test("an address that leads nowhere is refused at its field, and what was typed stays", async ({ page, open }) => {
  await open("webhooks");
  const address = page.getByRole("textbox", { name: "Address" });
  await address.fill("http://no-such-host.invalid/hooks");
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
  const review = page.getByRole("dialog", { name: "Review changes" });
  await review.getByRole("button", { name: "Save changes" }).click();
  await expect(
    page.getByText(/The name no-such-host.invalid (leads to no address|could not be looked up in time)\./),
  ).toBeVisible();
  await expect(page.getByText("Something went wrong on our side")).toBeHidden();
});

test("a ping says why there was no answer", async ({ page, open, app }) => {
  const receiver = await startWebhookReceiver(app.development.appSecret);
  await open("webhooks");
  await page.getByRole("textbox", { name: "Address" }).fill(receiver.url);
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("dialog", { name: "Review changes" }).getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  const { port } = new URL(receiver.url);
  await receiver.close();

  await test.step("nobody listens", async () => {
    await page.getByRole("button", { name: "Send test ping" }).click();
    await expect(page.getByRole("main")).toContainText("The receiver refuses the connection.");
  });

  await test.step("somebody listens and never answers", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(Number(port), "127.0.0.1", resolve));
    await page.getByRole("button", { name: "Send test ping" }).click();
    await expect(page.getByRole("main")).toContainText("No answer within 5 seconds.");
    silent.close();
  });
  await expect(page.getByText("Something went wrong on our side")).toBeHidden();
});
