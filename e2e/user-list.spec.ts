import { installation } from "./fixtures/installation";
import { ServerApi } from "./fixtures/server-api";
import { expect, test } from "./fixtures/test";

/** Thirty users: two pages of 25 rows. The list starts with the newest. */
const many = (prefix: string) =>
  Array.from({ length: 30 }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);

test("searching from page 2 starts at page 1 of what matches", async ({ page, open, api, prefix }) => {
  await api.registerAll(many(prefix));
  await open("users?size=25");
  const users = page.getByRole("region", { name: "Users", exact: true });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(users.getByRole("row")).toHaveCount(5 + 1);

  await page.getByLabel("Search users").fill(`${prefix}-07`);

  await expect(page).toHaveURL(new RegExp(`q=${prefix}-07`));
  expect(new URL(page.url()).searchParams.has("cursor")).toBe(false);
  await expect(page.getByTestId(`user-row-${prefix}-07`)).toBeVisible();
  await expect(users.getByRole("row")).toHaveCount(1 + 1);
});

test("search finds by exact id, by the start of an id and by name", async ({ page, open, api, prefix }) => {
  await api.registerAll([
    { userId: `${prefix}-a`, name: "Marlene Meyer" },
    { userId: `${prefix}-ab`, name: "Nils Nowak" },
    { userId: `${prefix}-c`, name: "Olga Orlow" },
  ]);
  await open("users");
  const users = page.getByRole("region", { name: "Users", exact: true });
  const search = page.getByLabel("Search users");

  await search.fill(`${prefix}-a`);
  await expect(users.getByRole("row")).toHaveCount(2 + 1);
  await expect(users.getByRole("row").nth(1), "the exact id comes first").toContainText("Marlene Meyer");

  await search.fill("Orlow");
  await expect(page.getByTestId(`user-row-${prefix}-c`)).toBeVisible();
  await expect(users.getByRole("row")).toHaveCount(1 + 1);

  await search.fill("nobody at all");
  await expect(users).toHaveAttribute("data-state", "no-match");
  await expect(users).toContainText("nobody at all");
  await page.getByRole("button", { name: "Clear search", exact: true }).click();
  await expect(users.getByRole("row")).toHaveCount(3 + 1);
});

test("a user is found by any word of the name, the matches are sorted by a column, and nobody found leads on", async ({
  page,
  open,
  app,
  api,
  prefix,
}) => {
  await api.register(`${prefix}-m`, "María de la Concepción");
  await api.registerAll([
    { userId: `${prefix}-i`, name: "Isla MacDonald" },
    { userId: `${prefix}-c`, name: "Conor O’Connor" },
  ]);
  await new ServerApi(installation.apiUrl, await app.openProduction()).registerAll([
    { userId: `${prefix}-p`, name: "李娜" },
  ]);
  await open("users");
  const users = page.getByRole("region", { name: "Users", exact: true });
  const search = page.getByLabel("Search users");
  const rows = users.getByRole("row");

  await test.step("by a later word without its accent, by an inner capital, without the apostrophe", async () => {
    for (const [text, found] of [
      ["concep", "m"],
      ["donald  isla", "i"],
      ["oconnor", "c"],
    ]) {
      await search.fill(text ?? "");
      await expect(page.getByTestId(`user-row-${prefix}-${found}`)).toBeVisible();
      await expect(rows).toHaveCount(1 + 1);
    }
  });

  await test.step("the best match comes first until a column is chosen", async () => {
    await search.fill("con");
    await expect(rows).toHaveCount(2 + 1);
    await expect(rows.nth(1)).toContainText("Conor");
    await users.getByRole("button", { name: "Created" }).click();
    await expect(page).toHaveURL(/sort=-created/);
    await users.getByRole("button", { name: "Created" }).click();
    await expect(rows.nth(1)).toContainText("María");
    await page.getByRole("button", { name: "Sort by relevance" }).click();
    await expect(rows.nth(1)).toContainText("Conor");
  });

  await test.step("nobody here: the other environment has one, and the link keeps the search", async () => {
    await search.fill("娜");
    await expect(users).toHaveAttribute("data-state", "no-match");
    await expect(users).toContainText("the start of their words, in any order");
    await expect(users.getByRole("link", { name: "Search deleted users" })).toBeVisible();
    await users.getByRole("link", { name: "1 in Production" }).click();
    await expect(page).toHaveURL(/\/production\/users\?q=/);
    await expect(page.getByTestId(`user-row-${prefix}-p`)).toBeVisible();
  });
});

test("Back keeps the search, the page and the place", async ({ page, open, api, prefix }) => {
  await api.registerAll(many(prefix));
  await open(`users?q=${prefix}&size=25&sort=id`);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next page" }).click();
  const place = page.getByTestId(`user-row-${prefix}-27`);
  await expect(place).toBeVisible();
  const address = page.url();

  await place.getByRole("link", { name: `${prefix}-27` }).click();
  await expect(page).toHaveTitle(new RegExp(`^${prefix}-27`));
  await page.goBack();

  await expect(page).toHaveURL(address);
  await expect(page.getByLabel("Search users")).toHaveValue(prefix);
  await expect(place.getByRole("link", { name: `${prefix}-27` })).toBeFocused();

  await test.step("the way up from the user leads back to the same page of the list", async () => {
    await place.getByRole("link", { name: `${prefix}-27` }).click();
    await expect(page).toHaveTitle(new RegExp(`^${prefix}-27`));
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Users" }).click();
    await expect(page).toHaveURL(address);
    await expect(place).toBeVisible();
  });
});

test("the list says in words whom it shows and in which order, while nothing narrows it", async ({
  page,
  open,
  api,
  prefix,
}) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`, `${prefix}-gone`]);
  await api.ban([`${prefix}-b`], 60);
  await api.softDelete([`${prefix}-gone`]);
  await open("users");
  const users = page.getByRole("region", { name: "Users", exact: true });
  const said = page.getByText(/^All users, including banned and soft-deleted ones, /);
  await expect(said).toHaveText(/, newest first\.$/);
  await expect(users.getByRole("row")).toHaveCount(3 + 1);

  await users.getByRole("button", { name: "Last seen" }).click();
  await expect(said).toHaveText(/, last seen first\.$/);
  await page.getByLabel("Search users").fill(prefix);
  await expect(page.getByText(/^Sorted by relevance/)).toBeVisible();
  await expect(said).toBeHidden();
  await open("users?status=banned");
  await expect(users.getByRole("row")).toHaveCount(1 + 1);
  await expect(said).toBeHidden();
});

test("an address with nonsense in it shows the list and no error", async ({ page, open, api, prefix }) => {
  await api.register(`${prefix}-a`);
  await open("users?status=sleeping&size=7&sort=shoe&cursor=%00%ff");
  await expect(page.getByTestId(`user-row-${prefix}-a`)).toBeVisible();
});

test("filters and sort order stand in the address and survive a reload", async ({ page, open, api, prefix }) => {
  await api.registerAll([`${prefix}-a`, `${prefix}-b`, `${prefix}-c`]);
  await api.ban([`${prefix}-b`, `${prefix}-c`], 60);
  await open("users?status=banned&sort=id");
  const rows = page.getByRole("region", { name: "Users", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(2 + 1);
  await expect(rows.nth(1)).toContainText(`${prefix}-b`);
  await page.reload();
  await expect(rows).toHaveCount(2 + 1);
  await page.getByRole("button", { name: "Remove filter Status: Banned" }).click();
  await expect(rows).toHaveCount(3 + 1);
});
