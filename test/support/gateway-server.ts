import { createServer, type Server } from "node:http";
import type { Context } from "@/lib/core/context";
import { createGateway, type Gateway } from "@/lib/gateway/gateway";
import type { GatewaySettings } from "@/lib/gateway/settings";
import { listening } from "./api-server";
import { type ClientSocket, openSocket, type SocketOptions } from "./client-socket";

export interface RunningGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly server: Server;
  /** Opens a socket that is closed with the gateway. */
  open(options?: SocketOptions): Promise<ClientSocket>;
  close(): Promise<void>;
}

const DEFAULTS: GatewaySettings = { rateLimits: true, connectsPerAddress: 0, trustProxy: { kind: "off" } };

/** A gateway on a free port. `clock` measures its silences and windows. */
export async function serveGateway(
  context: Context,
  settings: Partial<GatewaySettings> = {},
  clock?: () => number,
): Promise<RunningGateway> {
  const gateway = createGateway(context, { ...DEFAULTS, ...settings }, undefined, clock);
  const server = createServer();
  server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));
  const { baseUrl, close } = await listening(server);
  const url = `${baseUrl.replace("http", "ws")}/im`;
  const clients: ClientSocket[] = [];
  return {
    gateway,
    url,
    server,
    async open(options) {
      const client = await openSocket(url, options);
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await gateway.drain(0);
      await close();
    },
  };
}
