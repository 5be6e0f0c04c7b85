import { plural } from "@/components/ui/time-format";
import type { ClosedProof } from "@/lib/core/presence/confirm-closed";

/** What became of live connections, in words that claim no more than was seen. */
export function proofText({ found, closed }: ClosedProof): string {
  if (found === 0) return "No connection was open.";
  if (closed === found) return `${plural(found, "connection")} closed.`;
  return `${closed} of ${plural(found, "connection")} seen closed within 2 seconds; the rest follow, or their server is down.`;
}

/** The proofs of several calls as one. */
export function sumOfProofs(proofs: readonly ClosedProof[]): ClosedProof {
  return proofs.reduce((sum, proof) => ({ found: sum.found + proof.found, closed: sum.closed + proof.closed }), {
    found: 0,
    closed: 0,
  });
}
