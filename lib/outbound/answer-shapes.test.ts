import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { createOutbound } from "./create-outbound";

/** Receivers that answer in every way that HTTP does not expect: each request ends within its time, whatever comes. */

const TIMEOUT_MS = 300;
const ANSWER_MS = 1_500;
/** Far more than the limit on a busy machine, far less than for ever. */
const SETTLED_WITHIN_MS = 3_000;

const outbound = createOutbound({ allowPrivate: true });
const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, "close");
  }
});

async function listening(server: Server, scheme: string): Promise<URL> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

/** Speaks as soon as something was said to it. */
function receiver(speak: (socket: Socket) => void): Promise<URL> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => speak(socket));
    socket.resume();
  });
  return listening(server, "http");
}

/** Writes `text` again and again, as fast as it is taken or with pauses, until the connection is gone. */
const forever =
  (head: string, text: string, pauseMs = 0) =>
  (socket: Socket) => {
    socket.write(head);
    const more = () => {
      if (socket.destroyed) return;
      if (pauseMs > 0) socket.write(text, () => setTimeout(more, pauseMs));
      else if (socket.write(text)) setImmediate(more);
      else socket.once("drain", more);
    };
    more();
  };

/** The answer or the failure, and that it came in time; a receiver that does answer is given time to, on a busy machine too. */
async function outcome(url: URL, timeoutMs = ANSWER_MS): Promise<unknown> {
  const request = { url, headers: { "Content-Type": "application/json" }, body: "{}", timeoutMs };
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    late = setTimeout(() => resolve("never settled"), SETTLED_WITHIN_MS);
  });
  const settled = outbound.post(request).catch(({ kind, message }: { kind: string; message: string }) => {
    return { kind, message };
  });
  const result = await Promise.race([settled, limit]);
  clearTimeout(late);
  return result;
}

const TIMED_OUT = { kind: "timeout", message: "No answer within 0.3 seconds." };
const NOT_HTTP = { kind: "connection", message: "The receiver's answer is not HTTP." };
const CUT_OFF = { kind: "connection", message: "The receiver has cut the connection off." };
const UPGRADE = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

describe("a request ends in time", () => {
  test.each<[string, (socket: Socket) => void, unknown]>([
    ["101 Switching Protocols", (socket) => socket.write(UPGRADE), { status: 101, excerpt: "" }],
    ["101 and a flood behind it", forever(UPGRADE, "x".repeat(65_536)), { status: 101, excerpt: "" }],
    ["a flood of 100 Continue", forever("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000)), NOT_HTTP],
    ["a flood of 103 Early Hints", forever("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(100)), NOT_HTTP],
    ["1xx now and then", forever("", "HTTP/1.1 102 Processing\r\n\r\n", 50), TIMED_OUT],
    ["half a status line", (socket) => socket.write("HTTP/1.1 20"), TIMED_OUT],
    ["half a head", (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Le"), TIMED_OUT],
    ["half a head and the end", (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Le"), CUT_OFF],
    ["a head that never ends, slowly", forever("HTTP/1.1 200 OK\r\n", "X-Drip: 1\r\n", 50), TIMED_OUT],
    [
      "a head that never ends, fast",
      forever("HTTP/1.1 200 OK\r\n", "X-Flood: 1\r\n".repeat(500)),
      { kind: "connection", message: "The head of the receiver's answer is too large." },
    ],
    ["a body that never ends, slowly", forever("HTTP/1.1 200 OK\r\n\r\n", "\n", 50), { status: 200, excerpt: "" }],
    [
      "a body that never ends, fast",
      forever("HTTP/1.1 500 No\r\n\r\n", "x".repeat(65_536)),
      { status: 500, excerpt: "x".repeat(2_000) },
    ],
    [
      "less body than was promised, and silence",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"),
      { status: 200, excerpt: "ok" },
    ],
    [
      "a chunk that is none",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n"),
      { status: 200, excerpt: "" },
    ],
    ["a reset", (socket) => socket.resetAndDestroy(), CUT_OFF],
    ["an immediate end", (socket) => socket.end(), CUT_OFF],
    ["the end of one direction", (socket) => socket.end("\r\n"), CUT_OFF],
  ])("%s", async (_shape, speak, expected) => {
    const url = await receiver(speak);
    expect(await outcome(url, expected === TIMED_OUT ? TIMEOUT_MS : ANSWER_MS)).toEqual(expected);
  });

  test("a reset in the middle of the body", async () => {
    const url = await receiver((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      );
    });
    expect(await outcome(url)).toEqual({ status: 200, excerpt: "ok" });
  });

  test("a TLS alert, and a receiver that never shakes hands", async () => {
    const refusing = createTlsServer({ SNICallback: (_name, done) => done(new Error("no certificate here")) });
    refusing.on("tlsClientError", () => {});
    expect(await outcome(await listening(refusing, "https"))).toMatchObject({ kind: "connection" });
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
    });
    expect(await outcome(await listening(silent, "https"), TIMEOUT_MS)).toEqual(TIMED_OUT);
  });

  test("a connection that was kept, and is switched at the second request", async () => {
    const answers = ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", UPGRADE];
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("data", () => socket.write(answers.shift() ?? UPGRADE));
    });
    const url = await listening(server, "http");
    expect(await outcome(url)).toEqual({ status: 200, excerpt: "ok" });
    expect(await outcome(url)).toEqual({ status: 101, excerpt: "" });
  });

  test("nothing is left open behind it", async () => {
    for (const speak of [(socket: Socket) => void socket.write(UPGRADE), forever("", "HTTP/1.1 102 P\r\n\r\n", 20)]) {
      const closed = new Promise<void>((resolve) => {
        void receiver((socket) => {
          socket.on("close", () => resolve());
          speak(socket);
        }).then(outcome);
      });
      await closed;
    }
  });
});
