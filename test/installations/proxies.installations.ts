import { once } from "node:events";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, type RequestOptions, request } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createHttpServer } from "@/lib/http/http-server";
import { knownHosts } from "@/lib/http/known-hosts";
import { selfSigned } from "@/test/support/certificate";
import { createTestApp, testContext } from "@/test/support/context";
import { findProgram, ownFolder, type Running, startProgram } from "@/test/support/foreign-programs";
import { freePort } from "@/test/support/free-port";
import { type ServiceProcess, serviceProcesses } from "@/test/support/service-process";
import { signedHeaders } from "@/test/support/signed-client";

/** `npm run test:installations`: the examples in deploy/, as they stand there, in front of two services and a console's door. */

const CONSOLE = "console.example.com";
const API = "im.example.com";
const SENDERS = 8;
const tls = selfSigned(CONSOLE, API);

interface Example {
  readonly name: string;
  readonly program: string | null;
  readonly file: string;
  /** Completes the example where it is only a part of the program's configuration. */
  complete(text: string, folder: string, port: number): string;
  args(config: string): string[];
}

const EXAMPLES: readonly Example[] = [
  {
    name: "nginx",
    program: findProgram("nginx"),
    file: "deploy/nginx.conf",
    complete: (text, folder, port) =>
      `daemon off;\npid ${folder}/pid;\nerror_log ${folder}/error.log;\nevents { worker_connections 512; }\nhttp {\naccess_log off;\n${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n")}\n${text.replaceAll("listen 443", `listen 127.0.0.1:${port}`)}\n}\n`,
    args: (config) => ["-c", config],
  },
  {
    name: "Caddy",
    program: findProgram("caddy"),
    file: "deploy/Caddyfile",
    complete: (text, folder, port) =>
      `{\n\tadmin off\n\tauto_https disable_redirects\n\thttps_port ${port}\n\tstorage file_system ${folder}/storage\n}\n${text}`,
    args: (config) => ["run", "--adapter", "caddyfile", "--config", config],
  },
  {
    name: "HAProxy",
    program: findProgram("haproxy"),
    file: "deploy/haproxy.cfg",
    complete: (text, _folder, port) =>
      text.replace("maxconn 20000", "maxconn 500").replace("bind :443", `bind 127.0.0.1:${port}`),
    args: (config) => ["-f", config],
  },
];

const context = testContext();
const startService = serviceProcesses();
const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** The console's door without its pages: what it takes of a body, and where a request came from. */
const door = createHttpServer({
  hosts: knownHosts([`https://${CONSOLE}`], []),
  requestMs: 120_000,
  name: "console",
  log: { error: () => undefined, warn: () => undefined },
  async handle(incoming, response) {
    let bytes = 0;
    for await (const chunk of incoming) bytes += (chunk as Buffer).length;
    const { host, "x-forwarded-for": from, "x-forwarded-proto": by } = incoming.headers;
    response.end(JSON.stringify({ bytes, host, from, by }));
  },
});
beforeAll(async () => {
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
});
afterAll(() => void door.close());

async function startExample(example: Example, ports: readonly number[]): Promise<number> {
  const port = await freePort();
  const { path: folder } = ownFolder();
  chmodSync(folder, 0o755);
  const files = { "cert.pem": tls.cert, "key.pem": tls.key, "both.pem": `${tls.cert}${tls.key}` };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const ours = readFileSync(example.file, "utf8")
    .replaceAll("/etc/ssl/im", folder)
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${(door.address() as AddressInfo).port}`)
    .replaceAll("127.0.0.1:3001", `127.0.0.1:${ports[0]}`)
    .replaceAll("127.0.0.1:3002", `127.0.0.1:${ports[1]}`);
  const config = path.join(folder, "config");
  writeFileSync(config, example.complete(ours, folder, port));
  running.push(await startProgram(example.program ?? "", example.args(config), port));
  return port;
}

/** An HTTPS request to `name` through the proxy on this machine. Rejects when the connection breaks. */
async function ask(
  port: number,
  name: string,
  options: RequestOptions & { body?: string | Buffer } = {},
): Promise<{ status: number; body: string }> {
  const { body = "", ...rest } = options;
  const asked = request({
    host: "127.0.0.1",
    port,
    servername: name,
    ca: tls.cert,
    ...rest,
    headers: { ...rest.headers, Host: `${name}:${port}`, "Content-Length": Buffer.byteLength(body) },
  });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, body: text };
}

async function services(): Promise<{ ports: number[]; start(port: number): Promise<ServiceProcess> }> {
  const start = (port: number) =>
    startService({
      DATABASE_URL: context().url,
      SERVICE_PORT: String(port),
      PUBLIC_API_URL: `https://${API}`,
      PUBLIC_CONSOLE_URL: `https://${CONSOLE}`,
      TRUST_PROXY: "on",
      RATE_LIMITS: "off",
    });
  return { ports: [await freePort(), await freePort()], start };
}

async function stopped({ child }: ServiceProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
}

describe.each(EXAMPLES)("$name, as in $file", (example) => {
  test.skipIf(example.program === null)("hands on large bodies, the host and the client's address", async () => {
    const { ports } = await services();
    const port = await startExample(example, ports);
    const body = Buffer.alloc(7_900_000, "x");
    const answer = await ask(port, CONSOLE, { method: "POST", path: "/imports", body });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ bytes: body.length, from: "127.0.0.1", by: "https" });
    expect(JSON.parse(answer.body).host).toMatch(new RegExp(`^${CONSOLE}`));
  });

  test.skipIf(example.program === null)(
    "loses no request while one service after the other restarts, and carries WebSockets",
    { timeout: 180_000 },
    async () => {
      const { ports, start } = await services();
      const both = await Promise.all(ports.map(start));
      const port = await startExample(example, ports);
      const { production } = await createTestApp(context());
      const { appKey } = production.ref;
      const { appSecret } = production;
      const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
      const send = (where: string, body: object) =>
        ask(port, API, {
          method: "POST",
          path: where,
          agent,
          headers: signedHeaders({ baseUrl: "", appKey, appSecret }),
          body: JSON.stringify(body),
        });
      await expect.poll(async () => (await ask(port, API, { path: "/readyz" })).status, { timeout: 10_000 }).toBe(200);

      const issued = await send("/v4/auth/access-token/issue", { userId: "alice", name: "alice" });
      const { accessToken } = JSON.parse(issued.body).result ?? {};
      const trusting = { ca: tls.cert, servername: API, headers: { Host: `${API}:${port}` } };
      const socket = new WebSocket(`wss://127.0.0.1:${port}/im`, trusting);
      await once(socket, "open");
      const params = { protocol: 1, appKey, token: accessToken, platform: "Web", sdk: "test/1", device: "" };
      socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "connect", params }));
      const [reply] = await once(socket, "message");
      expect(JSON.parse(String(reply)).result).toMatchObject({ userId: "alice" });

      let done = false;
      let answered = 0;
      const lost = new Set<string>();
      const senders = Array.from({ length: SENDERS }, async (_, sender) => {
        for (let n = 0; !done; n += 1) {
          const userId = `user-${sender}-${n}`;
          const outcome = await send("/v4/auth/access-token/issue", { userId, name: userId }).catch((error: Error) => ({
            status: 0,
            body: String(error),
          }));
          if (outcome.status === 200) answered += 1;
          else lost.add(`${outcome.status} ${outcome.body.slice(0, 200)}`);
        }
      });
      for (const [at, service] of both.entries()) {
        const before = answered;
        await expect.poll(() => answered - before, { timeout: 10_000 }).toBeGreaterThan(50);
        await stopped(service);
        both[at] = await start(ports[at] ?? 0);
        const since = answered;
        // Until the proxy has used it again, with what it found out about it meanwhile.
        await expect.poll(() => answered - since, { timeout: 30_000 }).toBeGreaterThan(200);
        await expect.poll(async () => (await ask(port, API, { path: "/readyz" })).status).toBe(200);
      }
      done = true;
      await Promise.all(senders);
      agent.destroy();
      socket.terminate();
      expect([...lost, ...(lost.size > 0 ? [running[0]?.said()] : [])]).toEqual([]);
      expect(answered).toBeGreaterThan(500);
    },
  );
});
