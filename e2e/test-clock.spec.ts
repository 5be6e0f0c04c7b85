import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { captureAction, replayAction } from "./fixtures/actions";
import { commandLine } from "./fixtures/command-line";
import { expect, test } from "./fixtures/test";

const clock = (page: Page) => page.getByRole("region", { name: "Test clock" });
const DAY_MS = 86_400_000;

/** How far the moment that the banner shows is ahead of real time. */
async function aheadMs(page: Page): Promise<number> {
  const shown = await clock(page).getByRole("time").getAttribute("datetime");
  return Date.parse(shown ?? "") - Date.now();
}

test("a move of the clock lifts a ban at once and is shown on every screen; back to real time, everything has its real time", async ({
  page,
  open,
  api,
  app,
  prefix,
}) => {
  const [alice, bob] = [`${prefix}alice`, `${prefix}bob`];
  await api.register(alice);
  await api.call("/v4/user/ban", { userIds: [alice], durationMinutes: 1440 });
  await open(`users?q=${prefix}`);
  await expect(page.getByTestId(`user-row-${alice}`)).toContainText("Banned until");
  await expect(clock(page)).toHaveCount(0);

  await test.step("move it forward by a length of one's own", async () => {
    await open("test-runs");
    await page.getByRole("button", { name: "Test clock…" }).click();
    const dialog = page.getByRole("dialog", { name: "Move the test clock" });
    await dialog.getByLabel("Move forward").selectOption({ label: "Another length…" });
    await dialog.getByLabel("Length").fill("a week");
    await dialog.getByRole("button", { name: "Move forward" }).click();
    await expect(dialog.getByLabel("Length")).toHaveAccessibleDescription(/Must be a length such as/);
    await dialog.getByLabel("Length").fill("2d");
    await expectAccessible(page, "move the test clock");
    await dialog.getByRole("button", { name: "Move forward" }).click();
    await expect(dialog).toBeHidden();
    await expect(clock(page)).toContainText("2 days ahead of real time");
  });

  await test.step("the ban is over, and who is banned now is banned by the environment's time", async () => {
    await open(`users?q=${prefix}`);
    await expect(clock(page)).toContainText("2 days ahead of real time");
    expect(Math.abs((await aheadMs(page)) - 2 * DAY_MS)).toBeLessThan(120_000);
    await expect(page.getByTestId(`user-row-${alice}`)).toContainText("Active");
    await api.register(bob);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByTestId(`user-row-${bob}`)).toContainText("just now");
    await expectAccessible(page, "users under a test clock");
  });

  await test.step("a second move from the banner, by somebody else's hand meanwhile", async () => {
    await clock(page).getByRole("button", { name: "Move forward…" }).click();
    const dialog = page.getByRole("dialog", { name: "Move the test clock" });
    await commandLine("clock", "advance", "--app", app.id, "--by", "1d");
    await dialog.getByLabel("Move forward").selectOption({ label: "1 day" });
    await dialog.getByRole("button", { name: "Move forward" }).click();
    await expect(dialog.getByRole("alert")).toContainText("version_conflict");
    await dialog.getByRole("button", { name: "Keep theirs" }).click();
    await expect(clock(page)).toContainText("3 days ahead of real time");
  });

  await test.step("back to real time", async () => {
    await clock(page).getByRole("button", { name: "Back to real time" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Go back to real time?" });
    await expect(dialog).toContainText("Access tokens that were issued under the test clock stop working.");
    await expectAccessible(page, "back to real time");
    await dialog.getByRole("button", { name: "Back to real time" }).click();
    await expect(clock(page)).toHaveCount(0);
    await expect(page.getByTestId(`user-row-${alice}`)).toContainText("Active");
    await expect(page.getByTestId(`user-row-${bob}`)).toContainText("just now");
    await open("audit-log?action=clock.ended");
    await expect(page.getByRole("table", { name: "Audit log" })).toContainText("ended the test clock of");
  });
});

test("a viewer sees the time and no button; production has no clock, and refuses what development's page calls", async ({
  page,
  open,
  visit,
  app,
}) => {
  await app.openProduction();
  await open("test-runs?dialog=clock");
  const dialog = page.getByRole("dialog", { name: "Move the test clock" });
  const move = await captureAction(page, () => dialog.getByRole("button", { name: "Move forward" }).click());
  await expect(clock(page)).toContainText("7 days ahead of real time");
  const answer = await replayAction(page, move, (text) => text.replaceAll("development", "production"));
  expect(answer.text).toContain("development_only");

  const { page: viewer } = await visit("viewer");
  await open("users", "development", viewer);
  await expect(clock(viewer)).toContainText("7 days ahead of real time");
  await expect(clock(viewer).getByRole("button")).toHaveCount(0);

  await open("users", "production");
  await expect(clock(page)).toHaveCount(0);
  await expect(page.getByText(/test clock/i)).toHaveCount(0);
});
