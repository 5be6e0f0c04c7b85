import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { changePlan } from "./change-plan";
import { createApp } from "./create-app";
import { ensureFirstApp } from "./ensure-first-app";
import { getAppKeys } from "./get-app-keys";
import { listApps } from "./list-apps";
import { refreshAppSecret } from "./refresh-app-secret";
import { revealAppSecret } from "./reveal-app-secret";

const context = testContext();

describe("App Keys", () => {
  test("reveal gives the secret that was issued, and leaves an audit entry without it", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    expect((await revealAppSecret(context(), admin)).appSecret).toBe(development.appSecret);
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: development.ref.id } });
    expect(entries.map((entry) => entry.action)).toEqual(["keys.secret_revealed"]);
    expect(JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
      development.appSecret,
    );
  });

  test("refresh replaces the secret and tells when", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    const refreshed = await refreshAppSecret(context(), admin, { disconnect: false });
    expect(refreshed.appSecret).not.toBe(development.appSecret);
    expect((await revealAppSecret(context(), admin)).appSecret).toBe(refreshed.appSecret);
    expect((await getAppKeys(context(), admin)).secretRefreshedAt).toEqual(refreshed.refreshedAt);
  });

  test("support and viewer can neither reveal nor refresh", async () => {
    const { development } = await createTestApp(context());
    for (const role of ["viewer", "support"] as const) {
      const operator = operatorOf(role, development.ref);
      await expect(revealAppSecret(context(), operator)).rejects.toMatchObject({ code: "forbidden" });
      await expect(refreshAppSecret(context(), operator, { disconnect: false })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });
});

describe("plans", () => {
  test("two changes at once open Production once", async () => {
    const app = await createApp(context(), systemOf(null), { name: "Racing" });
    await Promise.all(
      (["starter", "pro"] as const).map((plan) => changePlan(context(), systemOf(null), { appId: app.id, plan })),
    );
    const listed = (await listApps(context(), operatorOf("viewer", null))).find(({ id }) => id === app.id);
    expect(listed?.environments).toEqual(["development", "production"]);
  });

  test("only an owner changes a plan", async () => {
    const app = await createApp(context(), systemOf(null), { name: "Mine" });
    await expect(
      changePlan(context(), operatorOf("admin", null), { appId: app.id, plan: "pro" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("ensureFirstApp", () => {
  test("several processes that start at once make one app, and none where apps exist", async () => {
    await context().db.prisma.environment.deleteMany();
    await context().db.prisma.app.deleteMany();
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureFirstApp(context(), systemOf(null))));
    expect(made.filter((app) => app !== null)).toHaveLength(1);
    expect((await listApps(context(), operatorOf("viewer", null))).map((app) => app.name)).toEqual([
      "First application",
    ]);
  });
});
