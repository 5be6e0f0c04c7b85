import { expect, test } from "vitest";
import { consoleBrowser, openPage } from "@/test/support/console-browser";
import { consoleProcesses } from "@/test/support/console-process";
import { createTestApp, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";

/** `npm run test:faults`: a database that stands still, under a console that is built and a browser. */

const context = testContext();
const startConsole = consoleProcesses();
const signIn = consoleBrowser();

/** Locks every table so that no statement gets an answer, until the function that it gives is called. */
async function standStill(): Promise<() => Promise<void>> {
  const client = await context().db.pool.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  await client.query("BEGIN");
  await client.query(`LOCK TABLE ${rows.map(({ name }) => name).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  return async () => {
    await client.query("ROLLBACK");
    client.release();
  };
}

test("a database that stands still: it still reads, then it does not answer; the frame stays, and Retry reads", async () => {
  const { appId, development } = await createTestApp(context());
  await insertTestUsers(context(), development.ref, [{ userId: "alice" }, { userId: "bob" }]);
  const { url } = await startConsole(context().url, {});
  const page = await signIn(url, await createTestOperator(context(), "viewer"));
  await openPage(page, `/apps/${appId}/development/users`);

  const goOn = await standStill();
  try {
    const asked = Date.now();
    await page.getByRole("searchbox", { name: "Search users" }).fill("ali");
    await page.getByRole("status").filter({ hasText: "Still loading…" }).first().waitFor();
    expect(Date.now() - asked).toBeLessThan(6_000);
    // The rows from before stay while it is read.
    expect(await page.getByTestId("user-row-bob").count()).toBe(1);
    const alert = page.getByRole("alert").filter({ hasText: "The database isn’t answering." });
    await alert.waitFor();
    expect(Date.now() - asked).toBeLessThan(14_000);
    expect(await alert.textContent()).toMatch(/Code timeout\s*Request ID \S+/);
    expect(await page.getByRole("navigation", { name: "Main" }).isVisible()).toBe(true);
    expect(await page.getByRole("button", { name: "Environment: Development" }).isVisible()).toBe(true);
  } finally {
    await goOn();
  }
  await page.getByRole("alert").getByRole("button", { name: "Retry" }).click();
  await page.getByTestId("user-row-alice").waitFor();
  await expect.poll(() => page.getByRole("alert").filter({ hasText: "isn’t answering" }).count()).toBe(0);
});

test("a page asked for while the database stands still says so in the frame", async () => {
  const { appId } = await createTestApp(context());
  const { url } = await startConsole(context().url, {});
  const page = await signIn(url, await createTestOperator(context(), "viewer"));
  await openPage(page, `/apps/${appId}/development/users`);
  const menu = page.getByRole("navigation", { name: "Main" });
  const goOn = await standStill();
  try {
    await menu.getByRole("link", { name: "Webhooks" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "The database isn’t answering." });
    await alert.waitFor();
    expect(await alert.textContent()).toContain("Code timeout");
    expect(await menu.isVisible()).toBe(true);
  } finally {
    await goOn();
  }
  await page.getByRole("alert").getByRole("button", { name: "Retry" }).click();
  await page.getByRole("heading", { level: 1, name: "Webhooks" }).waitFor();
});
