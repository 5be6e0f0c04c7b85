import { rowsOf } from "@/lib/db/sql";
import { type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { GIVE_UP_AFTER_MS } from "./retry-rules";
import type { WebhookEvent } from "./schema";

/** PostgreSQL's channel on which the environments with new work are named, once the transaction has committed. */
export const WEBHOOK_CHANNEL = "webhook_work";

const RECORD = {
  name: "webhook-events-record",
  text: `WITH recorded AS (
      INSERT INTO webhook_events (environment_id, type, order_key, data, created_at, due_at, give_up_at)
      SELECT w.environment_id, i.type, i.order_key, i.data, $5::timestamptz, $5::timestamptz, $6::timestamptz
      FROM ${rowsOf("text", "text", "jsonb")} WITH ORDINALITY AS i(type, order_key, data, ordinal)
      JOIN webhooks w ON w.environment_id = $4::int AND w.url <> '' AND i.type = ANY(w.events)
      ORDER BY i.ordinal
      RETURNING 1
    )
    SELECT pg_notify('${WEBHOOK_CHANNEL}', ($4::int)::text)::text AS told WHERE EXISTS (SELECT 1 FROM recorded)`,
};

/**
 * What records events for the environment's webhook, to be run in the transaction of the change they tell of; those that
 * nobody has asked for are dropped. They are delivered once it has committed. `now` is Unix milliseconds.
 */
export function webhookEventWrites(
  environmentId: EnvironmentId,
  now: number,
  events: readonly WebhookEvent[],
): Write[] {
  if (events.length === 0) return [];
  const values = [
    events.map((event) => event.type),
    events.map((event) => event.orderKey),
    events.map((event) => JSON.stringify(event.data)),
    environmentId,
    new Date(now).toISOString(),
    new Date(now + GIVE_UP_AFTER_MS).toISOString(),
  ];
  return [write(RECORD, values)];
}

const TELL = {
  name: "webhook-work-tell",
  text: `SELECT pg_notify('${WEBHOOK_CHANNEL}', ($1::int)::text)::text AS told`,
};

/** Has the environment's waiting events looked at again, once the transaction has committed. */
export async function announceWebhookWork(run: Run, environmentId: EnvironmentId): Promise<void> {
  await run(TELL, [environmentId]);
}
