import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf } from "../actor";
import { type AuditRecord, writeAudit } from "../audit/audit-store";

/** Audits what operators, the command line and jobs do; app servers and clients change groups too often for the log (docs/decisions/0004). */
export async function auditGroupChange(
  tx: Db,
  actor: Actor,
  now: number,
  records: readonly AuditRecord[],
): Promise<void> {
  if (actor.kind === "app_server" || actor.kind === "app_user" || records.length === 0) return;
  await writeAudit(tx, environmentOf(actor).id, actor, now, records);
}
