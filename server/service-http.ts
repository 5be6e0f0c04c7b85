import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Context } from "@/lib/core/context";
import { lacksRoom } from "@/lib/core/room/need-room";
import { roomSentence } from "@/lib/core/room/read-room";
import { startMark } from "@/lib/env";
import type { Gateway } from "@/lib/gateway/gateway";
import { GATEWAY_PATH } from "@/lib/gateway/protocol";
import type { TrustProxy } from "@/lib/http/client-address";
import { createHttpServer, type HttpServerOptions, NO_SNIFF } from "@/lib/http/http-server";
import type { KnownHosts } from "@/lib/http/known-hosts";
import { nodeCall, sendAnswer } from "@/lib/server-api/node-adapter";
import type { ServerApi } from "@/lib/server-api/server-api";

const REQUEST_MS = 30_000;

export interface ServiceServerOptions {
  readonly api: Pick<ServerApi, "answer">;
  /** Takes the WebSockets; without one there are none. */
  readonly gateway?: Pick<Gateway, "upgrade">;
  readonly hosts: KnownHosts;
  /** Stand in every answer. */
  readonly headers?: HttpServerOptions["headers"];
  readonly trustProxy: TrustProxy;
  /** Whether requests can be served: the database answers and is migrated. May reject. */
  isReady(): Promise<boolean>;
  /** What is known of the room for changes; absent: there is enough. */
  readonly context?: Pick<Context, "room">;
  readonly log: Logger;
}

/** The HTTP server of the service process: the Server API below /v4/, the clients' WebSockets, the two health addresses. */
export function createServiceServer(options: ServiceServerOptions): Server {
  const { api, gateway, hosts, headers = [], trustProxy, isReady, context = {}, log } = options;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = nodeCall(request, trustProxy);
    if (call.path === "/v4" || call.path.startsWith("/v4/")) return sendAnswer(response, await api.answer(call));
    if (call.path === "/healthz") return sendText(response, 200, "ok");
    if (call.path === "/readyz") return sendReadiness(response, request.url === "/readyz?changes");
    if (call.path === GATEWAY_PATH) return sendText(response, 426, "Connect with a WebSocket.");
    return sendText(response, 404, "Nothing is here. The Server API is below /v4/.");
  };

  const sendReadiness = async (response: ServerResponse, forChanges: boolean): Promise<void> => {
    for (const [name, value] of Object.entries(startMark())) response.setHeader(name, value);
    try {
      const ready = await isReady();
      if (!ready) return sendText(response, 503, "The database has pending migrations.");
      const room = roomSentence(context);
      sendText(response, forChanges && lacksRoom(context) ? 503 : 200, room === null ? "ready" : `ready\n${room}`);
    } catch (error) {
      log.warn({ err: error }, "service: the database does not answer");
      sendText(response, 503, "The database does not answer.");
    }
  };

  const upgrade: Gateway["upgrade"] | undefined = gateway?.upgrade.bind(gateway);
  return createHttpServer({
    hosts,
    headers,
    requestMs: REQUEST_MS,
    name: "service",
    log,
    handle,
    ...(upgrade === undefined ? {} : { upgrade }),
  });
}

function sendText(response: ServerResponse, status: number, text: string): void {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  response.writeHead(status, { [NO_SNIFF[0]]: NO_SNIFF[1], ...headers });
  response.end(`${text}\n`);
}
