import { once } from "node:events";
import { WebSocket } from "ws";

/** What a client is told unasked. */
export interface Told {
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface Reply {
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: Record<string, unknown> };
}

/** A small client of the gateway, as close to the wire as a test needs it. */
export interface ClientSocket {
  readonly ws: WebSocket;
  /** Calls a method and waits for its reply; rejects when the socket closes first. */
  call(method: string, params?: object): Promise<Reply>;
  /** Connects with sensible values for what is left out. */
  connect(params: { appKey: string; token: string } & Record<string, unknown>): Promise<Reply>;
  /** Everything told so far, oldest first. */
  readonly told: readonly Told[];
  /** How the socket was closed; waits for it. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export interface SocketOptions {
  readonly origin?: string;
  readonly headers?: Record<string, string>;
  /** Answers WebSocket pings by itself; default true. */
  readonly autoPong?: boolean;
}

/** Opens a socket at `url` (ws://…/im). Rejects when it is refused. */
export async function openSocket(url: string, options: SocketOptions = {}): Promise<ClientSocket> {
  const { autoPong = true, ...rest } = options;
  const ws = new WebSocket(url, { ...rest, autoPong, perMessageDeflate: false });
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  const told: Told[] = [];
  let nextId = 0;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on("close", (code, reason) => {
      for (const { reject } of waiting.values()) reject(new Error(`closed with ${code} ${reason.toString()}`));
      waiting.clear();
      resolve({ code, reason: reason.toString() });
    });
  });
  ws.on("message", (data) => {
    type Received = { id?: number } & Reply & Told;
    const received = JSON.parse(data.toString()) as Received | Received[];
    for (const frame of Array.isArray(received) ? received : [received]) {
      if (frame.id === undefined) told.push(frame);
      else {
        waiting.get(frame.id)?.resolve(frame);
        waiting.delete(frame.id);
      }
    }
  });
  await once(ws, "open");
  ws.on("error", () => ws.terminate());

  const client: ClientSocket = {
    ws,
    told,
    closed,
    call(method, params) {
      nextId += 1;
      const id = nextId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        ws.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
      });
    },
    connect: (params) => client.call("connect", { protocol: 1, platform: "Web", sdk: "test/1", ...params }),
    close: () => ws.terminate(),
  };
  return client;
}
