import type { Actor } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findAuditEntry } from "./audit-entry-store";
import { auditedEnvironment, toAuditRowFor } from "./list-audit-entries";
import type { AuditRow, AuditScope } from "./list-schema";

/** One audit entry of the environment or, with `scope` "installation", of the installation; null when there is none. */
export async function getAuditEntry(
  context: Context,
  actor: Actor,
  input: { id: string; scope?: AuditScope },
): Promise<AuditRow | null> {
  requirePermission(actor, "audit.read");
  const environmentId = auditedEnvironment(actor, input.scope ?? "environment");
  if (!/^\d{1,18}$/.test(input.id)) return null;
  const entry = await findAuditEntry(context.db.prisma, environmentId, BigInt(input.id));
  return entry === null ? null : toAuditRowFor(actor, entry);
}
