import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { plantRow } from "@/test/support/plant-row";
import { insertTestUsers } from "@/test/support/users";
import { registerUser } from "../users/register-user";
import { ENVIRONMENT_TABLES, KEPT_TABLES } from "./app-data-store";
import { changeApp } from "./change-app";
import { changePlan } from "./change-plan";
import { deleteApp } from "./delete-app";
import { listApps } from "./list-apps";
import { resolveEnvironment } from "./resolve-environment";

const context = testContext();
const owner = operatorOf("owner", null);
const appOf = async (appId: string) => (await listApps(context(), owner)).find(({ id }) => id === appId);

async function namedApp() {
  const { appId, development } = await createTestApp(context());
  const app = await appOf(appId);
  if (app === undefined) throw new Error("the app is not listed");
  await changePlan(context(), owner, { appId, plan: "free" });
  return { appId, development, name: app.name, shown: { name: app.name, description: app.description } };
}

describe("changing an app", () => {
  test("a new name and description stand in the list and in each environment's audit log", async () => {
    const { appId, shown, development } = await namedApp();
    await changeApp(context(), operatorOf("admin", null), { appId, name: " Bazaar ", description: "Chat", shown });
    expect(await appOf(appId)).toMatchObject({ name: "Bazaar", description: "Chat" });
    const { rows } = await context().db.pool.query(
      "SELECT before, after FROM audit_entries WHERE environment_id = $1 AND action = 'app.changed'",
      [development.ref.id],
    );
    expect(rows).toEqual([{ before: shown, after: { name: "Bazaar", description: "Chat" } }]);
  });

  test("what somebody else changed meanwhile is not overwritten", async () => {
    const { appId, shown } = await namedApp();
    await changeApp(context(), owner, { appId, name: "Theirs", shown });
    await expect(changeApp(context(), owner, { appId, name: "Mine", shown })).rejects.toMatchObject({
      code: "version_conflict",
      message: expect.stringContaining("Theirs"),
    });
    expect((await appOf(appId))?.name).toBe("Theirs");
  });

  test("support may not", async () => {
    const { appId, shown } = await namedApp();
    await expect(changeApp(context(), operatorOf("support", null), { appId, name: "X", shown })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("deleting an app", () => {
  test("takes everything of its environments along but the audit log, and nothing of another app", async () => {
    const { appId, name, development } = await namedApp();
    const other = await createTestApp(context());
    for (const environment of [development.ref, other.development.ref]) {
      await plantRow(context().db.pool, "settings", { environment_id: environment.id, key: "k", value: "1" });
      await plantRow(context().db.pool, "webhook_events", { environment_id: environment.id });
    }
    await deleteApp(context(), owner, { appId, confirmation: name });
    expect(await appOf(appId)).toBeUndefined();
    expect(await resolveEnvironment(context(), appId, "development")).toBeNull();
    for (const table of Object.keys(ENVIRONMENT_TABLES)) {
      const { rows } = await context().db.pool.query(`SELECT 1 FROM ${table} WHERE environment_id = $1`, [
        development.ref.id,
      ]);
      expect(rows, table).toEqual([]);
    }
    const { rows: kept } = await context().db.pool.query("SELECT 1 FROM webhook_events WHERE environment_id = $1", [
      other.development.ref.id,
    ]);
    expect(kept).toHaveLength(1);
    const { rows: audit } = await context().db.pool.query(
      "SELECT target_name FROM audit_entries WHERE environment_id = 0 AND action = 'app.deleted' AND target_id = $1",
      [appId],
    );
    expect(audit).toEqual([{ target_name: name }]);
  });

  test("not while somebody is registered, nor while Production is open", async () => {
    const { appId, name, development } = await namedApp();
    await insertTestUsers(context(), development.ref, [{ userId: "alice", softDeletedAt: context().now() }]);
    await expect(deleteApp(context(), owner, { appId, confirmation: name })).rejects.toMatchObject({
      code: "app_in_use",
      message: expect.stringContaining("Development"),
    });
    const open = await createTestApp(context());
    const openName = (await appOf(open.appId))?.name ?? "";
    await expect(deleteApp(context(), owner, { appId: open.appId, confirmation: openName })).rejects.toMatchObject({
      code: "app_in_use",
      message: expect.stringContaining("Production"),
    });
  });

  test("not by a name that was not typed, and by owners only", async () => {
    const { appId, name } = await namedApp();
    await expect(deleteApp(context(), owner, { appId, confirmation: `${name}x` })).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "confirmation",
    });
    await expect(deleteApp(context(), operatorOf("admin", null), { appId, confirmation: name })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(deleteApp(context(), systemOf(null), { appId: "app-none", confirmation: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a registration that still knows the environment is refused and leaves nothing", async () => {
    const { appId, name, development } = await namedApp();
    await deleteApp(context(), owner, { appId, confirmation: name });
    await expect(
      registerUser(context(), appServerOf(development.ref), { userId: "late", name: "Late" }),
    ).rejects.toMatchObject({ code: "app_key_unknown" });
    const { rows } = await context().db.pool.query("SELECT 1 FROM users WHERE environment_id = $1", [
      development.ref.id,
    ]);
    expect(rows).toEqual([]);
  });

  test("the list of tables is complete", async () => {
    const { rows } = await context().db.pool.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND a.attname = 'environment_id' AND NOT a.attisdropped`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(ENVIRONMENT_TABLES), ...Object.keys(KEPT_TABLES)].sort(),
    );
  });
});
