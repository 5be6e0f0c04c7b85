import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { nodeCall } from "./node-adapter";

let server: Server;
afterEach(() => void server.close());

/** A request as far as it has come, and the socket on whose other end it is. */
async function begun(declared: number, sent: string): Promise<{ request: IncomingMessage; client: Socket }> {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.write(`POST /v4/user/get HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${declared}\r\n\r\n${sent}`);
  const [request] = (await once(server, "request")) as [IncomingMessage];
  return { request, client };
}

async function breakOff(client: Socket, request: IncomingMessage): Promise<void> {
  const closed = new Promise((resolve) => request.on("close", resolve));
  client.destroy();
  await closed;
}

test.each([
  ["short", 40],
  ["long", 40_000],
])("a %s body that ends before anybody reads it is an error all the same", async (_length, declared) => {
  const { request, client } = await begun(declared, '{"userId":"al');
  const call = nodeCall(request, { kind: "off" });
  await breakOff(client, request);
  await expect(call.readBody(100_000)).rejects.toMatchObject({ code: "body_not_json" });
});

test.each([
  ["short", 40],
  ["long", 40_000],
])("a %s body that ends while it is read is an error", async (_length, declared) => {
  const { request, client } = await begun(declared, '{"userId":"al');
  const reading = nodeCall(request, { kind: "off" }).readBody(100_000);
  client.destroy();
  await expect(reading).rejects.toMatchObject({ code: "body_not_json" });
});

test("a body is held to the endpoint's limit, whether or not it was read beforehand", async () => {
  const { request, client } = await begun(10, "1234567890");
  const call = nodeCall(request, { kind: "off" });
  expect(await call.readBody(9)).toBeNull();
  expect(Buffer.from((await call.readBody(10)) ?? []).toString()).toBe("1234567890");
  client.destroy();
});
