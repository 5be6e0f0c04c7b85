import type { Page } from "@playwright/test";
import { responsive } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

/** Cards of the installation's own settings. Nothing of what is typed here keeps anybody out, and it is taken back. */
const CARDS = [
  {
    card: "Sign-in rules",
    of: "operators",
    field: "In any case, after days",
    row: /^Ends in any case after/,
    values: { before: "30", theirs: "31", mine: "32" },
    save: "Save rules",
    saved: "Sign-in rules saved.",
  },
  {
    card: "Networks",
    of: "operators",
    field: "Open to",
    row: /^Networks/,
    values: { before: "", theirs: "0.0.0.0/0\n::/0", mine: "::/0\n0.0.0.0/0\n127.0.0.1" },
    save: "Save networks",
    saved: "Networks saved.",
  },
  {
    card: "Retention",
    of: "audit log",
    field: "Ended bans, days",
    row: /^Ended bans, days/,
    values: { before: "", theirs: "3650", mine: "3649" },
    save: "Save retention",
    saved: "Retention saved.",
  },
  {
    card: "Streaming",
    of: "audit log",
    field: "Address",
    row: /^Address/,
    values: { before: "", theirs: "https://203.0.113.1/theirs", mine: "https://203.0.113.1/mine" },
    save: "Save address",
    saved: "Streaming saved.",
  },
] as const;

for (const { card, of, field, row, values, save, saved } of CARDS) {
  test(`${card}: what somebody else has saved while one typed is shown beside it, to keep theirs or to replace it`, async ({
    app,
    newcomer,
  }) => {
    const { page: here, operator } = await newcomer("owner");
    const there = await here.context().newPage();
    const path = of === "operators" ? "/operators" : `/apps/${app.id}/development/audit-log?scope=installation`;
    for (const tab of [here, there]) {
      await tab.goto(path);
      await responsive(tab);
    }
    const region = (tab: Page) => tab.getByRole("region", { name: card, exact: true });
    const box = (tab: Page) => region(tab).getByLabel(field, { exact: true });
    const conflict = region(here).getByRole("alert").filter({ hasText: "Someone changed this" });
    const both = region(here).getByRole("table", { name: "Theirs and yours" }).getByRole("row", { name: row });
    const saveIn = async (tab: Page, value: string) => {
      await box(tab).fill(value);
      await region(tab).getByRole("button", { name: save }).click();
    };
    const shows = (text: string) => text.replaceAll("\n", " ");
    await expect(box(here)).toHaveValue(values.before);

    await test.step("keep theirs", async () => {
      await saveIn(there, values.theirs);
      await expect(there.getByText(saved)).toBeVisible();
      await saveIn(here, values.mine);
      await expect(conflict).toContainText(operator.name);
      await expect(both).toContainText(shows(values.theirs));
      await expect(both).toContainText(shows(values.mine));
      await conflict.getByRole("button", { name: "Keep theirs" }).click();
      await expect(conflict).toBeHidden();
      await expect(box(here)).not.toHaveValue(values.mine);
      await expect(region(here).getByRole("button", { name: save })).toBeDisabled();
    });

    await test.step("replace", async () => {
      await there.reload();
      await responsive(there);
      await saveIn(there, values.before);
      await expect(there.getByText(saved)).toBeVisible();
      await saveIn(here, values.mine);
      await conflict.getByRole("button", { name: "Replace" }).click();
      await expect(here.getByText(saved)).toBeVisible();
      await expect(conflict).toBeHidden();
    });

    await saveIn(here, values.before);
    await expect(region(here).getByRole("button", { name: save })).toBeDisabled();
    await expect(box(here)).toHaveValue(values.before);
  });
}
