import { randomUUID } from "node:crypto";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { PING_TYPE } from "./facts";
import { insertPing } from "./ping-store";
import { readReceiver } from "./receiver";
import { GIVE_UP_AFTER_MS } from "./retry-rules";
import { tryDelivery } from "./try-delivery";

/** What came of a test ping. */
export interface PingOutcome {
  readonly accepted: boolean;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Why it was not accepted, "" when it was. */
  readonly error: string;
  readonly ms: number;
  /** The beginning of the answer's body. */
  readonly answer: string;
  /** Of the delivery log, where the ping stands as well. */
  readonly deliveryId: string;
}

/**
 * Sends a `webhook:ping` to the saved address now, signed like any delivery, and says what came of it. It passes by what
 * waits, is tried once and stands in the delivery log. Throws `invalid_parameter` when no address is saved.
 */
export async function pingWebhook(context: Context, actor: Actor): Promise<PingOutcome> {
  requirePermission(actor, "webhooks.change");
  const environment = environmentOf(actor);
  const receiver = await readReceiver(context, environment.id);
  if (receiver === null) throw new AppError("invalid_parameter", { message: "Save an address first." });
  const event = {
    eventId: randomUUID(),
    type: PING_TYPE,
    createdAt: new Date(context.now()),
    data: { appKey: environment.appKey, environment: environment.name },
  };
  const tried = await tryDelivery(context, receiver, event);
  const giveUpAt = new Date(event.createdAt.getTime() + GIVE_UP_AFTER_MS);
  const id = await insertPing(context.db, environment.id, { ...event, giveUpAt }, tried, tried.accepted);
  const { accepted, status, error, ms, answer } = tried;
  return { accepted, status, error, ms, answer, deliveryId: String(id) };
}
