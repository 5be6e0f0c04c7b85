import type { Actor } from "../actor";
import type { Context } from "../context";
import { NEWER_CAP } from "../newer/schema";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { findAuditEntry } from "./audit-entry-store";
import { countAuditEntriesAfter } from "./audit-list-store";
import { auditCondition, auditedEnvironment } from "./list-audit-entries";
import { type AuditFilterInput, AuditFilterSchema } from "./list-schema";

/** How many entries under the same filters came after the entry `after` ("12 new entries. Show"), up to 100. */
export async function countNewerAuditEntries(
  context: Context,
  actor: Actor,
  input: AuditFilterInput & { after: string },
): Promise<CappedCount> {
  requirePermission(actor, "audit.read");
  const filter = AuditFilterSchema.parse(input);
  const environmentId = auditedEnvironment(actor, filter.scope);
  if (!/^\d{1,18}$/.test(input.after)) return { count: 0, capped: false };
  const db = context.db.prisma;
  const entry = await findAuditEntry(db, environmentId, BigInt(input.after));
  if (entry === null) return { count: 0, capped: false };
  const after = [entry.at.getTime(), input.after] as const;
  // A preset's beginning moves with the clock; what counts here is what came after the entry.
  const condition = await auditCondition(context, { ...filter, from: undefined });
  const count = await countAuditEntriesAfter(db, environmentId, condition, after, NEWER_CAP + 1);
  return cappedCount(count, NEWER_CAP);
}
