import { rowsOf } from "@/lib/db/sql";
import { type Write, write } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, INSTALLATION, nameOf } from "../actor";
import type { AuditAction, AuditTargetKind } from "./schema";

export interface AuditRecord {
  readonly action: AuditAction;
  readonly target: { readonly kind: AuditTargetKind; readonly id: string; readonly name?: string };
  /** Only the fields that changed; never a secret or a token. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  /** "ok" (default) or the error code of a refusal. */
  readonly result?: string;
  /** Default: the environment that the actor acts on, or the installation. */
  readonly environmentId?: EnvironmentId;
  /** Who is named. Default: the actor. */
  readonly by?: Actor;
}

/** A record together with who acted, and when. */
export interface AttributedRecord {
  readonly actor: Actor;
  /** Unix milliseconds of real time. */
  readonly at: number;
  /** How far the environment's clock was ahead of it, in milliseconds. Default 0. */
  readonly aheadMs?: number;
  readonly record: AuditRecord;
}

const INSERT = {
  name: "audit-insert",
  text: `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id,
      target_name, before, after, request_id, source, ip, result, environment_at)
    SELECT environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id,
      target_name, before, after, request_id, source, ip, result, environment_at
    FROM ${rowsOf(
      "int",
      "actor_kind",
      "text",
      "text",
      "text",
      "text",
      "text",
      "text",
      "jsonb",
      "jsonb",
      "text",
      "text",
      "text",
      "text",
      "int",
      "timestamptz",
      "timestamptz",
    )} AS i(environment_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, before, after,
      request_id, source, ip, result, ordinal, at, environment_at)
    ORDER BY ordinal`,
};

const json = (value: AuditRecord["before"]) => (value === undefined ? null : JSON.stringify(value));

/**
 * What writes audit entries, in this order; to be run in the transaction of the change that they record, so that neither
 * exists without the other.
 */
export function auditWrites(entries: readonly AttributedRecord[]): Write[] {
  if (entries.length === 0) return [];
  const rows = entries.map(({ actor, record }) => ({
    record,
    actor: record.by ?? actor,
    name: nameOf(record.by ?? actor),
    environmentId: record.environmentId ?? actor.environment?.id ?? INSTALLATION,
  }));
  const values = [
    rows.map(({ environmentId }) => environmentId),
    rows.map(({ name }) => name.kind),
    rows.map(({ name }) => name.id),
    rows.map(({ name }) => name.name),
    rows.map(({ record }) => record.action),
    rows.map(({ record }) => record.target.kind),
    rows.map(({ record }) => record.target.id),
    rows.map(({ record }) => record.target.name ?? ""),
    rows.map(({ record }) => json(record.before)),
    rows.map(({ record }) => json(record.after)),
    rows.map(({ actor }) => actor.requestId),
    rows.map(({ actor }) => actor.source),
    rows.map(({ actor }) => actor.ip),
    rows.map(({ record }) => record.result ?? "ok"),
    rows.map((_row, index) => index),
    entries.map(({ at }) => new Date(at).toISOString()),
    entries.map(({ at, aheadMs = 0 }) => (aheadMs === 0 ? null : new Date(at + aheadMs).toISOString())),
  ];
  return [write(INSERT, values)];
}
