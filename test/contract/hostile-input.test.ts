import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { METHODS } from "@/lib/gateway/methods";
import { createServerApi } from "@/lib/server-api/server-api";
import { DEFAULT_SETTINGS } from "@/test/support/api-server";
import type { ClientSocket } from "@/test/support/client-socket";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { deepText, exampleOf, HOSTILE_JSON, hostileInputs } from "@/test/support/hostile-input";
import { signedHeaders } from "@/test/support/signed-client";
import { ENDPOINT_CASES } from "./endpoint-cases";

/** Whatever a caller sends, at whatever door, the answer is never a fault of ours. The console's: `test/console-actions.test.ts`. */

const context = testContext();

describe("the Server API", () => {
  test.each(ENDPOINT_CASES.map((endpoint) => [endpoint.path, endpoint] as const))("%s", async (path, endpoint) => {
    const api = createServerApi(context(), { ...DEFAULT_SETTINGS, rateLimits: false });
    const { production } = await createTestApp(context());
    const { appKey } = production.ref;
    const send = async (body: string) => {
      const headers = signedHeaders({ baseUrl: "", appKey, appSecret: production.appSecret });
      const response = await api.fetch(new Request(`http://localhost${path}`, { method: "POST", headers, body }));
      return { status: response.status, code: (await response.json()).code };
    };
    const body = endpoint.body("alice");
    for (const field of Object.keys(endpoint.fields)) {
      for (const value of HOSTILE_JSON) {
        const { status } = await send(JSON.stringify({ ...body, [field]: value }));
        expect([field, value, status < 500]).toEqual([field, value, true]);
      }
      const deep = JSON.stringify({ ...body, [field]: "@" }).replace('"@"', `{"length":${deepText}}`);
      expect(await send(deep)).toEqual({ status: 400, code: 1002 });
    }
  });
});

describe("the gateway", () => {
  let running: RunningGateway;
  beforeAll(async () => {
    running = await serveGateway(context(), { rateLimits: false });
  });
  afterAll(() => running?.close());

  async function connected(): Promise<ClientSocket> {
    const { production } = await createTestApp(context());
    const { accessToken } = await registerUser(context(), appServerOf(production.ref), { userId: "a", name: "A" });
    const client = await running.open();
    expect((await client.connect({ appKey: production.ref.appKey, token: accessToken })).error).toBeUndefined();
    return client;
  }

  test.each(METHODS.filter(({ name }) => name !== "disconnect").map((method) => [method.name, method] as const))(
    "%s",
    async (name, method) => {
      method.parse(exampleOf(method.input) as object);
      const client = await connected();
      for (const params of hostileInputs(method.input, HOSTILE_JSON)) {
        const { error } = await client.call(name, params as object);
        expect([params, error?.code !== 1000 && error?.code !== 1050]).toEqual([params, true]);
      }
    },
  );

  test.each([
    ["appKey", "\0", 31002],
    ["appKey", "a\0b", 31002],
    ["appKey", "\ud800", 31002],
    ["appKey", { length: { toString: 1 } }, 1002],
    ["token", "\0", 31004],
    ["sdk", "\0", 1002],
    ["device", "\ud800", 1002],
  ])("connect, %s %j, is refused with %i", async (field, value, code) => {
    const { production } = await createTestApp(context());
    const client = await running.open();
    const params = { appKey: production.ref.appKey, token: "none", [field]: value };
    expect((await client.connect(params as never)).error?.code).toBe(code);
  });

  test("connect, nested deeply, is refused", async () => {
    const client = await running.open();
    const got = new Promise((resolve) => client.ws.once("message", (data) => resolve(JSON.parse(data.toString()))));
    client.ws.send(`{"jsonrpc":"2.0","id":7,"method":"connect","params":{"appKey":${deepText.slice(3_000, 5_000)}}}`);
    expect(await got).toMatchObject({ id: 7, error: { code: -32602 } });
  });
});
