import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServerApi, type ServerApi } from "@/lib/server-api/server-api";
import { DEFAULT_SETTINGS } from "@/test/support/api-server";
import { createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { signedHeaders } from "@/test/support/signed-client";
import { ENDPOINT_CASES } from "./endpoint-cases";

/** Whatever JSON arrives, the answer is an envelope and never a fault of ours. */

const context = testContext();
let api: ServerApi;
let environment: TestEnvironment;

beforeAll(async () => {
  api = createServerApi(context(), DEFAULT_SETTINGS);
  environment = (await createTestApp(context())).production;
});
afterAll(() => undefined);

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 90 }),
  fc.string({ maxLength: 20 }),
  fc.constant("\ud83d"),
);
const anyValue = fc.oneof(
  anyText,
  fc.integer(),
  fc.double(),
  fc.array(fc.oneof(anyText, fc.integer(), fc.constant(null)), { maxLength: 25 }),
  fc.jsonValue({ maxDepth: 3 }),
);

async function expectEnvelope(path: string, body: string): Promise<void> {
  const response = await api.fetch(
    new Request(`http://localhost${path}`, {
      method: "POST",
      headers: signedHeaders({ baseUrl: "", appKey: environment.ref.appKey, appSecret: environment.appSecret }),
      body,
    }),
  );
  const envelope = await response.json();
  expect([body, response.status < 500]).toEqual([body, true]);
  expect(response.status === 200).toBe(envelope.code === 0);
}

describe.each(ENDPOINT_CASES.map((endpoint) => [endpoint.path, endpoint] as const))("%s", (path, endpoint) => {
  test("property: random values in its fields never yield a 5xx", async () => {
    const fields = Object.fromEntries(Object.keys(endpoint.fields).map((field) => [field, anyValue]));
    await fc.assert(
      fc.asyncProperty(fc.record(fields, { requiredKeys: [] }), (body) => expectEnvelope(path, JSON.stringify(body))),
      { numRuns: 120 },
    );
  });

  test("property: one random value in an otherwise valid body never yields a 5xx", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(endpoint.fields)), anyValue, (field, value) =>
        expectEnvelope(path, JSON.stringify({ ...endpoint.body("alice"), [field]: value })),
      ),
      { numRuns: 120 },
    );
  });

  test("property: random JSON never yields a 5xx", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), (body) => expectEnvelope(path, body)),
      { numRuns: 60 },
    );
  });
});
