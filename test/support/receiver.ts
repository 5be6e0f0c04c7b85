import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createSocketServer } from "node:net";
import { afterAll } from "vitest";

/** A request as a receiver of webhooks got it. */
export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly port: number;
  /** http://127.0.0.1:PORT/hook */
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

const open: Array<() => Promise<void>> = [];
afterAll(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** A receiver on a real socket of this machine; `answer` sees each request once its body is there. Default: 200. */
export async function startReceiver(
  answer: (received: Received, ...args: Parameters<RequestListener>) => void = (_received, _request, response) =>
    void response.end("ok"),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const one = { url: request.url ?? "", headers: request.headers, body };
      received.push(one);
      answer(one, request, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  open.push(close);
  return { port, url: `http://127.0.0.1:${port}/hook`, received, close };
}

/** Accepts connections and never says a word. */
export async function startHangingReceiver(): Promise<{ url: string; port: number; connections(): number }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createSocketServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.resume();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return { url: `http://127.0.0.1:${port}/hook`, port, connections: () => connections };
}
