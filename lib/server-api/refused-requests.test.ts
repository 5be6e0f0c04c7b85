import { expect, test } from "vitest";
import { getApiUse } from "@/lib/core/quota/get-api-use";
import { DEFAULT_SETTINGS } from "@/test/support/api-server";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { signedHeaders } from "@/test/support/signed-client";
import { createServerApi } from "./server-api";

const context = testContext();
const LIMIT = 100;

test("what is over the limit is counted by endpoint, what is admitted is not", async () => {
  const { development } = await createTestApp(context());
  // A window that does not end while this calls.
  const now = context().now();
  const api = createServerApi({ ...context(), now: () => now }, { ...DEFAULT_SETTINGS, rateLimits: true });
  const options = { baseUrl: "", appKey: development.ref.appKey, appSecret: development.appSecret, now: () => now };
  const call = async () => {
    const body = JSON.stringify({ userId: "nobody" });
    const request = new Request("http://api/v4/user/get", { method: "POST", headers: signedHeaders(options), body });
    return (await api.fetch(request)).status;
  };
  const statuses = await Promise.all(Array.from({ length: LIMIT + 20 }, call));
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  await api.close();
  const { endpoints } = await getApiUse(context(), operatorOf("viewer", development.ref));
  expect(endpoints).toEqual([
    {
      endpoint: "/v4/user/get",
      lastWindow: { start: Math.floor(now / 1_000) * 1_000, count: expect.any(Number) },
      refused: 20,
    },
  ]);
});

test("a call about more users than still fit is refused whole and says when to try again; one that fits gets in", async () => {
  const { development } = await createTestApp(context());
  const now = Math.floor(context().now() / 1_000) * 1_000;
  const api = createServerApi({ ...context(), now: () => now }, { ...DEFAULT_SETTINGS, rateLimits: true });
  const options = { baseUrl: "", appKey: development.ref.appKey, appSecret: development.appSecret, now: () => now };
  const softDelete = async (users: number) => {
    const userIds = Array.from({ length: users }, (_, n) => `nobody-${n}`);
    const init = { method: "POST", headers: signedHeaders(options), body: JSON.stringify({ userIds }) };
    const answer = await api.fetch(new Request("http://api/v4/user/soft-delete", init));
    return [answer.status, answer.headers.get("retry-after")];
  };
  expect(await softDelete(60)).toEqual([200, null]);
  expect(await softDelete(60)).toEqual([429, "1"]);
  // 60 and the refused call itself have been counted.
  expect(await softDelete(39)).toEqual([200, null]);
  expect(await softDelete(1)).toEqual([429, "1"]);
  await api.close();
});
