import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { AuditAction, AuditTargetKind } from "../audit/schema";

export interface LastChange {
  readonly action: AuditAction;
  readonly by: string;
  /** By the environment's clock. */
  readonly at: Date;
  readonly after: Readonly<Record<string, unknown>> | null;
}

const LAST = {
  name: "audit-last-changes",
  text: `SELECT action, actor_name AS "by", coalesce(environment_at, at) AS at, after FROM audit_entries
    WHERE environment_id = $1::int AND target_kind = $2::text AND target_id = $3::text
      AND action = ANY($4::text[]) AND result = 'ok'
    ORDER BY at DESC, id DESC LIMIT 20`,
};

/** What the audit log knows of the latest changes of these kinds to one thing, latest first. */
export function findLastChanges(
  run: Run,
  environmentId: EnvironmentId,
  target: { readonly kind: AuditTargetKind; readonly id: string },
  actions: readonly AuditAction[],
): Promise<LastChange[]> {
  return run<LastChange>(LAST, [environmentId, target.kind, target.id, actions]);
}
