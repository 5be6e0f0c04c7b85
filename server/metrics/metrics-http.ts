import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Env } from "@/lib/env";
import { createHttpServer, NO_SNIFF } from "@/lib/http/http-server";
import { knownHosts } from "@/lib/http/known-hosts";

/** Where metrics are served unless METRICS_ADDRESS says otherwise; the usual port of such exporters. */
const DEFAULT_ADDRESS = { host: "127.0.0.1", port: 9464 };
const REQUEST_MS = 10_000;
const TEXT = { "content-type": "text/plain; charset=utf-8" };

/** METRICS_ADDRESS cannot be listened on; the message is one sentence with what to do. */
export class MetricsAddressError extends Error {}

export interface MetricsServerOptions {
  /** METRICS_ADDRESS */
  readonly address: Env["METRICS_ADDRESS"];
  readonly contentType: string;
  /** The text of a scrape. May reject. */
  read(): Promise<string>;
  readonly log: Logger;
}

/**
 * Serves `GET /metrics` for Prometheus at an address of its own, off the public port, since it tells about the whole
 * installation and asks nobody who they are. Resolves to the server once it listens, or to null when there is none:
 * METRICS_ADDRESS is "off", or the default address is taken, which is logged and keeps nothing from starting. Rejects
 * with `MetricsAddressError` when an address that was asked for cannot be had.
 */
export async function serveMetrics(options: MetricsServerOptions): Promise<Server | null> {
  const { address, log } = options;
  if (address === "off") return null;
  const { host, port } = address ?? DEFAULT_ADDRESS;
  const server = createHttpServer({
    // Whoever names an address decides who reaches it; the default one is for this machine, not for what its browsers are led to.
    hosts: knownHosts([], address === undefined ? [] : ["*"]),
    requestMs: REQUEST_MS,
    name: "metrics",
    log,
    async handle(request, response) {
      response.setHeader(...NO_SNIFF);
      const path = request.url?.split("?", 1)[0];
      if (path !== "/metrics" || (request.method !== "GET" && request.method !== "HEAD")) {
        response.writeHead(404, TEXT).end("Metrics are at GET /metrics.\n");
        return;
      }
      try {
        const text = await options.read();
        response.writeHead(200, { "content-type": options.contentType }).end(text);
      } catch (error) {
        log.error({ err: error }, "metrics: a scrape failed");
        response.writeHead(500, TEXT).end("The metrics cannot be read.\n");
      }
    },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    if (address !== undefined) {
      throw new MetricsAddressError(
        `METRICS_ADDRESS ${host}:${port} cannot be listened on (${(error as Error).message}). Set it to a free one, or to off.`,
      );
    }
    log.warn({ host, port }, "metrics: not served, since the default address is taken; set METRICS_ADDRESS");
    return null;
  }
  log.info({ host, port }, "metrics: served at /metrics");
  return server;
}
