import { hash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { measure, type Order, serveOrders } from "./load";
import type { Scenario } from "./scenario";
import { scenarioNamed } from "./scenarios";

/** The driver: keep-alive connections over plain sockets, each request signed as it is sent. */

function requestOf(order: Order, scenario: Scenario, number: number): string {
  const text = JSON.stringify(scenario.body(order, number));
  const nonce = `${order.round}${number}`;
  const timestamp = String(Date.now());
  const signature = hash("sha1", order.appSecret + nonce + timestamp, "hex");
  return `POST ${scenario.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nApp-Key: ${order.appKey}\r\nNonce: ${nonce}\r\nTimestamp: ${timestamp}\r\nSignature: ${signature}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const CONTENT_LENGTH = "content-length: ";

/** A keep-alive connection that carries one request at a time. */
class Connection {
  private readonly socket: Socket;
  private readonly buffer = Buffer.allocUnsafe(64 * 1024);
  private received = "";
  private resolve: () => void = () => {};
  private reject: (error: Error) => void = () => {};

  constructor(port: number) {
    // One buffer for all that is read: the driver shares the processors with what it measures.
    const onread = {
      buffer: this.buffer,
      callback: (bytes: number) => {
        this.take(bytes);
        return true;
      },
    };
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    this.socket.on("error", (error) => this.reject(error));
    this.socket.on("close", () => this.reject(new Error("the connection was closed")));
  }

  /** Sends one request and waits for the whole answer; rejects when it is not code 0. */
  exchange(request: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.received = "";
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(request, "latin1");
    });
  }

  private take(bytes: number): void {
    this.received += this.buffer.toString("latin1", 0, bytes);
    const head = this.received.indexOf("\r\n\r\n");
    if (head === -1) return;
    const length = this.received.indexOf(CONTENT_LENGTH) + CONTENT_LENGTH.length;
    if (this.received.length < head + 4 + Number.parseInt(this.received.slice(length, length + 9), 10)) return;
    const accepted = this.received.startsWith("HTTP/1.1 200") && this.received.startsWith('{"code":0', head + 4);
    if (accepted) this.resolve();
    else this.reject(new Error(this.received));
  }
}

const connectionsTo = new Map<number, Connection[]>();

function connectionsOf({ port, connections }: Order): Connection[] {
  const open = connectionsTo.get(port) ?? [];
  connectionsTo.set(port, open);
  while (open.length < connections) open.push(new Connection(port));
  return open;
}

serveOrders(async (order) => {
  const connections = connectionsOf(order);
  const scenario = scenarioNamed(order.scenario);
  return measure(order, async (connection, number) =>
    connections[connection]?.exchange(requestOf(order, scenario, number)),
  );
});
