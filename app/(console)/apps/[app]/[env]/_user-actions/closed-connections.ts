import { plural } from "@/components/ui/count-text";
import type { ClosedProof } from "@/lib/core/presence/confirm-closed";

/** What became of live connections, in words that claim no more than was seen. */
export function closedConnectionsText({ found, closed }: ClosedProof): string {
  if (found === 0) return "No connection was open.";
  if (closed === found) return `${plural(found, "connection")} closed.`;
  return `${closed} of ${plural(found, "connection")} seen closed within 2 seconds; the rest follow, or their server is down.`;
}

/** What several calls closed, as one. */
export function sumOfClosed(counts: readonly ClosedProof[]): ClosedProof {
  return counts.reduce((sum, count) => ({ found: sum.found + count.found, closed: sum.closed + count.closed }), {
    found: 0,
    closed: 0,
  });
}
