import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { lockOperators } from "../operators/operator-store";
import { requireManager } from "../operators/require-manager";
import { requirePermission } from "../permissions";
import { findRetention, findSize, saveRetention } from "./retention-store";
import { type ChangeRetentionInput, ChangeRetentionSchema, type ShownRetention } from "./schema";

/** How long audit entries and ended bans are kept, and how many there are. */
export async function readRetention(context: Context, actor: Actor): Promise<ShownRetention> {
  requirePermission(actor, "audit.read_retention");
  const db = context.db.prisma;
  const [rules, audit, bans] = await Promise.all([
    findRetention(db),
    findSize(db, "audit_entries"),
    findSize(db, "bans"),
  ]);
  return { rules, audit, bans };
}

/**
 * Sets how many days audit entries and ended bans are kept; null is for ever. What is older goes within the minutes that follow, for
 * good. Throws `version_conflict` when the rules are not as `seen`.
 */
export async function changeRetention(context: Context, actor: Actor, input: ChangeRetentionInput): Promise<void> {
  requirePermission(actor, "audit.change_retention");
  const { seen, ...next } = ChangeRetentionSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const before = await findRetention(tx);
    const target = { kind: "operator", id: "", name: "this installation" } as const;
    const action = "audit.retention_changed" as const;
    await requireSeen(run, actor, {
      seen,
      current: { ...before },
      target,
      actions: [action],
      environmentId: INSTALLATION,
    });
    if (before.auditDays === next.auditDays && before.banDays === next.banDays) return { result: undefined };
    await saveRetention(tx, next, new Date(context.now()));
    return {
      result: undefined,
      audit: [{ environmentId: INSTALLATION, action, target, before: { ...before }, after: { ...next } }],
    };
  });
}
