import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { openApiDocument } from "@/lib/server-api/openapi";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { signedClient } from "@/test/support/signed-client";
import { prepareExample } from "./example-world";

/** The description is valid, is what is served, and every example in it works as it stands there. */

const context = testContext();
const document = openApiDocument("http://localhost:3001");

interface Operation {
  readonly operationId: string;
  readonly requestBody: { readonly content: { readonly "application/json": { schema: object; example: object } } };
  readonly responses: { readonly 200: { readonly content: { readonly "application/json": { schema: object } } } };
}
const paths = document.paths as Record<string, { post: Operation }>;

const ajv = new Ajv2020({ strict: false });

test("it is a valid OpenAPI document", async () => {
  const result = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

test("it describes every endpoint once, each by the name of its SDK call", () => {
  expect(Object.keys(paths).sort()).toEqual(ENDPOINTS.map(({ path }) => path).sort());
  const names = Object.values(paths).map(({ post }) => post.operationId);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let environment: TestEnvironment;

  beforeAll(async () => {
    api = await serveApi(context(), mount);
  });
  afterAll(() => api.close());

  test("it is served to everybody", async () => {
    const response = await fetch(`${api.baseUrl}/v4/openapi.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(document);
  });

  test.each(ENDPOINTS.map((endpoint) => [endpoint.path, endpoint] as const))(
    "the example of %s is accepted, and its answer is as described",
    async (path, endpoint) => {
      environment = (await createTestApp(context())).production;
      await prepareExample(context(), environment, endpoint);
      const described = paths[path]?.post;
      const body = described?.requestBody.content["application/json"];
      const answered = described?.responses[200].content["application/json"];
      const { request, answer: shown } = endpoint.doc.example;
      const validRequest = ajv.compile(body?.schema ?? {});
      expect([validRequest(request), validRequest.errors]).toEqual([true, null]);
      const validAnswer = ajv.compile(answered?.schema ?? {});
      expect([validAnswer(shown), validAnswer.errors]).toEqual([true, null]);

      const client = signedClient({
        baseUrl: api.baseUrl,
        appKey: environment.ref.appKey,
        appSecret: environment.appSecret,
      });
      const answer = await client.send(path, request);
      expect([answer.status, answer.body.errorMessage]).toEqual([200, undefined]);
      expect([validAnswer(answer.body), validAnswer.errors]).toEqual([true, null]);
    },
  );
});
