import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { type Actor, type EnvironmentId, nameOf } from "../actor";
import type { AuditAction, AuditTargetKind } from "./schema";

export interface AuditRecord {
  readonly action: AuditAction;
  readonly target: { readonly kind: AuditTargetKind; readonly id: string; readonly name?: string };
  /** Only the fields that changed; never a secret or a token. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** "ok" (default) or the error code of a refusal. */
  readonly result?: string;
}

const json = (value: AuditRecord["before"]) =>
  value === undefined ? Prisma.DbNull : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject);

/**
 * Writes audit entries. Called inside the transaction of the change that they record, so that neither exists without
 * the other. `now` is Unix milliseconds.
 */
export async function writeAudit(
  db: Db,
  environmentId: EnvironmentId,
  actor: Actor,
  now: number,
  records: readonly AuditRecord[],
): Promise<void> {
  const by = nameOf(actor);
  await db.auditEntry.createMany({
    data: records.map((record) => ({
      environmentId,
      at: new Date(now),
      actorKind: by.kind,
      actorId: by.id,
      actorName: by.name,
      action: record.action,
      targetKind: record.target.kind,
      targetId: record.target.id,
      targetName: record.target.name ?? "",
      before: json(record.before),
      after: json(record.after),
      requestId: actor.requestId,
      source: actor.source,
      ip: actor.ip,
      result: record.result ?? "ok",
    })),
  });
}
