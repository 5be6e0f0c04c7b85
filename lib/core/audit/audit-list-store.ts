import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder, time } from "@/lib/db/sql";
import type { Actor, EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { TimeRange } from "../paging/time-range";
import { AUDIT_TARGET_KINDS } from "./schema";

export interface AuditCondition {
  /** Exactly this target id, request id or actor id, or an operator whom the text means. */
  readonly text?: { readonly is: string; readonly operatorIds: readonly string[] } | undefined;
  readonly action?: string | undefined;
  /** One of these. */
  readonly actions?: readonly string[] | undefined;
  readonly actorId?: string | undefined;
  readonly actorKind?: Actor["kind"] | undefined;
  readonly target?: { readonly kind: string; readonly id?: string | undefined } | undefined;
  readonly requestId?: string | undefined;
  /** "ok", "refused" (whatever is not ok) or an error code. */
  readonly result?: string | undefined;
  readonly at: TimeRange;
}

export interface StoredAuditEntry {
  readonly id: bigint;
  readonly at: Date;
  readonly environmentAt: Date | null;
  readonly actorKind: Actor["kind"];
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string;
  readonly source: string;
  readonly ip: string;
  readonly result: string;
}

/** `[time of the event in Unix milliseconds, entry id as text]` */
export type AuditKeys = readonly [number, string];

const { sql, empty, join } = Prisma;

const COLUMNS = sql`id, at, actor_kind::text AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", action,
  target_kind AS "targetKind", target_id AS "targetId", target_name AS "targetName", before, after,
  request_id AS "requestId", source, ip, result, environment_at AS "environmentAt"`;

function filterSql(condition: AuditCondition): Prisma.Sql {
  const { action, actorId, actorKind, target, requestId, result, at } = condition;
  return join(
    [
      action === undefined ? empty : sql` AND action = ${action}`,
      actorId === undefined ? empty : sql` AND actor_id = ${actorId}`,
      // "<> …" beside "= …" lets PostgreSQL see that the partial index holds all of these.
      actorKind === undefined ? empty : sql` AND actor_kind = ${actorKind}::actor_kind`,
      actorKind === undefined || actorKind === "app_server" ? empty : sql` AND actor_kind <> 'app_server'`,
      target === undefined ? empty : sql` AND target_kind = ${target.kind}`,
      target === undefined || target.kind === "user" ? empty : sql` AND target_kind <> 'user'`,
      target?.id === undefined ? empty : sql` AND target_id = ${target.id}`,
      requestId === undefined ? empty : sql` AND request_id = ${requestId}`,
      result === undefined
        ? empty
        : result === "ok"
          ? sql` AND result = 'ok'`
          : result === "refused"
            ? sql` AND result <> 'ok'`
            : sql` AND result <> 'ok' AND result = ${result}`,
      at.from === null ? empty : sql` AND at >= ${time(at.from)}`,
      at.before === null ? empty : sql` AND at < ${time(at.before)}`,
    ],
    "",
  );
}

/**
 * The same entries as one or several ranges of indexes: the text box means any of three columns, each with its own
 * index, and an OR over them could be served by none in order; so it is with several actions. No entry is in two of them.
 */
function alternatives({ text, actions }: AuditCondition): Prisma.Sql[] {
  const meant = alternativesOfText(text);
  if (actions === undefined) return meant;
  return actions.flatMap((action) => meant.map((part) => sql`${part} AND action = ${action}`));
}

function alternativesOfText(text: AuditCondition["text"]): Prisma.Sql[] {
  if (text === undefined) return [empty];
  const { is } = text;
  const operatorIds = text.operatorIds.filter((id) => id !== is);
  const targetKinds = join(AUDIT_TARGET_KINDS.map((kind) => sql`${kind}`));
  const notByText = sql` AND request_id <> ${is} AND target_id <> ${is}`;
  const notByOperators = operatorIds.length === 0 ? empty : sql` AND actor_id NOT IN (${join(operatorIds)})`;
  return [
    sql` AND target_kind IN (${targetKinds}) AND target_id = ${is}`,
    sql` AND actor_id = ${is} AND target_id <> ${is}`,
    sql` AND request_id = ${is} AND actor_id <> ${is} AND target_id <> ${is}`,
    ...operatorIds.map((id) => sql` AND actor_id = ${id}${notByText}`),
    ...operatorIds.map(
      (id) =>
        sql` AND target_kind = 'operator' AND target_id = ${id} AND actor_id <> ${is}${notByText}${notByOperators}`,
    ),
  ];
}

/** Entries latest first; beside a place, nearest first. One query. */
export function findAuditEntries(
  db: Db,
  environmentId: EnvironmentId,
  condition: AuditCondition,
  place: Place<AuditKeys> | null,
  limit: number,
): Promise<StoredAuditEntry[]> {
  const { direction, beyond } = keysetOrder(place?.direction !== "previous");
  const order = sql`at ${direction}, id ${direction}`;
  const from = place === null ? empty : sql` AND (at, id) ${beyond} (${time(place.keys[0])}, ${BigInt(place.keys[1])})`;
  const filter = filterSql(condition);
  const parts = alternatives(condition).map(
    (part) => sql`(SELECT ${COLUMNS} FROM audit_entries
      WHERE environment_id = ${environmentId}${part}${filter}${from} ORDER BY ${order} LIMIT ${limit})`,
  );
  return db.$queryRaw<StoredAuditEntry[]>`
    SELECT * FROM (${join(parts, " UNION ALL ")}) AS found ORDER BY ${order} LIMIT ${limit}`;
}

/** How many entries there are that are newer than `afterId`, counting no further than `limit`. */
export async function countAuditEntriesAfter(
  db: Db,
  environmentId: EnvironmentId,
  condition: AuditCondition,
  after: AuditKeys,
  limit: number,
): Promise<number> {
  const from = sql` AND (at, id) > (${time(after[0])}, ${BigInt(after[1])})`;
  const filter = filterSql(condition);
  const parts = alternatives(condition).map(
    (part) =>
      sql`(SELECT FROM audit_entries WHERE environment_id = ${environmentId}${part}${filter}${from} LIMIT ${limit})`,
  );
  return countRows(db, sql`SELECT FROM (${join(parts, " UNION ALL ")}) AS found LIMIT ${limit}`);
}
