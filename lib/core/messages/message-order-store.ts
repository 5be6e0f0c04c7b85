import type { Database } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** The last number that is visible in each environment; those without messages are missing. */
export async function findLastSequences(
  db: Database,
  environmentIds: readonly EnvironmentId[],
): Promise<ReadonlyMap<EnvironmentId, number>> {
  const orders = await db.prisma.messageOrder.findMany({ where: { environmentId: { in: [...environmentIds] } } });
  // Below 2^53 nothing is lost.
  return new Map(
    orders.map(({ environmentId, lastSequence }) => [environmentId as EnvironmentId, Number(lastSequence)]),
  );
}
