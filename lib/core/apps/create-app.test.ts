import { describe, expect, test } from "vitest";
import { operatorOf, systemOf, testContext } from "@/test/support/context";
import { openAppSecret } from "./app-secret";
import { changePlan } from "./change-plan";
import { createApp } from "./create-app";
import { findEnvironment } from "./environment-store";

const context = testContext();

describe("createApp", () => {
  test("a new app is on free, with a Development environment whose stored secret opens to the one shown", async () => {
    const app = await createApp(context(), systemOf(null), { name: "Chat", description: "" });
    expect(app.plan).toBe("free");
    expect(app.environments).toHaveLength(1);
    const stored = await findEnvironment(context().db.prisma, app.id, "development");
    const shown = app.environments[0];
    expect(stored && openAppSecret(context().secrets, stored.ref.appKey, stored.appSecretEncrypted)).toBe(
      shown?.appSecret,
    );
  });

  test("a viewer cannot create an app", async () => {
    await expect(createApp(context(), operatorOf("viewer", null), { name: "Chat" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("changePlan", () => {
  test("starter opens Production once; free and starter again keep its App Key", async () => {
    const app = await createApp(context(), systemOf(null), { name: "Plans" });
    await changePlan(context(), systemOf(null), { appId: app.id, plan: "starter" });
    const opened = await findEnvironment(context().db.prisma, app.id, "production");
    await changePlan(context(), systemOf(null), { appId: app.id, plan: "free" });
    await changePlan(context(), systemOf(null), { appId: app.id, plan: "pro" });
    const again = await findEnvironment(context().db.prisma, app.id, "production");
    expect(again?.ref.appKey).toBe(opened?.ref.appKey);
    expect(again?.ref.plan).toBe("pro");
  });
});
