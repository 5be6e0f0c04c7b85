import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket, Server as TcpServer } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { type ConnectionRoom, connectionRoom, openFileLimit } from "./connection-room";
import type { KnownHosts } from "./known-hosts";
import { ALLOW, type HttpRefusal, refusalOf, WRONG_METHOD } from "./request-rules";

const HEAD_MS = 10_000;
const MAX_HEAD_BYTES = 16_384;
/**
 * Longer than reverse proxies and load balancers keep an idle connection (nginx 60 s, Caddy 120 s, Google's 600 s), so that it is them
 * who close: one that is closed here at the moment it is used again is a lost request there.
 */
const KEEP_ALIVE_MS = 620_000;
/** Between two log lines that say that connections are turned away. */
const TELL_AGAIN_MS = 60_000;
const FULL: HttpRefusal = {
  status: 503,
  text: "This process holds as many connections as it can.",
  retryAfterSeconds: 5,
};
/** Of a connection on which nothing moves although an answer is under way: its reader has stopped reading. */
const STALL_MS = 120_000;
const CHECK_MS = 5_000;

/** Stands in every answer: a browser takes it for what its type says and nothing else. */
export const NO_SNIFF = ["X-Content-Type-Options", "nosniff"] as const;

export interface HttpServerOptions {
  readonly hosts: KnownHosts;
  /** Milliseconds within which a request must have come, head and body. */
  readonly requestMs: number;
  /** Names the server in its log lines. */
  readonly name: string;
  readonly log: Pick<Logger, "error" | "warn">;
  /** Unless it says otherwise, what the limit of open files leaves. */
  readonly room?: ConnectionRoom;
  /** Stand in every answer besides `NO_SNIFF`. */
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>;
  /** Answers a request that keeps the rules; its answer carries `NO_SNIFF`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes over a connection that asks to become another protocol's. Without it, such a request is answered as any other. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/**
 * The HTTP server of every port of the product: what is true of each request before a door sees it, whichever door it is. Bounds
 * the time and size of what comes in, and refuses methods, addresses and hosts that none of them has (`request-rules.ts`).
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const {
    hosts,
    requestMs,
    name,
    log,
    handle,
    upgrade,
    headers = [],
    room = connectionRoom(openFileLimit()),
  } = options;
  const shed = new WeakSet<Duplex>();
  const server = createServer(
    {
      headersTimeout: Math.min(HEAD_MS, requestMs),
      requestTimeout: requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEAD_BYTES,
      connectionsCheckingInterval: Math.min(CHECK_MS, requestMs),
      // The rules look at it, and answer as they do.
      requireHostHeader: false,
    },
    (request, response) => {
      for (const [header, value] of headers) response.setHeader(header, value);
      // While stopping, each connection ends with the answer it waits for.
      const stopping = draining.has(server);
      if (stopping) response.setHeader("Connection", "close");
      const notReady = stopping && request.url === "/readyz" ? STOPPING : null;
      const refusal = notReady ?? (shed.has(request.socket) ? FULL : refusalOf(request, hosts));
      if (refusal !== null) return refuse(response, refusal);
      handle(request, response).catch((error: NodeJS.ErrnoException) => {
        // Of one that its sender has broken off there is nothing to tell.
        if (error.code !== "ECONNRESET" || !request.destroyed) {
          log.error({ err: error }, `${name}: a request could not be answered`);
        }
        response.destroy();
      });
    },
  );
  server.timeout = STALL_MS;
  shedBeyond(server, room, shed, () => {
    const told = `${name}: ${room.shedAt} connections are all that the limit of open files allows, others get 503; raise it (ulimit -n, LimitNOFILE)`;
    log.warn(told);
  });

  if (upgrade !== undefined) {
    server.on("upgrade", (request, socket, head) => {
      const refusal = shed.has(socket) ? FULL : refusalOf(request, hosts);
      if (refusal === null) upgrade(request, socket, head);
      else refuseSocket(socket, refusal);
    });
  }
  server.on("connect", (_request, socket) => refuseSocket(socket, WRONG_METHOD));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (isAnswering(socket)) socket.destroy();
    else refuseSocket(socket, refusalOfError(error));
  });
  return server;
}

/** Marks connections that there is no room for in `shed`, to be answered with 503, and lets idle ones go that make room. */
function shedBeyond(server: Server, { shedAt, dropAt }: ConnectionRoom, shed: WeakSet<Duplex>, tell: () => void): void {
  let open = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  if (Number.isFinite(dropAt)) server.maxConnections = dropAt;
  const full = () => {
    server.closeIdleConnections();
    if (performance.now() - toldAt < TELL_AGAIN_MS) return;
    toldAt = performance.now();
    tell();
  };
  server.on("connection", (socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
    if (open <= shedAt) return;
    shed.add(socket);
    full();
  });
  server.on("drop", full);
}

/** Answers with a refusal and ends the connection. */
export function refuse(response: ServerResponse, { status, text, retryAfterSeconds }: HttpRefusal): void {
  const allow = status === 405 ? { Allow: ALLOW } : {};
  const retry = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  // What it may still be sending is not read.
  response.writeHead(status, { ...Object.fromEntries(textHeaders(text)), ...allow, ...retry, Connection: "close" });
  response.end(`${text}\n`);
}

/** Answers on a connection that is no longer, or not yet, HTTP's, and ends it. */
export function refuseSocket(socket: Duplex, { status, text, retryAfterSeconds }: HttpRefusal): void {
  if (!socket.writable) return void socket.destroy();
  socket.on("error", () => socket.destroy());
  const headers = [
    ...textHeaders(text),
    ...(status === 405 ? [["Allow", ALLOW]] : []),
    ...(retryAfterSeconds === undefined ? [] : [["Retry-After", String(retryAfterSeconds)]]),
    ["Connection", "close"],
  ];
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([key, value]) => `${key}: ${value}`)];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}\n`);
}

const textHeaders = (text: string) => [
  NO_SNIFF,
  ["Content-Type", "text/plain; charset=utf-8"],
  ["Content-Length", String(Buffer.byteLength(text) + 1)],
  ["Cache-Control", "no-store"],
];

function refusalOfError({ code }: NodeJS.ErrnoException): HttpRefusal {
  if (code === "HPE_INVALID_METHOD") return WRONG_METHOD;
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, text: "The head of this request is too large." };
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW")
    return { status: 413, text: "The chunks of this request are too large." };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, text: "This request took too long to come." };
  return { status: 400, text: "This is no HTTP request." };
}

/** Whether an answer has begun on the connection, into which another one would be written. Node asks itself the same. */
const isAnswering = (socket: Socket): boolean =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true;

/** Servers that are about to close. */
const draining = new WeakSet<TcpServer>();
/** How long a server that has clients goes on serving after `/readyz` has said that it stops: proxies need to hear of it first. */
const DRAIN_MS = 1_000;
const STOPPING: HttpRefusal = { status: 503, text: "This process is stopping." };

/**
 * Stops without losing a request. Each connection ends with its next answer; proxies are told by `/readyz` and have a second to look,
 * where there is anybody. Then nothing is accepted any more, running requests finish for up to `graceMs`, and what is left is closed.
 */
export function closeGracefully(server: Server, graceMs: number): Promise<void> {
  draining.add(server);
  return new Promise((resolve) => {
    server.getConnections((_error, clients) => {
      setTimeout(close, clients === 0 ? 0 : Math.min(DRAIN_MS, graceMs));
    });
    function close() {
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(deadline);
        resolve();
      });
    }
  });
}
