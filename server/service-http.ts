import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { startMark } from "@/lib/env";
import type { Gateway } from "@/lib/gateway/gateway";
import { GATEWAY_PATH } from "@/lib/gateway/protocol";
import { nodeCall, sendAnswer } from "@/lib/server-api/node-adapter";
import type { ServerApi } from "@/lib/server-api/server-api";

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of common load balancers (60 s), so that it is them who close. */
const KEEP_ALIVE_MS = 65_000;

export interface ServiceServerOptions {
  readonly api: Pick<ServerApi, "answer">;
  /** Takes the WebSockets; without one there are none. */
  readonly gateway?: Pick<Gateway, "upgrade">;
  /** Whether requests can be served: the database answers and is migrated. May reject. */
  isReady(): Promise<boolean>;
  readonly log: Logger;
}

/** The HTTP server of the service process: the Server API below /v4/, the clients' WebSockets, the two health addresses. */
export function createServiceServer({ api, gateway, isReady, log }: ServiceServerOptions): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      respond(request, response).catch((error: unknown) => {
        log.error({ err: error }, "service: a request could not be answered");
        response.destroy();
      });
    },
  );

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // While stopping, each connection ends with the answer it waits for.
    if (!server.listening) response.setHeader("connection", "close");
    const call = nodeCall(request);
    if (call.path === "/v4" || call.path.startsWith("/v4/")) return sendAnswer(response, await api.answer(call));
    if (call.path === "/healthz") return sendText(response, 200, "ok");
    if (call.path === "/readyz") return sendReadiness(response);
    if (call.path === GATEWAY_PATH) return sendText(response, 426, "Connect with a WebSocket.");
    return sendText(response, 404, "Nothing is here. The Server API is below /v4/.");
  };

  if (gateway !== undefined) server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));

  const sendReadiness = async (response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(startMark())) response.setHeader(name, value);
    try {
      const ready = await isReady();
      sendText(response, ready ? 200 : 503, ready ? "ready" : "The database has pending migrations.");
    } catch (error) {
      log.warn({ err: error }, "service: the database does not answer");
      sendText(response, 503, "The database does not answer.");
    }
  };

  return server;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${text}\n`);
}

/** Accepts nothing more, lets running requests finish for up to `graceMs`, then closes what is left. */
export function closeGracefully(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(deadline);
      resolve();
    });
  });
}
