import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { Context } from "@/lib/core/context";
import type { TrustProxy } from "@/lib/http/client-address";
import { knownHosts } from "@/lib/http/known-hosts";
import { createServerApi, type ServerApiSettings } from "@/lib/server-api/server-api";
import { createServiceServer } from "@/server/service-http";

/** Ways to reach the Server API over HTTP: as the service serves it, and as a fetch-style handler is mounted. */
export const MOUNTS = ["service", "fetch handler"] as const;
export type Mount = (typeof MOUNTS)[number];

export interface RunningApi {
  readonly baseUrl: string;
  sweep(): Promise<number>;
  close(): Promise<void>;
}

export const DEFAULT_SETTINGS: ServerApiSettings = {
  replayProtection: true,
  rateLimits: false,
  timestampToleranceSeconds: 300,
  strictAnswers: true,
  publicUrl: "http://localhost:3001",
  consoleUrl: "http://localhost:3000",
};

/** Serves the API on a free port. */
export async function serveApi(
  context: Context,
  mount: Mount,
  settings: Partial<ServerApiSettings> = {},
  trustProxy: TrustProxy = { kind: "off" },
): Promise<RunningApi> {
  const api = createServerApi(context, { ...DEFAULT_SETTINGS, ...settings });
  const server =
    mount === "service"
      ? createServiceServer({
          api,
          hosts: knownHosts([], []),
          trustProxy,
          isReady: async () => true,
          log: context.log,
        })
      : serveFetch((request) => api.fetch(request));
  return { ...(await listening(server)), sweep: () => api.sweep() };
}

/** A fetch-style handler behind Node's HTTP server, as a framework does it: streamed body, Request and Response. */
export function serveFetch(handler: (request: Request) => Promise<Response>): Server {
  return createServer((incoming, outgoing) => {
    const headers = new Headers();
    for (const [name, values] of Object.entries(incoming.headersDistinct)) {
      for (const value of values ?? []) headers.append(name, value);
    }
    const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
    } as RequestInit);
    handler(request)
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      })
      .catch((error: unknown) => outgoing.destroy(error as Error));
  });
}

export async function listening(server: Server): Promise<{ baseUrl: string; close(): Promise<void> }> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
