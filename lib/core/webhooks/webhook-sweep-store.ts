import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { timeIn } from "@/lib/db/sql";
import { isFree } from "@/lib/queue/lease-store";
import type { EnvironmentId } from "../actor";

/**
 * What is looked after in all environments at once. Each statement goes by the webhooks, of which there are few. Times are given as
 * real ones, and each environment's own clock decides.
 */

const { sql } = Prisma;

/** Whose clock decides: `webhooks w` stands before it. */
const ENVIRONMENT = sql`JOIN environments c ON c.id = w.environment_id`;
const by = (real: number) => timeIn(sql`c`, real);

/**
 * Environments with events that have been due since `since`, that no run has, without those whose receiver is left in peace;
 * those first whose first event has been due for longest.
 */
export async function findDueEnvironments(db: Db, now: number, since: number): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<Array<{ id: EnvironmentId }>>`
    SELECT w.environment_id AS id FROM webhooks w ${ENVIRONMENT} LEFT JOIN webhook_runs r ON r.environment_id = w.environment_id
    CROSS JOIN LATERAL (
      SELECT e.due_at FROM webhook_events e WHERE e.environment_id = w.environment_id AND e.delivered_at IS NULL
        AND e.dead_at IS NULL AND e.due_at IS NOT NULL AND e.due_at <= ${by(since)}
      ORDER BY e.due_at LIMIT 1
    ) AS first
    WHERE w.url <> '' AND ${isFree(now, sql`r`)} AND (r.paused_until IS NULL OR r.paused_until <= ${by(now)})
    ORDER BY first.due_at`;
  return rows.map((row) => row.id);
}

/** Gives up what should have been done with by `cutoff`, up to `limit` an environment. Returns how many events. */
export function giveUpOverdue(db: Db, now: number, cutoff: number, limit: number): Promise<number> {
  return db.$executeRaw`
    UPDATE webhook_events AS e SET dead_at = ${by(now)}, due_at = NULL
    FROM webhooks w ${ENVIRONMENT} CROSS JOIN LATERAL (
      SELECT id FROM webhook_events
      WHERE environment_id = w.environment_id AND delivered_at IS NULL AND dead_at IS NULL AND give_up_at <= ${by(cutoff)}
      LIMIT ${limit}
    ) overdue
    WHERE e.environment_id = w.environment_id AND e.id = overdue.id AND e.delivered_at IS NULL AND e.dead_at IS NULL`;
}

/** Makes events due that are parked with nothing before them: what they waited behind was given up without a try. */
export function makeParkedDue(db: Db, now: number): Promise<number> {
  return db.$executeRaw`
    UPDATE webhook_events AS e SET due_at = ${by(now)}
    FROM webhooks w ${ENVIRONMENT} CROSS JOIN LATERAL (
      SELECT p.id FROM webhook_events p
      WHERE p.environment_id = w.environment_id AND p.delivered_at IS NULL AND p.dead_at IS NULL AND p.due_at IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM webhook_events b WHERE b.environment_id = p.environment_id AND b.order_key = p.order_key
            AND b.position < p.position AND b.delivered_at IS NULL AND b.dead_at IS NULL
        )
    ) parked
    WHERE e.environment_id = w.environment_id AND e.id = parked.id`;
}

/** Forgets events delivered before `cutoff`, up to `limit` an environment. Returns how many. */
export function deleteDelivered(db: Db, cutoff: number, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM webhook_events AS e USING webhooks w ${ENVIRONMENT} CROSS JOIN LATERAL (
      SELECT id FROM webhook_events
      WHERE environment_id = w.environment_id AND delivered_at IS NOT NULL AND delivered_at < ${by(cutoff)}
      ORDER BY delivered_at LIMIT ${limit}
    ) old
    WHERE e.environment_id = w.environment_id AND e.id = old.id`;
}

/** Forgets events given up before `cutoff`, up to `limit` an environment. Returns how many. */
export function deleteDead(db: Db, cutoff: number, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM webhook_events AS e USING webhooks w ${ENVIRONMENT} CROSS JOIN LATERAL (
      SELECT id FROM webhook_events
      WHERE environment_id = w.environment_id AND dead_at IS NOT NULL AND dead_at < ${by(cutoff)}
      ORDER BY id LIMIT ${limit}
    ) old
    WHERE e.environment_id = w.environment_id AND e.id = old.id`;
}

/** Forgets tries made before `cutoff`, up to `limit` an environment. Returns how many. */
export function deleteAttempts(db: Db, cutoff: number, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM webhook_attempts AS a USING webhooks w ${ENVIRONMENT} CROSS JOIN LATERAL (
      SELECT event_id, attempt FROM webhook_attempts
      WHERE environment_id = w.environment_id AND at < ${by(cutoff)} ORDER BY at LIMIT ${limit}
    ) old
    WHERE a.environment_id = w.environment_id AND a.event_id = old.event_id AND a.attempt = old.attempt`;
}
