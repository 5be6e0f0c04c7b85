import { expectAccessible } from "./fixtures/accessibility";
import { expect, test } from "./fixtures/test";

test("operators note something about a user; only its author changes a note, and the log does not repeat it", async ({
  page,
  open,
  api,
  prefix,
  visit,
}) => {
  const userId = `${prefix}-alice`;
  await api.registerAll([userId]);
  await open(`users/${userId}/notes`);
  await page.getByRole("textbox", { name: "New note" }).fill("Called in, lost her phone.");
  await page.getByRole("button", { name: "Add note" }).click();
  const notes = page.getByRole("region", { name: "Notes", exact: true }).getByRole("listitem");
  await expect(notes).toHaveCount(1);
  await expect(
    page.getByRole("navigation", { name: "User", exact: true }).getByRole("link", { name: /^Notes/ }),
  ).toContainText("1");

  await notes.getByRole("button", { name: "Edit" }).click();
  await expect(page.getByRole("textbox", { name: "Note", exact: true })).toBeFocused();
  await page.getByRole("textbox", { name: "Note", exact: true }).fill("Called in, found her phone.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(notes).toContainText("found her phone");
  await expect(notes).toContainText("edited");
  await expectAccessible(page, "notes on a user");

  const { page: support } = await visit("support");
  await open(`users/${userId}/notes`, "development", support);
  const theirs = support.getByRole("region", { name: "Notes", exact: true }).getByRole("listitem");
  await expect(theirs).toContainText("found her phone");
  await expect(theirs.getByRole("button")).toHaveCount(0);

  await open(`users/${userId}/activity`);
  await expect(page.getByRole("main")).toContainText("changed a note on");
  await expect(page.getByRole("main")).not.toContainText("phone");

  await open(`users/${userId}/notes`);
  await notes.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete note" }).click();
  await expect(page.getByText("No notes yet")).toBeVisible();
});

test("a user's page says in both directions whether the user and another can message each other", async ({
  page,
  open,
  api,
  prefix,
}) => {
  const [alice, bob] = [`${prefix}-alice`, `${prefix}-bob`];
  await api.registerAll([alice, bob]);
  await api.call("/v4/user/blocklist/add", { userId: bob, targetUserIds: [alice] });
  await open(`users/${alice}/message-check`);
  const other = page.getByRole("combobox", { name: "Other user" });
  await other.fill(bob);
  await page.getByRole("option", { name: new RegExp(bob) }).click();
  await expect(page.getByRole("region", { name: `From ${alice} to ${bob}` })).toContainText("No,");
  await expect(page.getByRole("region", { name: `From ${bob} to ${alice}` })).toContainText("Yes,");
  await expect(page).toHaveURL(new RegExp(`with=${bob}`));
  await expectAccessible(page, "message check of a user");
});
