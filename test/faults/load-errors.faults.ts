import { expect, test } from "vitest";
import { createGroup } from "@/lib/core/groups/create-group";
import { consoleBrowser, openPage } from "@/test/support/console-browser";
import { consoleProcesses } from "@/test/support/console-process";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";

/**
 * `npm run test:faults`: one table of the database cannot be read while all others can. It is really taken away, from a
 * database that nobody else uses.
 */

const context = testContext();
const startConsole = consoleProcesses();
const signIn = consoleBrowser();

/** Each list of the console, with a table that it needs and the frame of its page does not. */
const LISTS = [
  { table: "connections", path: "users", list: "Users", title: "Could not load users" },
  { table: "bans", path: "bans", list: "Bans", title: "Could not load bans" },
  { table: "groups", path: "groups", list: "Groups", title: "Could not load groups" },
  { table: "group_members", path: "groups/team", list: "Members of team", title: "Could not load the members" },
  {
    table: "friendships",
    path: "users/alice/friends",
    list: "Friends of this user",
    title: "Could not load the friends",
  },
  {
    table: "friend_requests",
    path: "users/alice/friends?view=received",
    list: "Open requests received",
    title: "Could not load the friend requests",
  },
  {
    table: "blocks",
    path: "users/alice/blocklist",
    list: "Users whom alice blocks",
    title: "Could not load the blocklist",
  },
  {
    table: "group_aliases",
    path: "users/alice/groups",
    list: "Groups of this user",
    title: "Could not load the groups",
  },
  { table: "audit_entries", path: "audit-log", list: "Audit log", title: "Could not load the audit log" },
  {
    table: "webhook_attempts",
    path: "webhooks/deliveries",
    list: "Deliveries",
    title: "Could not load the deliveries",
  },
] as const;

const rename = (from: string, to: string) => context().owner.query(`ALTER TABLE ${from} RENAME TO ${to}`);

test("a list that cannot be read says so in its place with code and request id, and Retry reads it", async () => {
  const { appId, development } = await createTestApp(context());
  await insertTestUsers(context(), development.ref, [{ userId: "alice" }]);
  await createGroup(context(), appServerOf(development.ref), { groupId: "team", name: "Team", ownerId: "alice" });
  const { url } = await startConsole(context().url, {});
  const page = await signIn(url, await createTestOperator(context(), "viewer"));

  for (const { table, path, list, title } of LISTS) {
    const region = page.getByRole("region", { name: list, exact: true });
    await rename(table, `${table}_away`);
    try {
      await openPage(page, `/apps/${appId}/development/${path}`);
      await region.and(page.locator("[data-state=error]")).waitFor();
      const alert = region.getByRole("alert").filter({ hasText: title });
      const said = await alert.textContent();
      expect(said, path).toMatch(/Code internal\s*Request ID \S+/);
      // Read again, in vain: another request, so another id.
      await alert.getByRole("button", { name: "Retry" }).click();
      await expect.poll(() => alert.textContent(), { timeout: 10_000 }).not.toBe(said);
      expect(await alert.textContent(), path).toContain(title);
    } finally {
      await rename(`${table}_away`, table);
    }
    await region.getByRole("button", { name: "Retry" }).click();
    await region.and(page.locator("[data-state=ready], [data-state=empty]")).waitFor();
    expect(await page.getByRole("alert").filter({ hasText: title }).count(), path).toBe(0);
  }
});

test("a part of the overview that cannot be read fails alone", async () => {
  const { appId, development } = await createTestApp(context());
  await insertTestUsers(context(), development.ref, [{ userId: "alice", lastSeenAt: context().now() }]);
  const { url } = await startConsole(context().url, {});
  const page = await signIn(url, await createTestOperator(context(), "viewer"));
  await rename("bans", "bans_away");
  try {
    await openPage(page, `/apps/${appId}/development/overview`);
    await page.getByRole("alert").filter({ hasText: "Could not load bans" }).waitFor();
    expect(await page.getByRole("alert").filter({ hasText: "Could not load" }).count()).toBe(1);
    await page.getByRole("region", { name: "Registrations" }).waitFor();
    await page.getByRole("region", { name: "First steps" }).waitFor();
  } finally {
    await rename("bans_away", "bans");
  }
  await page.getByRole("button", { name: "Retry: bans" }).click();
  await page.getByText("No ban ends in the next 24 hours.").waitFor();
});
