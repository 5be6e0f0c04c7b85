import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/test/support/api-server";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { createServerApi } from "./server-api";
import { tryCall } from "./try-call";

const context = testContext();
const ISSUE = "/v4/auth/access-token/issue";
const ann = JSON.stringify({ userId: "ann", name: "Ann" });

async function environments() {
  const app = await createTestApp(context());
  return { ...app, api: createServerApi(context(), DEFAULT_SETTINGS) };
}

test("a call is signed, carried out as the app server's, and told in the audit log with its request id", async () => {
  const { development, api } = await environments();
  const admin = operatorOf("admin", development.ref);
  const tried = await tryCall(context(), api, admin, { path: ISSUE, body: ann });
  expect(tried).toMatchObject({ status: 200, requestId: admin.requestId });
  expect(JSON.parse(tried.answer)).toMatchObject({ code: 0, result: { userId: "ann" } });
  await tryCall(context(), api, admin, {
    path: "/v4/user/ban",
    body: JSON.stringify({ userIds: ["ann"], durationMinutes: 5 }),
  });
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: development.ref.id, requestId: admin.requestId },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ action, actorKind }) => [action, actorKind])).toEqual([
    ["keys.test_call_sent", "operator"],
    ["keys.test_call_sent", "operator"],
    ["user.banned", "app_server"],
  ]);
});

test("what the API refuses is an answer, also a body that is no JSON", async () => {
  const { development, api } = await environments();
  const admin = operatorOf("admin", development.ref);
  for (const [body, status, code] of [
    ["{", 400, 1002],
    ["{}", 400, 1002],
  ] as const) {
    const tried = await tryCall(context(), api, admin, { path: ISSUE, body });
    expect([tried.status, JSON.parse(tried.answer).code]).toEqual([status, code]);
  }
});

test("only in Development, only by those who may see the App Secret, only to endpoints", async () => {
  const { development, production, api } = await environments();
  const call = { path: ISSUE, body: ann };
  await expect(tryCall(context(), api, operatorOf("owner", production.ref), call)).rejects.toMatchObject({
    code: "development_only",
  });
  await expect(tryCall(context(), api, operatorOf("support", development.ref), call)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    tryCall(context(), api, operatorOf("owner", development.ref), { path: "/readyz", body: "{}" }),
  ).rejects.toThrow();
  expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(0);
});
