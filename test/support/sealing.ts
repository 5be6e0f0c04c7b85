import type { EnvironmentId } from "@/lib/core/actor";
import { createSealer } from "@/lib/core/audit/seal-entries";
import { verifyChain } from "@/lib/core/audit/verify-chain";
import type { Context } from "@/lib/core/context";

const WITHIN_MS = 20_000;

/** Seals every audit entry that an environment has now. Other tests' transactions on the same server may hold that up for a moment. */
export async function sealAll(context: Context, environmentId: EnvironmentId): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  const sealer = createSealer(context);
  for (;;) {
    const round = await sealer.round();
    const { waiting } = await verifyChain(context, environmentId);
    if (waiting === 0) break;
    if (Date.now() > until)
      throw new Error(`${waiting} entries were not sealed; the last round: ${JSON.stringify(round)}`);
  }
  await sealer.end();
}
