import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";

/**
 * The order of deliveries. An event waits for its next try while `due_at` is set. Of the events of one key only the
 * first may be tried; when one behind it comes up, or the first has failed, those behind it are parked: their `due_at`
 * is null. Whoever finishes an event makes the next one due, in the same statement.
 */

const { sql } = Prisma;

/** An event on its way. */
export interface WaitingEvent {
  readonly id: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly orderKey: string;
  readonly data: unknown;
  readonly createdAt: Date;
  readonly failures: number;
  readonly dueAt: Date | null;
  readonly giveUpAt: Date;
}

/** How many due events are looked at to find keys, so that one key's long row does not cost more. */
const LOOK_AT = 500;

/**
 * The keys that have something due, longest waiting first, each with its first waiting events in their order. Keys of
 * `except` are left out. `now` is Unix milliseconds.
 */
export async function findDueEvents(
  db: Db,
  environmentId: EnvironmentId,
  now: number,
  limits: { readonly keys: number; readonly perKey: number; readonly except: readonly string[] },
): Promise<WaitingEvent[][]> {
  const rows = await db.$queryRaw<WaitingEvent[]>`
    WITH keys AS MATERIALIZED (
      SELECT order_key, min(due_at) AS since FROM (
        SELECT order_key, due_at FROM webhook_events
        WHERE environment_id = ${environmentId} AND delivered_at IS NULL AND dead_at IS NULL AND due_at IS NOT NULL
          AND due_at <= ${time(now)} AND order_key <> ALL(${[...limits.except]}::text[])
        ORDER BY due_at LIMIT ${LOOK_AT}
      ) due GROUP BY order_key ORDER BY since LIMIT ${limits.keys}
    )
    SELECT e.id, e.event_id::text AS "eventId", e.type, e.order_key AS "orderKey", e.data, e.created_at AS "createdAt",
      e.failures, e.due_at AS "dueAt", e.give_up_at AS "giveUpAt"
    FROM keys k CROSS JOIN LATERAL (
      SELECT * FROM webhook_events
      WHERE environment_id = ${environmentId} AND order_key = k.order_key AND delivered_at IS NULL AND dead_at IS NULL
      ORDER BY position LIMIT ${limits.perKey}
    ) e ORDER BY k.since, e.order_key, e.position`;
  const byKey = new Map<string, WaitingEvent[]>();
  for (const row of rows) {
    const events = byKey.get(row.orderKey);
    if (events === undefined) byKey.set(row.orderKey, [row]);
    else events.push(row);
  }
  return [...byKey.values()];
}

/** Parks what is due behind an event that is not: it comes up again when that one is done with. */
export async function parkBehind(db: Db, environmentId: EnvironmentId, first: Pick<WaitingEvent, "id">): Promise<void> {
  await db.$executeRaw`
    WITH first AS (
      SELECT order_key, position FROM webhook_events
      WHERE environment_id = ${environmentId} AND id = ${first.id} AND delivered_at IS NULL AND dead_at IS NULL
    )
    UPDATE webhook_events e SET due_at = NULL FROM first f
    WHERE e.environment_id = ${environmentId} AND e.order_key = f.order_key AND e.position > f.position
      AND e.delivered_at IS NULL AND e.dead_at IS NULL AND e.due_at IS NOT NULL`;
}

/** One try, as it is logged. */
export interface Attempt {
  /** Unix milliseconds. */
  readonly at: number;
  readonly ms: number;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Why it failed, "" when it did not. */
  readonly error: string;
  /** The beginning of the answer's body. */
  readonly answer: string;
}

/** What becomes of an event after a try; times in Unix milliseconds. */
export type Settlement =
  | { readonly outcome: "delivered"; readonly at: number }
  | { readonly outcome: "dead"; readonly at: number }
  | { readonly outcome: "again"; readonly at: number; readonly dueAt: number };

/**
 * Logs a try and says what becomes of the event; the next one of its key becomes due, or those behind it are parked.
 * False, and nothing is changed, when somebody else has finished with the event meanwhile.
 */
export async function settleAttempt(
  db: Db,
  environmentId: EnvironmentId,
  eventId: bigint,
  attempt: Attempt,
  settlement: Settlement,
): Promise<boolean> {
  const { outcome } = settlement;
  const at = time(settlement.at);
  const dueAt = settlement.outcome === "again" ? time(settlement.dueAt) : sql`NULL`;
  const rows = await db.$queryRaw<Array<{ settled: number }>>`
    WITH settled AS (
      UPDATE webhook_events SET
        attempts = attempts + 1,
        failures = failures + ${outcome === "delivered" ? 0 : 1},
        delivered_at = ${outcome === "delivered" ? at : sql`NULL`},
        dead_at = ${outcome === "dead" ? at : sql`NULL`},
        due_at = ${dueAt}
      WHERE environment_id = ${environmentId} AND id = ${eventId} AND delivered_at IS NULL AND dead_at IS NULL
      RETURNING order_key, position, attempts
    ), logged AS (
      INSERT INTO webhook_attempts (environment_id, event_id, attempt, at, ms, status, error, answer)
      SELECT ${environmentId}, ${eventId}, s.attempts, ${time(attempt.at)}, ${attempt.ms}, ${attempt.status}, ${attempt.error},
        ${attempt.answer}
      FROM settled s
    ), others AS (
      ${outcome === "again" ? PARK(environmentId) : MAKE_NEXT_DUE(environmentId, settlement.at)}
    )
    SELECT count(*)::int AS settled FROM settled`;
  return (rows[0]?.settled ?? 0) > 0;
}

const PARK = (environmentId: EnvironmentId) => sql`
  UPDATE webhook_events e SET due_at = NULL FROM settled s
  WHERE e.environment_id = ${environmentId} AND e.order_key = s.order_key AND e.position > s.position
    AND e.delivered_at IS NULL AND e.dead_at IS NULL AND e.due_at IS NOT NULL`;

const MAKE_NEXT_DUE = (environmentId: EnvironmentId, now: number) => sql`
  UPDATE webhook_events e SET due_at = ${time(now)}
  FROM settled s CROSS JOIN LATERAL (
    SELECT id, due_at FROM webhook_events
    WHERE environment_id = ${environmentId} AND order_key = s.order_key AND position > s.position
      AND delivered_at IS NULL AND dead_at IS NULL
    ORDER BY position LIMIT 1
  ) next
  WHERE e.environment_id = ${environmentId} AND e.id = next.id AND next.due_at IS NULL`;

/** When the environment's next try is due, in Unix milliseconds; null when nothing waits for one. */
export async function findNextDue(db: Db, environmentId: EnvironmentId): Promise<number | null> {
  const next = await db.webhookEvent.findFirst({
    where: { environmentId, deliveredAt: null, deadAt: null, dueAt: { not: null } },
    orderBy: { dueAt: "asc" },
    select: { dueAt: true },
  });
  return next?.dueAt?.getTime() ?? null;
}

/** Makes every put-off event of the environment due: its receiver has changed. */
export async function makeAllDue(db: Db, environmentId: EnvironmentId, now: number): Promise<void> {
  const dueAt = new Date(now);
  await db.webhookEvent.updateMany({
    where: { environmentId, deliveredAt: null, deadAt: null, dueAt: { gt: dueAt } },
    data: { dueAt },
  });
}
