import { expectAccessible } from "./fixtures/accessibility";
import { expect, test } from "./fixtures/test";

// The sweeper looks twice a minute.
test.describe.configure({ timeout: 150_000 });

test("a wave of registrations stands on the overview, and leads to its users and to deleting them", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.registerAll([`${prefix}-before`, ...Array.from({ length: 60 }, (_, n) => `promo-${n}`)]);
  const wave = page.getByRole("region", { name: "Registration waves" });
  await expect(async () => {
    await open("overview");
    await expect(wave).toContainText("Registration wave: 60 users with promo-… since", { timeout: 1_000 });
  }).toPass({ timeout: 90_000, intervals: [2_000] });
  await expect(wave).toContainText("Usual: 0 an hour");
  await expectAccessible(page, "overview with a wave");

  await wave.getByRole("link", { name: /See them/ }).click();
  await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue("promo-");
  await expect(page.getByRole("region", { name: "Users", exact: true })).toHaveAttribute("data-state", "ready");
  await expect(page.getByRole("main")).toContainText("60 users");
  await expect(page.getByTestId(`user-row-${prefix}-before`)).toHaveCount(0);

  await open("overview");
  await wave.getByRole("link", { name: /Delete them/ }).click();
  await expect(page.getByLabel("Prefix", { exact: true })).toHaveValue("promo-");
});
