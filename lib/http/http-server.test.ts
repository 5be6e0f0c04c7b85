import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectionRoom, openFileLimit, openFilesNote } from "./connection-room";
import { closeGracefully, createHttpServer, NO_SNIFF } from "./http-server";
import { knownHosts } from "./known-hosts";

/** What a stranger may send to any port, over real sockets. */

const failures: unknown[] = [];
const seen: string[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createHttpServer({
    hosts: knownHosts(["https://im.example.com"], []),
    requestMs: 1_000,
    name: "test",
    log: { error: (given: unknown) => void failures.push(given), warn: () => undefined },
    headers: [["X-Every-Answer", "yes"]],
    async handle(request, response) {
      seen.push(`${request.method} ${request.url}`);
      response.setHeader(...NO_SNIFF);
      if (request.url === "/fail") throw new Error("inside");
      if (request.url === "/begin") response.write("begun");
      for await (const _ of request);
      response.end("done\n");
    },
    upgrade: (_request, socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => closeGracefully(server, 0));

/** Everything that comes back until the connection ends. `later` is sent when something has come, or never. */
async function exchange(...texts: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  // A reset is an end as well.
  socket.on("error", () => {});
  for (const text of texts) socket.write(text);
  await once(socket, "close");
  return answer;
}

const get = (path: string, headers = "Host: im.example.com\r\n", method = "GET") =>
  `${method} ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

test.each(["/invite/%ff", "/%", "/a%2", "/invite/%ed%a0%80?next=%2F"])("the path %s is no text", async (path) => {
  const answer = await exchange(get(path));
  expect(statusOf(answer)).toBe(400);
  expect(answer).toContain("is no text");
});

test.each(["/invite/%F0%9F%98%80", "/a%00b", "/users?cursor=%ff"])(
  "the path %s is the door's to answer",
  async (path) => {
    expect(statusOf(await exchange(get(path)))).toBe(200);
  },
);

describe("methods", () => {
  test.each(["TRACE", "PROPFIND", "MKCOL", "PURGE", "QUERY", "BREW", "get"])(
    "%s is refused with those that are not",
    async (method) => {
      const answer = await exchange(get("/", undefined, method));
      expect(statusOf(answer)).toBe(405);
      expect(answer).toContain("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
      expect(answer).toContain("\r\nX-Content-Type-Options: nosniff\r\n");
    },
  );

  test("CONNECT opens no way through", async () => {
    const answer = await exchange("CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n");
    expect(statusOf(answer)).toBe(405);
    expect(answer).toContain("\r\nAllow: GET,");
  });

  test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "%s is the door's to answer",
    async (method) => {
      expect(statusOf(await exchange(get("/door", undefined, method)))).toBe(200);
      expect(seen.at(-1)).toBe(`${method} /door`);
    },
  );
});

test("headers of every answer stand in refusals as well", async () => {
  for (const path of ["/door", "/%"]) {
    expect((await exchange(get(path))).toLowerCase()).toContain("\r\nx-every-answer: yes\r\n");
  }
});

describe("the host", () => {
  test.each([
    ["another name", "Host: evil.test\r\n", 421],
    ["none", "", 400],
    ["an empty one", "Host:\r\n", 421],
    ["two", "Host: im.example.com\r\nHOST: evil.test\r\n", 400],
    ["the same twice", "Host: im.example.com\r\nhost: im.example.com\r\n", 400],
    ["its own", "Host: im.example.com:8080\r\n", 200],
  ])("%s", async (_what, headers, status) => {
    expect(statusOf(await exchange(get("/", headers)))).toBe(status);
  });

  test("the refusal says in one line what to set, and does not repeat what was sent", async () => {
    const answer = await exchange(get("/", "Host: evil.test\r\n"));
    expect(answer).toMatch(/\r\n\r\nThis installation does not go by .*PUBLIC_CONSOLE_URL.*ALLOWED_HOSTS\.\n$/);
    expect(answer).not.toContain("evil");
  });

  test("health is told by any name, and nothing else is", async () => {
    for (const path of ["/healthz", "/readyz"])
      expect(statusOf(await exchange(get(path, "Host: 10.1.2.3\r\n")))).toBe(200);
    for (const path of ["/healthz/", "/healthz?x", "/x/healthz", "/healthz/../"]) {
      expect(statusOf(await exchange(get(path, "Host: 10.1.2.3\r\n")))).toBe(421);
    }
  });

  test("an address with a host of its own is no way around", async () => {
    expect(statusOf(await exchange(get("http://evil.test/")))).toBe(400);
    expect(statusOf(await exchange(get("*", undefined, "OPTIONS")))).toBe(400);
  });

  test("a connection that asks for another protocol keeps the same rules", async () => {
    const upgrade = (headers: string) =>
      exchange(`GET / HTTP/1.1\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    expect(statusOf(await upgrade("Host: evil.test\r\n"))).toBe(421);
    expect(statusOf(await upgrade("Host: im.example.com\r\n"))).toBe(101);
  });
});

describe("what comes is bounded", () => {
  test.each([
    ["no HTTP", "hello\r\n\r\n", 405],
    ["a broken version", "GET / HTTP/9.9\r\n\r\n", 400],
    ["a broken header", "GET / HTTP/1.1\r\nHost im\r\n\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\nHost: im.example.com\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: im.example.com\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
    ],
    ["a head of 20 kB", get("/", `Host: im.example.com\r\nX-Long: ${"x".repeat(20_000)}\r\n`), 431],
  ])("%s is refused in one line of text", async (_what, text, status) => {
    const answer = await exchange(text);
    expect(statusOf(answer)).toBe(status);
    expect(answer).toContain("\r\nX-Content-Type-Options: nosniff\r\n");
    expect(answer).toContain("\r\nConnection: close\r\n");
  });

  test.each([
    ["half a head", "POST / HTTP/1.1\r\nHost: im.exam"],
    ["half a body", "POST / HTTP/1.1\r\nHost: im.example.com\r\nContent-Length: 10\r\n\r\nhalf"],
  ])("%s is waited for as long as a request may take", { timeout: 20_000 }, async (_what, text) => {
    expect(statusOf(await exchange(text))).toBe(408);
  });

  test("into an answer that has begun nothing else is written", { timeout: 20_000 }, async () => {
    const begun = "POST /begin HTTP/1.1\r\nHost: im.example.com\r\nContent-Length: 10\r\n\r\nhalf";
    const answer = await exchange(begun);
    expect(answer).toContain("begun");
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test("a door that fails ends its connection and is logged; the next request is answered", async () => {
    expect(await exchange(get("/fail"))).toBe("");
    expect(failures).toEqual([{ err: new Error("inside") }]);
    expect(statusOf(await exchange(get("/")))).toBe(200);
  });
});

describe("connections beyond the room", () => {
  test("are answered with 503 and, far beyond, end; it is told once; those who came before go on, and room is made again", async () => {
    const told: unknown[] = [];
    const small = createHttpServer({
      hosts: knownHosts([], []),
      requestMs: 1_000,
      name: "small",
      log: { error: (given: unknown) => void failures.push(given), warn: (given: unknown) => void told.push(given) },
      room: { shedAt: 2, dropAt: 4 },
      async handle(request, response) {
        if (request.url === "/hold") return void response.write("held");
        response.end("done\n");
      },
      upgrade: (_request, socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    });
    small.listen(0, "127.0.0.1");
    await once(small, "listening");
    const there = (small.address() as AddressInfo).port;
    const opened: Socket[] = [];
    const ask = async (path: string, headers = "") => {
      const socket = connect(there, "127.0.0.1");
      opened.push(socket);
      socket.on("error", () => {});
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
      const [data] = await Promise.race([once(socket, "data"), once(socket, "close").then(() => [""])]);
      return { socket, answer: String(data) };
    };
    const held = [await ask("/hold"), await ask("/hold")];
    const refused = await ask("/");
    expect(refused.answer).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 5.*Connection: close/s);
    await once(refused.socket, "close");
    expect((await ask("/", "Connection: Upgrade\r\nUpgrade: websocket\r\n")).answer).toMatch(/^HTTP\/1\.1 503 /);
    const silent = Array.from({ length: 4 }, () => connect(there, "127.0.0.1").on("error", () => {}));
    opened.push(...silent);
    await Promise.race(silent.map((socket) => once(socket, "close")));
    expect(told).toHaveLength(1);
    expect(held.map(({ socket }) => socket.destroyed)).toEqual([false, false]);
    for (const socket of opened) socket.destroy();
    await expect.poll(async () => (await ask("/")).answer).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of opened) socket.destroy();
    await closeGracefully(small, 0);
  });

  test("leave descriptors for everything else, however low the limit is", () => {
    expect(connectionRoom(null).shedAt).toBe(Number.POSITIVE_INFINITY);
    expect(connectionRoom(20_000)).toEqual({ shedAt: 19_800, dropAt: 19_900 });
    expect(connectionRoom(256)).toEqual({ shedAt: 128, dropAt: 192 });
    expect(openFilesNote(256)).toMatch(/256 files.*128 connections.*ulimit -n/);
    expect(openFilesNote(1_048_576)).toBeNull();
    expect(openFileLimit()).toBeGreaterThan(0);
  });
});
