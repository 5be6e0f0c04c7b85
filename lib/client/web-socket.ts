/** What the library needs of a WebSocket: what browsers have, and the package `ws`. */
export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export type WebSocketMaker = (url: string) => WebSocketLike;

/** There is no WebSocket here, and trying again does not bring one. */
export class NoWebSocketError extends Error {
  constructor(options?: ErrorOptions) {
    super(
      "This version of Node has no WebSocket of its own: install the package ws, or use Node 22 or newer.",
      options,
    );
    this.name = "NoWebSocketError";
  }
}

/** Browsers and newer versions of Node have a WebSocket of their own; in older ones the package `ws` stands in. Throws `NoWebSocketError`. */
export async function webSocketMaker(): Promise<WebSocketMaker> {
  if (typeof globalThis.WebSocket === "function") {
    return (url) => new globalThis.WebSocket(url) as unknown as WebSocketLike;
  }
  const { WebSocket } = await import("ws").catch((cause: unknown) => {
    throw new NoWebSocketError({ cause });
  });
  return (url) => new WebSocket(url, { perMessageDeflate: false }) as unknown as WebSocketLike;
}

/** The gateway's address: `http(s)://host:port` of the service becomes `ws(s)://host:port/im`. Null when it is none. */
export function gatewayUrl(serverUrl: string): string | null {
  try {
    const url = new URL("/im", serverUrl);
    if (url.protocol === "http:") url.protocol = "ws:";
    if (url.protocol === "https:") url.protocol = "wss:";
    return url.protocol === "ws:" || url.protocol === "wss:" ? url.href : null;
  } catch {
    return null;
  }
}
