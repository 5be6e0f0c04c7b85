import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import { deliverPending } from "@/lib/core/webhooks/deliver-pending";
import { DELIVERY_STATES } from "@/lib/core/webhooks/delivery-schema";
import {
  countDeliveries,
  countNewerDeliveries,
  getDelivery,
  listDeliveries,
} from "@/lib/core/webhooks/list-deliveries";
import { replayDeadDeliveries, replayDelivery } from "@/lib/core/webhooks/replay-deliveries";
import { forgetOldDeliveries, giveUpWebhookEvents } from "@/lib/core/webhooks/sweep-webhooks";
import { findDueEnvironments } from "@/lib/core/webhooks/webhook-sweep-store";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { startReceiver } from "@/test/support/receiver";
import { insertTestWebhook, recordTestEvents } from "@/test/support/webhooks";
import { recordQueries, scannedTables } from "./recorded-queries";

/**
 * Neither delivering nor looking at deliveries reads the events or the tries from end to end: every statement is
 * explained on 60,000 events in three environments, most of them delivered long ago.
 */

const context = testContext();
let environment: EnvironmentRef;

const EVENTS_SQL = `
  INSERT INTO webhook_events (environment_id, type, order_key, data, created_at, attempts, due_at, give_up_at, delivered_at, dead_at)
  SELECT $1::int, CASE WHEN n % 500 = 0 THEN 'quota:threshold' ELSE 'user:friendship' END,
    'user-' || n % 3000 || CASE WHEN n % 3 = 0 AND n <= 19000 THEN ' user-' || n * 7 % 3000 ELSE '' END, '{}',
    now() - interval '20 seconds' * (20000 - n), 1, CASE WHEN n > 19900 THEN now() + interval '1 hour' END, now() + interval '1 day',
    CASE WHEN n <= 19900 AND n % 100 <> 0 THEN now() - interval '20 seconds' * (20000 - n) END,
    CASE WHEN n <= 19900 AND n % 100 = 0 THEN now() END
  FROM generate_series(1, 20000) AS n`;

const ATTEMPTS_SQL = `
  INSERT INTO webhook_attempts (environment_id, event_id, attempt, at, ms, status)
  SELECT environment_id, id, 1, created_at, 10, 200 FROM webhook_events WHERE environment_id = $1`;

beforeAll(async () => {
  const receiver = await startReceiver();
  const apps = [await createTestApp(context()), await createTestApp(context())] as const;
  environment = apps[0].development.ref;
  for (const { ref } of [apps[0].development, apps[0].production, apps[1].development]) {
    await insertTestWebhook(context(), ref, receiver.url);
    await context().db.pool.query(EVENTS_SQL, [ref.id]);
    await context().db.pool.query(ATTEMPTS_SQL, [ref.id]);
  }
  await context().owner.query("VACUUM ANALYZE");
}, 120_000);

async function scansOf(work: () => Promise<unknown>): Promise<string[]> {
  const queries = await recordQueries(work);
  if (queries.length === 0) throw new Error("nothing was recorded");
  const client = new pg.Client({ connectionString: context().url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const found: string[] = [];
    for (const query of queries) {
      const tables = (await scannedTables(client, query)).filter((table) => /^webhook_(events|attempts)$/.test(table));
      if (tables.length > 0) found.push(`${tables.join(", ")}: ${query.text.replace(/\s+/g, " ").trim()}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

const viewer = () => operatorOf("viewer", environment);
const admin = () => operatorOf("admin", environment);

test("the guard itself sees a scan", async () => {
  const scans = await scansOf(() =>
    context().db.prisma.webhookEvent.count({ where: { eventId: crypto.randomUUID() } }),
  );
  expect(scans).toEqual([expect.stringMatching(/^webhook_events: SELECT/)]);
});

test.each([
  {},
  ...DELIVERY_STATES.map((state) => ({ state })),
  { type: "user:friendship" as const },
  { type: "quota:threshold" as const },
  { user: "user-17" },
  { user: "user-17", state: "delivered" as const },
  { type: "quota:threshold" as const, state: "dead" as const },
])("the delivery log, %j", async (filter) => {
  const scans = await scansOf(async () => {
    const first = await listDeliveries(context(), viewer(), filter);
    if (first.next !== null) {
      const second = await listDeliveries(context(), viewer(), { ...filter, cursor: first.next });
      await listDeliveries(context(), viewer(), { ...filter, cursor: second.previous ?? undefined });
    }
    await getDelivery(context(), viewer(), { deliveryId: first.rows[0]?.id ?? "1" });
    await countNewerDeliveries(context(), viewer(), filter, first.rows.at(-1)?.id ?? "0");
  });
  expect(scans).toEqual([]);
});

test("recording, delivering, counting, replaying, giving up and forgetting", async () => {
  const scans = await scansOf(async () => {
    await countDeliveries(context(), viewer());
    await recordTestEvents(context(), environment, ["user-1", "user-2", "user-1"]);
    await deliverPending(context(), environment.id);
    const { rows } = await listDeliveries(context(), viewer(), { state: "delivered" });
    await replayDelivery(context(), admin(), { deliveryId: rows[0]?.id ?? "" });
    await replayDeadDeliveries(context(), admin());
    await findDueEnvironments(context().db.prisma, context().now(), context().now());
    await giveUpWebhookEvents(context());
    await forgetOldDeliveries(context());
  });
  expect(scans).toEqual([]);
});
