import { type Run, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { WebhookEvent } from "./schema";

const RECORD = {
  name: "webhook-events-record",
  text: `INSERT INTO webhook_events (environment_id, type, order_key, data, created_at)
    SELECT w.environment_id, i.type, i.order_key, i.data, $5::timestamptz
    FROM ${rowsOf("text", "text", "jsonb")} WITH ORDINALITY AS i(type, order_key, data, ordinal)
    JOIN webhooks w ON w.environment_id = $4::int AND w.url <> '' AND i.type = ANY(w.events)
    ORDER BY i.ordinal`,
};

/**
 * Records events for the environment's webhook, in the transaction of the change they tell of; those that nobody has
 * asked for are dropped. `now` is Unix milliseconds.
 */
export async function recordWebhookEvents(
  run: Run,
  environmentId: EnvironmentId,
  now: number,
  events: readonly WebhookEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await run(RECORD, [
    events.map((event) => event.type),
    events.map((event) => event.orderKey),
    events.map((event) => JSON.stringify(event.data)),
    environmentId,
    new Date(now).toISOString(),
  ]);
}
