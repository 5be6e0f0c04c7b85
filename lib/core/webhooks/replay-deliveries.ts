import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findDelivery } from "./delivery-list-store";
import { DeliveryKeySchema } from "./delivery-schema";
import { PING_TYPE } from "./facts";
import { requeueDead, requeueEvent } from "./replay-store";
import { GIVE_UP_AFTER_MS } from "./retry-rules";
import { announceWebhookWork } from "./webhook-event-store";
import { readWebhook } from "./webhook-store";

/** Given up events that are put back by one call. */
const REPLAY_MAX = 10_000;

/**
 * Sends a delivered or given up event again: it joins the end of its user's row, with another 24 hours and the same id, so
 * that a receiver can tell it was there before. Throws `not_found`, and `invalid_parameter` where there is nothing to
 * replay.
 */
export async function replayDelivery(context: Context, actor: Actor, input: { deliveryId: string }): Promise<void> {
  requirePermission(actor, "webhooks.change");
  const environment = environmentOf(actor);
  const id = BigInt(DeliveryKeySchema.parse(input).deliveryId);
  const delivery = await findDelivery(context.db.prisma, environment.id, id);
  if (delivery === null)
    throw new AppError("not_found", { message: "This delivery doesn’t exist, or is no longer kept." });
  if (delivery.type === PING_TYPE) {
    throw new AppError("invalid_parameter", { message: "A ping is not replayed. Send a new one." });
  }
  await requireAddress(context, actor);
  const now = context.now();
  await executeWithPrisma(context, actor, async (tx, run) => {
    if (!(await requeueEvent(tx, environment.id, id, now, now + GIVE_UP_AFTER_MS))) {
      throw new AppError("invalid_parameter", {
        message: "It is still waiting. There’s nothing to replay yet.",
      });
    }
    await announceWebhookWork(run, environment.id);
    const after = { event: delivery.eventId, type: delivery.type };
    return { result: undefined, audit: [{ action: "webhook.delivery_replayed", target: targetOf(actor), after }] };
  });
}

/**
 * Sends given up events again, longest given up first, at most 10,000 by one call. Pings are left out. Throws
 * `invalid_parameter` when no address is saved.
 */
export async function replayDeadDeliveries(context: Context, actor: Actor): Promise<{ replayed: number }> {
  requirePermission(actor, "webhooks.change");
  const environment = environmentOf(actor);
  await requireAddress(context, actor);
  const now = context.now();
  return executeWithPrisma(context, actor, async (tx, run) => {
    const replayed = await requeueDead(tx, environment.id, now, now + GIVE_UP_AFTER_MS, REPLAY_MAX);
    if (replayed === 0) return { result: { replayed } };
    await announceWebhookWork(run, environment.id);
    const audit = [{ action: "webhook.dead_replayed", target: targetOf(actor), after: { events: replayed } }] as const;
    return { result: { replayed }, audit };
  });
}

const targetOf = (actor: Actor) => {
  const { appKey, appName, name } = environmentOf(actor);
  return { kind: "webhook", id: appKey, name: `${appName} ${name}` } as const;
};

async function requireAddress(context: Context, actor: Actor): Promise<void> {
  const { url } = await readWebhook(context.db.prisma, environmentOf(actor).id);
  if (url === "") throw new AppError("invalid_parameter", { message: "Save an address first." });
}
