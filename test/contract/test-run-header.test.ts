import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endTestRun } from "@/lib/core/test-runs/end-test-run";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { signedClient } from "@/test/support/signed-client";

/** The header by which a registration joins a test run, over HTTP on every mount. */

const context = testContext();

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let app: Awaited<ReturnType<typeof createTestApp>>;

  beforeAll(async () => {
    api = await serveApi(context(), mount);
    app = await createTestApp(context());
    const admin = operatorOf("admin", app.development.ref);
    await startTestRun(context(), admin, { id: "pw-4711", userIdPrefix: "pw-" });
    await startTestRun(context(), admin, { id: "over" });
    await endTestRun(context(), admin, { runId: "over" });
  });
  afterAll(() => api.close());

  const issue = async ({ ref, appSecret }: TestEnvironment, userId: string, testRun: string | null) => {
    const client = signedClient({ baseUrl: api.baseUrl, appKey: ref.appKey, appSecret });
    const path = "/v4/auth/access-token/issue";
    const answer = await client.send(path, { userId, name: userId }, { headers: { "X-Test-Run": testRun } });
    expect(answer).toMatchObject({ status: 200, body: { code: 0, result: { userId } } });
    return answer.headers.get("x-test-run");
  };

  test("the answer says which run the new user belongs to, or why none", async () => {
    const { development } = app;
    expect(await issue(development, "alice", "pw-4711")).toBe("pw-4711");
    expect(await issue(development, "alice", "pw-4711")).toBe("pw-4711");
    expect(await issue(development, "pw-bob", null)).toBe("pw-4711");
    expect(await issue(development, "carol", null)).toBeNull();
    expect(await issue(development, "carol", "pw-4711")).toBe("none; reason=registered");
    expect(await issue(development, "dora", "nobody")).toBe("none; reason=unknown");
    expect(await issue(development, "eve", "over")).toBe("none; reason=ended");
    expect(await issue(development, "fay", "what is/this")).toBe("none; reason=malformed");
    expect(await issue(development, "gus", "")).toBe("none; reason=malformed");
    const members = await context().db.prisma.testRunUser.findMany({ where: { environmentId: development.ref.id } });
    expect(members.map(({ userId }) => userId).sort()).toEqual(["alice", "pw-bob"]);
  });

  test("in production nobody joins anything, and the answer says so", async () => {
    expect(await issue(app.production, "alice", "pw-4711")).toBe("none; reason=production");
    expect(await issue(app.production, "alice", "pw-4711")).toBe("none; reason=production");
    expect(await issue(app.production, "pw-bob", null)).toBeNull();
    expect(await context().db.prisma.testRunUser.count({ where: { environmentId: app.production.ref.id } })).toBe(0);
  });

  test("calls that register nobody say nothing of it", async () => {
    const { ref, appSecret } = app.development;
    const client = signedClient({ baseUrl: api.baseUrl, appKey: ref.appKey, appSecret });
    const answer = await client.send("/v4/user/get", { userId: "nobody" }, { headers: { "X-Test-Run": "pw-4711" } });
    expect(answer.headers.get("x-test-run")).toBeNull();
  });
});
