import { z } from "zod";
import { type Actor, type EnvironmentId, environmentOf, INSTALLATION } from "../actor";
import type { Context } from "../context";
import { findOperatorsMeant } from "../operators/suggest-operators";
import { CursorCodec, cursorKey } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { timeRange } from "../paging/time-range";
import { mayAlso, requirePermission } from "../permissions";
import { withoutSecrets } from "../webhooks/get-webhook";
import { type AuditCondition, type AuditKeys, findAuditEntries, type StoredAuditEntry } from "./audit-list-store";
import {
  type AuditFilter,
  type AuditListQueryInput,
  AuditListQuerySchema,
  type AuditRow,
  type AuditScope,
  type UserActivityQueryInput,
  UserActivityQuerySchema,
} from "./list-schema";
import { AUDIT_ACTIONS, SECURITY_ACTIONS } from "./schema";

const AuditKeysSchema: z.ZodType<AuditKeys> = z.tuple([cursorKey.ms, cursorKey.bigint]);

/** One page of audit entries, latest first: of the actor's environment, or of the installation itself. */
export async function listAuditEntries(
  context: Context,
  actor: Actor,
  input: AuditListQueryInput,
): Promise<Page<AuditRow>> {
  requirePermission(actor, "audit.read");
  const query = AuditListQuerySchema.parse(input);
  const environmentId = auditedEnvironment(actor, query.scope);
  return readEntries(context, actor, environmentId, await auditCondition(context, query), query.size, query.cursor);
}

/** One page of the entries about one user, latest first. */
export async function listUserActivity(
  context: Context,
  actor: Actor,
  input: UserActivityQueryInput,
): Promise<Page<AuditRow>> {
  requirePermission(actor, "audit.read");
  const { userId, size, cursor } = UserActivityQuerySchema.parse(input);
  const condition: AuditCondition = { target: { kind: "user", id: userId }, at: { from: null, before: null } };
  return readEntries(context, actor, environmentOf(actor).id, condition, size, cursor);
}

async function readEntries(
  context: Context,
  actor: Actor,
  environmentId: EnvironmentId,
  condition: AuditCondition,
  size: number,
  cursor: string | undefined,
): Promise<Page<AuditRow>> {
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("audit", AuditKeysSchema),
    keysOf: (entry: StoredAuditEntry): AuditKeys => [entry.at.getTime(), String(entry.id)],
    read: (place, limit) => findAuditEntries(context.db.prisma, environmentId, condition, place, limit),
  });
  return { ...page, rows: page.rows.map((entry) => toAuditRowFor(actor, entry)) };
}

/**
 * The environment whose entries a scope means. Throws `forbidden` for the installation's (sign-ins with e-mail and
 * address) unless the actor's role may read them.
 */
export function auditedEnvironment(actor: Actor, scope: AuditScope): EnvironmentId {
  if (scope === "installation") requirePermission(actor, "audit.read_installation");
  return scope === "installation" ? INSTALLATION : environmentOf(actor).id;
}

/** What a filter asks for. Its text may be an operator's name or e-mail address: that is looked up. */
export async function auditCondition(context: Context, filter: AuditFilter): Promise<AuditCondition> {
  const target =
    filter.user !== undefined
      ? { kind: "user", id: filter.user }
      : filter.targetKind === undefined
        ? undefined
        : { kind: filter.targetKind, id: filter.target };
  return {
    text:
      filter.q === undefined ? undefined : { is: filter.q, operatorIds: await findOperatorsMeant(context, filter.q) },
    action: filter.action,
    actions: filter.category === undefined ? undefined : SECURITY_ACTIONS,
    actorId: filter.actor,
    actorKind: filter.actorKind,
    target,
    requestId: filter.request,
    result: filter.result,
    at: timeRange(filter.from, filter.to),
  };
}

const fields = (value: unknown) => (typeof value === "object" && value !== null ? { ...value } : null);

/** An entry as the actor may see it: of webhooks that somebody else sets, addresses without what may be secret in them. */
export function toAuditRowFor(actor: Actor, entry: StoredAuditEntry): AuditRow {
  const row = toAuditRow(entry);
  if (row.target.kind !== "webhook" || mayAlso(actor, "webhooks.change")) return row;
  const masked = (values: AuditRow["before"]) =>
    typeof values?.url === "string" ? { ...values, url: withoutSecrets(values.url) } : values;
  return { ...row, before: masked(row.before), after: masked(row.after) };
}

export function toAuditRow(entry: StoredAuditEntry): AuditRow {
  const { action } = entry;
  return {
    id: String(entry.id),
    at: entry.at,
    environmentAt: entry.environmentAt,
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    action,
    words: Object.hasOwn(AUDIT_ACTIONS, action) ? AUDIT_ACTIONS[action as keyof typeof AUDIT_ACTIONS] : action,
    target: { kind: entry.targetKind, id: entry.targetId, name: entry.targetName },
    before: fields(entry.before),
    after: fields(entry.after),
    requestId: entry.requestId,
    source: entry.source,
    ip: entry.ip,
    result: entry.result,
  };
}
