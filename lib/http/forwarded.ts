import type { IncomingMessage } from "node:http";
import { clientAddressOf, isFromProxy, type TrustProxy } from "./client-address";

interface Forwarding {
  readonly trustProxy: TrustProxy;
  /** Where the installation is reached; its scheme is what a request came by of which nobody says more. */
  readonly publicUrl: string;
}

/**
 * Leaves of the headers that say where a request came from what is believed, for a handler that sees headers alone:
 * `X-Forwarded-For` is the client's address or empty, `X-Forwarded-Proto` is `https` or `http`, and of a request that no trusted
 * proxy has handed on nothing else is left.
 */
export function setForwarded(request: IncomingMessage, { trustProxy, publicUrl }: Forwarding): void {
  const { headers } = request;
  const address = clientAddressOf(request, trustProxy);
  let scheme = publicUrl.startsWith("https:") ? "https" : "http";
  if (isFromProxy(request, trustProxy)) {
    const said = headers["x-forwarded-proto"];
    if (said !== undefined) scheme = String(said).toLowerCase().includes("https") ? "https" : "http";
  } else {
    delete headers["x-forwarded-host"];
    delete headers["x-forwarded-port"];
  }
  delete headers.forwarded;
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-proto"] = scheme;
}
