import { expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";
import { planDeletion } from "../deletion/plan-deletion";
import { startDeletion } from "../deletion/start-deletion";
import { changePlan } from "./change-plan";
import { createApp } from "./create-app";
import { deleteApp } from "./delete-app";
import { deleteExpiredApps } from "./delete-expired-apps";
import { listApps } from "./list-apps";
import { resolveEnvironment } from "./resolve-environment";

const context = testContext();
const system = systemOf(null);

async function appWithUser(name: string, lifetimeMinutes?: number) {
  const app = await createApp(context(), system, { name, ...(lifetimeMinutes ? { lifetimeMinutes } : {}) });
  const environment = await resolveEnvironment(context(), app.id, "development");
  if (environment === null) throw new Error("the app has no Development environment");
  await insertTestUsers(context(), environment, [{ userId: "alice" }]);
  return { app, environment };
}

const idsOf = async () => (await listApps(context(), system)).map(({ id }) => id);

test("goes with all its data when its time is over, and not before; others stay", async () => {
  const kept = await appWithUser("Kept");
  const { app, environment } = await appWithUser("Temporary", 60);
  await deleteExpiredApps({ ...context(), now: () => Date.now() + 59 * 60_000 });
  expect(await idsOf()).toEqual(expect.arrayContaining([kept.app.id, app.id]));
  await deleteExpiredApps({ ...context(), now: () => Date.now() + 60 * 60_000 + 1_000 });
  const left = await idsOf();
  expect(left).toContain(kept.app.id);
  expect(left).not.toContain(app.id);
  const { rows } = await context().db.pool.query("SELECT FROM users WHERE environment_id = $1", [environment.id]);
  expect(rows).toEqual([]);
});

test("waits for a job that is under way, and holds up no other", async () => {
  const busy = await appWithUser("Busy", 60);
  const idle = await appWithUser("Idle", 60);
  const actor = { ...system, environment: busy.environment };
  const selection = { by: "prefix", prefix: "ali" } as const;
  const { phrase, count } = await planDeletion(context(), actor, selection);
  await startDeletion(context(), actor, { selection, phrase, expectedCount: count });
  const later = { ...context(), now: () => Date.now() + 61 * 60_000 };
  await deleteExpiredApps(later);
  const left = await idsOf();
  expect(left).toContain(busy.app.id);
  expect(left).not.toContain(idle.app.id);
  await context().db.pool.query("UPDATE jobs SET state = 'finished' WHERE environment_id = $1", [busy.environment.id]);
  await deleteExpiredApps(later);
  expect(await idsOf()).not.toContain(busy.app.id);
});

test("whoever may make apps may delete it with its users; an app that stays needs an owner and no users", async () => {
  const admin = await createTestOperator(context(), "admin");
  const temporary = await appWithUser("Temporary", 60);
  await deleteApp(context(), admin, { appId: temporary.app.id, confirmation: "Temporary" });
  const kept = await appWithUser("Kept");
  const input = { appId: kept.app.id, confirmation: "Kept" };
  await expect(deleteApp(context(), admin, input)).rejects.toMatchObject({ code: "forbidden" });
  const owner = await createTestOperator(context(), "owner");
  await expect(deleteApp(context(), owner, input)).rejects.toMatchObject({ code: "app_in_use" });
});

test("has no Production", async () => {
  const { app } = await appWithUser("Temporary", 60);
  await expect(changePlan(context(), system, { appId: app.id, plan: "starter" })).rejects.toMatchObject({
    code: "invalid_parameter",
    field: "plan",
  });
});

test.each([4, 10_081, 5.5, -1])("cannot live for %s minutes", async (lifetimeMinutes) => {
  await expect(createApp(context(), system, { name: "Never", lifetimeMinutes })).rejects.toMatchObject({
    issues: [expect.objectContaining({ path: ["lifetimeMinutes"] })],
  });
});
