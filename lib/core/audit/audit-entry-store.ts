import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

export function findAuditEntry(db: Db, environmentId: EnvironmentId, id: bigint) {
  return db.auditEntry.findUnique({ where: { environmentId_id: { environmentId, id } } });
}

/** How many entries of one kind a request has left, counting no further than `limit`. */
export function countEntriesOfRequest(
  db: Db,
  environmentId: EnvironmentId,
  { requestId, action }: { requestId: string; action: string },
  limit: number,
): Promise<number> {
  return db.auditEntry.count({ where: { environmentId, requestId, action }, take: limit });
}

/** How many entries are about this target, counting no further than `limit`. */
export function countEntriesAbout(
  db: Db,
  environmentId: EnvironmentId,
  target: { kind: string; id: string },
  limit: number,
): Promise<number> {
  return db.auditEntry.count({
    where: { environmentId, targetKind: target.kind, targetId: target.id },
    take: limit,
  });
}
