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
