import type { Db } from "@/lib/db/database";
import { time } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import { PING_TYPE } from "./facts";

/**
 * Puts a delivered or given up event behind what waits, with a new 24 hours. Its id for receivers stays. False when it
 * is neither, or does not exist.
 */
export async function requeueEvent(
  db: Db,
  environmentId: EnvironmentId,
  id: bigint,
  now: number,
  giveUpAt: number,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE webhook_events SET delivered_at = NULL, dead_at = NULL, failures = 0, due_at = ${time(now)},
      give_up_at = ${time(giveUpAt)}, position = nextval('webhook_events_position_seq')
    WHERE environment_id = ${environmentId} AND id = ${id} AND type <> ${PING_TYPE}
      AND (delivered_at IS NOT NULL OR dead_at IS NOT NULL)`;
  return count === 1;
}

/** The same for the given up events that have been so longest, up to `limit`, in their order. Returns how many. */
export function requeueDead(
  db: Db,
  environmentId: EnvironmentId,
  now: number,
  giveUpAt: number,
  limit: number,
): Promise<number> {
  return db.$executeRaw`
    WITH dead AS MATERIALIZED (
      SELECT id FROM webhook_events WHERE environment_id = ${environmentId} AND dead_at IS NOT NULL AND type <> ${PING_TYPE}
      ORDER BY id LIMIT ${limit} FOR UPDATE
    ), placed AS MATERIALIZED (
      SELECT id, nextval('webhook_events_position_seq') AS position FROM dead
    )
    UPDATE webhook_events e SET dead_at = NULL, failures = 0, due_at = ${time(now)}, give_up_at = ${time(giveUpAt)},
      position = p.position
    FROM placed p WHERE e.environment_id = ${environmentId} AND e.id = p.id`;
}
