import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** Whether there is an audit entry of somebody's own since a moment: one look into an index. */
export async function hasActedSince(
  db: Db,
  environmentIds: readonly EnvironmentId[],
  actorId: string,
  since: Date,
): Promise<boolean> {
  const entry = await db.auditEntry.findFirst({
    where: { environmentId: { in: [...environmentIds] }, actorId, at: { gte: since } },
    select: { id: true },
    orderBy: { at: "desc" },
  });
  return entry !== null;
}
