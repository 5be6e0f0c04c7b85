import { plural } from "@/components/ui/count-text";
import type { ClosedConnections } from "@/lib/core/presence/confirm-closed";

/** What becomes of live connections that are there before an act. */
export function connectionsText(count: number, fate: "close" | "stay"): string {
  if (count === 0) return "No connection is open.";
  return fate === "close"
    ? `${plural(count, "open connection closes", "open connections close")}.`
    : `${plural(count, "connection is open and stays", "connections are open and stay")} so.`;
}

/** What became of live connections, in words that claim no more than was seen. */
export function closedConnectionsText({ found, closed }: ClosedConnections): string {
  if (found === 0) return "No connection was open.";
  if (closed === found) return `${plural(found, "connection")} closed.`;
  return `${closed} of ${plural(found, "connection")} closed within 2 seconds. The others follow, unless their server is down.`;
}
