import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { measure, type Order, serveOrders, userIdOf } from "./load";

/** The driver: keep-alive connections over plain sockets, each request signed as it is sent. */

function requestOf(order: Order, number: number): string {
  const userId = userIdOf(order, number);
  const [path, body] = {
    "issue, new ids": ["/v4/auth/access-token/issue", { userId, name: `User ${number}`, avatarUrl: "" }] as const,
    "issue, known ids": ["/v4/auth/access-token/issue", { userId, name: "Known user" }] as const,
    get: ["/v4/user/get", { userId }] as const,
    ban: ["/v4/user/ban", { userIds: [userId], durationMinutes: 60 }] as const,
  }[order.scenario];
  const text = JSON.stringify(body);
  const nonce = `${order.round}${number}`;
  const timestamp = String(Date.now());
  const signature = createHash("sha1")
    .update(order.appSecret + nonce + timestamp)
    .digest("hex");
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nApp-Key: ${order.appKey}\r\nNonce: ${nonce}\r\nTimestamp: ${timestamp}\r\nSignature: ${signature}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Sends one request and waits for the whole answer; rejects when it is not code 0. */
function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = "";
    const onData = (chunk: Buffer) => {
      received += chunk.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = /content-length: (\d+)/i.exec(received.slice(0, head))?.[1];
      if (received.length < head + 4 + Number(length)) return;
      socket.off("data", onData);
      socket.off("error", reject);
      if (received.startsWith("HTTP/1.1 200") && received.includes('{"code":0')) resolve();
      else reject(new Error(received));
    };
    socket.on("data", onData);
    socket.on("error", reject);
    socket.write(request);
  });
}

const sockets: Socket[] = [];

serveOrders(async (order) => {
  while (sockets.length < order.connections) {
    const socket = connect(order.port, "127.0.0.1");
    socket.setNoDelay(true);
    sockets.push(socket);
  }
  return measure(order, async (connection, number) => {
    const socket = sockets[connection];
    if (socket === undefined) throw new Error("no connection");
    await exchange(socket, requestOf(order, number));
  });
});
