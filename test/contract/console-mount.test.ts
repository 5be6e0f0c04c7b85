import { afterAll, beforeAll, expect, test } from "vitest";
import { listening, serveFetch } from "@/test/support/api-server";
import { createTestApp, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { signedClient } from "@/test/support/signed-client";

/** The console's own route handler, with the runtime that the console makes for itself, over HTTP. */

const context = testContext();
const before = { ...process.env };
let server: Awaited<ReturnType<typeof listening>>;
let closeRuntime: () => Promise<void>;

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: context().url, MASTER_KEY: TEST_MASTER_KEY, LOG_LEVEL: "silent" });
  const { consoleRuntime } = await import("@/lib/console/runtime");
  closeRuntime = async () => (await consoleRuntime()).close();
  const route: Record<string, unknown> = await import("@/app/v4/[...path]/route");
  server = await listening(
    serveFetch(async (request) => {
      const handler = route[request.method];
      if (typeof handler !== "function") throw new Error(`The route does not export ${request.method}`);
      return handler(request);
    }),
  );
});
afterAll(async () => {
  await server.close();
  await closeRuntime();
  process.env = before;
});

test("registers, reads, bans, lists and refuses, as the service does", async () => {
  const { production } = await createTestApp(context());
  const { appKey } = production.ref;
  const client = signedClient({ baseUrl: server.baseUrl, appKey, appSecret: production.appSecret });
  const headers = client.headers();
  const issue = "/v4/auth/access-token/issue";
  const issued = await client.send(issue, { userId: "alice", name: "Alice" }, { headers });
  expect(issued).toMatchObject({ status: 200, body: { code: 0, result: { userId: "alice" } } });
  expect((await client.send(issue, { userId: "eve", name: "Eve" }, { headers })).body.code).toBe(1004);
  expect((await client.send("/v4/user/get", { userId: "alice" })).body.result).toMatchObject({ name: "Alice" });
  expect((await client.send("/v4/user/ban", { userIds: ["alice"], durationMinutes: 5 })).body).toEqual({ code: 0 });
  expect((await client.send("/v4/user/ban/list", {})).body.result).toMatchObject({
    bannedUsers: [{ userId: "alice" }],
  });
  expect((await client.send("/v4/nothing", {})).status).toBe(404);
  for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
    expect((await client.send("/v4/user/get", {}, { method })).status).toBe(405);
  }
});
