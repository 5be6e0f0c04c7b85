import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { WEBHOOK_EVENT_TYPES } from "@/lib/core/webhooks/facts";
import type { WebhookEvent } from "@/lib/core/webhooks/schema";
import { webhookEventWrites } from "@/lib/core/webhooks/webhook-event-store";
import { runWrites } from "@/lib/db/statement";
import { transactionOn } from "@/lib/db/transaction";

/** Gives an environment a webhook past the rules of saving one; every event is selected unless some are named. */
export async function insertTestWebhook(
  context: Context,
  environment: EnvironmentRef,
  url: string,
  events: readonly string[] = Object.keys(WEBHOOK_EVENT_TYPES),
) {
  const values = { url, events: [...events], updatedAt: new Date(context.now()), updatedByName: "Test" };
  await context.db.prisma.webhook.upsert({
    where: { environmentId: environment.id },
    create: { environmentId: environment.id, ...values },
    update: values,
  });
}

/** Records one friendship event a user id, in one transaction, in this order. */
export async function recordTestEvents(context: Context, environment: EnvironmentRef, userIds: readonly string[]) {
  const events = userIds.map((userId, number): WebhookEvent => {
    return { type: "user:friendship", orderKey: userId, data: { userId, number } };
  });
  await transactionOn(context.db.pool, (run) =>
    runWrites(run, webhookEventWrites(environment.id, context.now(), events)),
  );
}

/** Every recorded event of an environment, oldest first. */
export function storedEvents(context: Context, environment: EnvironmentRef) {
  return context.db.prisma.webhookEvent.findMany({
    where: { environmentId: environment.id },
    orderBy: { id: "asc" },
  });
}
