import type { Page } from "@playwright/test";
import { startWebhookReceiver } from "../lib/testing";
import { expect, test } from "./fixtures/test";

const list = (page: Page, name: "Register your first user" | "First steps") =>
  page.getByRole("region", { name, exact: true });
const registrations = (page: Page) => page.getByRole("region", { name: "Registrations" });
const step = (page: Page, words: string) => page.getByRole("heading", { name: words, exact: true });

test("the first steps stay with what is done ticked, above the figures, until all four are done", async ({
  page,
  open,
  app,
  api,
  prefix,
  connect,
}) => {
  await test.step("nobody is registered: the steps in place of figures that would show nothing", async () => {
    await open("overview");
    await expect(list(page, "Register your first user").getByRole("heading", { name: / \(to do\)$/ })).toHaveCount(4);
    await expect(registrations(page)).toBeHidden();
    await list(page, "Register your first user").getByRole("link", { name: "App Keys" }).click();
    await page.getByRole("button", { name: "Reveal App Secret" }).click();
    await expect(page.getByRole("button", { name: "Hide App Secret" })).toBeVisible();
    await open("overview");
    await expect(step(page, "1. Get the App Key and the App Secret (done)")).toBeVisible();
  });

  const token = await test.step("a registration is noticed, and shown when asked for", async () => {
    const issued = await api.register(prefix);
    await expect(page.getByRole("status").filter({ hasText: "1 user registered." })).toBeVisible();
    await expect(step(page, "2. Register a user (to do)")).toBeVisible();
    await page.getByRole("button", { name: "Show the overview" }).click();
    await expect(step(page, "2. Register a user (done)")).toBeVisible();
    await expect(list(page, "First steps")).toContainText("2 of 4 done.");
    await expect(registrations(page)).toContainText("1 in the last 7 days");
    return issued;
  });

  await test.step("a client connects", async () => {
    await connect(token);
    await page.getByRole("button", { name: "Refresh: the overview" }).click();
    await expect(step(page, "3. Connect a client (done)")).toBeVisible();
  });

  await test.step("with the last step the list is gone and the figures stay", async () => {
    const receiver = await startWebhookReceiver(app.development.appSecret);
    await list(page, "First steps").getByRole("link", { name: "Webhooks" }).click();
    await page.getByRole("textbox", { name: "Address" }).fill(receiver.url);
    await page.getByRole("checkbox", { name: "user:friendship" }).check();
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByRole("dialog", { name: "Review changes" }).getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await receiver.close();
    await open("overview");
    await expect(registrations(page)).toBeVisible();
    await expect(list(page, "First steps")).toBeHidden();
  });
});

test("figures of each day: another figure, more days, a table, all in the address", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`]);
  await open("overview");
  await expect(registrations(page)).toContainText("2 in the last 7 days");
  await registrations(page).getByRole("link", { name: "30 days" }).click();
  await expect(registrations(page)).toContainText("2 in the last 30 days");
  await registrations(page).getByRole("link", { name: "Active users" }).click();
  const active = page.getByRole("region", { name: "Active users" });
  await expect(active).toContainText("At most 0 a day in the last 30 days");
  await active.getByRole("link", { name: "Table" }).click();
  await expect(active.getByRole("row")).toHaveCount(31);
  await expect(active.getByRole("row").nth(1).getByRole("cell")).toHaveText(["2", "0", "0"]);
  expect(new URL(page.url()).search).toBe("?figure=active&days=30&view=table");
});

test("who does not need all of the steps hides them in this browser and this environment, and may undo it", async ({
  page,
  open,
  app,
  api,
  prefix,
  visit,
}) => {
  await api.register(prefix);
  await open("overview");
  const hide = page.getByRole("button", { name: "Hide first steps" });
  await hide.click();
  await expect(list(page, "First steps")).toBeHidden();
  await expect(registrations(page)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list(page, "First steps")).toContainText("1 of 4 done.");
  await hide.click();
  await expect(list(page, "First steps")).toBeHidden();
  await open("overview");
  await expect(registrations(page)).toBeVisible();
  await expect(list(page, "First steps")).toBeHidden();

  const { page: other } = await visit("admin");
  await open("overview", "development", other);
  await expect(list(other, "First steps")).toBeVisible();
  await app.openProduction();
  await open("overview", "production");
  await expect(list(page, "Register your first user")).toBeVisible();
  await expect(hide, "nothing else is there to show").toHaveCount(0);
});

test("a viewer's first steps say what needs another role, and lead to no page that refuses", async ({
  open,
  visit,
}) => {
  const { page: viewer } = await visit("viewer");
  await open("overview", "development", viewer);
  const steps = list(viewer, "Register your first user");
  await expect(steps).toContainText("Revealing the App Secret: Needs the role admin; yours is viewer.");
  await expect(steps).not.toContainText("reveal the App Secret there");
  await expect(steps).toContainText("Changing the webhook: Needs the role admin; yours is viewer.");
  await expect(steps.getByRole("link", { name: "test client" })).toHaveCount(0);
  for (const name of await steps.getByRole("link").allInnerTexts()) {
    await open("overview", "development", viewer);
    await steps.getByRole("link", { name, exact: true }).click();
    await expect(viewer.getByRole("heading", { level: 1, name })).toBeVisible();
  }

  const { page: admin } = await visit("admin");
  await open("overview", "development", admin);
  await expect(list(admin, "Register your first user")).toContainText("reveal the App Secret there");
  await expect(list(admin, "Register your first user").getByRole("link", { name: "test client" })).toBeVisible();
});
