import { listen } from "@/lib/db/listen";
import { repeat } from "@/lib/queue/repeat";
import { startSlots } from "@/lib/queue/slots";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { type DeliverOptions, deliverPending } from "./deliver-pending";
import { forgetOldDeliveries, giveUpWebhookEvents } from "./sweep-webhooks";
import { WEBHOOK_CHANNEL } from "./webhook-event-store";
import { findDueEnvironments } from "./webhook-sweep-store";

/** Receivers that this process speaks to at the same time. One that hangs takes a slot for five seconds a minute. */
const SLOTS = 50;
const POLL_MS = 5_000;
/** What has been due for less than this is in somebody's hands, most likely. */
const OVERDUE_MS = 1_000;
const GIVE_UP_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;

export interface WebhookWorkerOptions extends Pick<DeliverOptions, "attemptTimeoutMs"> {
  readonly databaseUrl: string;
  readonly pollMs?: number;
}

export interface WebhookWorker {
  /** Lets deliveries in hand end and begins no more. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Delivers webhook events as long as the process runs. Every service process has one worker; they share the
 * environments, one run for each at a time (docs/decisions/0049-webhooks-one-run-for-each-receiver.md). A worker hears of
 * recorded events when their transaction commits, and looks for itself every five seconds.
 */
export async function startWebhookWorker(context: Context, options: WebhookWorkerOptions): Promise<WebhookWorker> {
  const { attemptTimeoutMs } = options;
  const { log, now } = context;
  const { prisma } = context.db;
  let stopped = false;
  const stopping = () => stopped;

  const slots = startSlots<EnvironmentId>({
    name: "webhooks",
    log,
    now,
    slots: SLOTS,
    pollMs: options.pollMs ?? POLL_MS,
    find: () => findDueEnvironments(prisma, now(), now() - OVERDUE_MS),
    work: (environmentId, wakeups) => deliverPending(context, environmentId, { attemptTimeoutMs, wakeups, stopping }),
  });
  const sweep = (work: (context: Context, stopping: () => boolean) => Promise<number>, everyMs: number) =>
    repeat(
      async () => void (await work(context, stopping)),
      everyMs,
      (error) => log.error({ err: error }, "webhooks: a sweep failed; the next one tries again"),
    );
  const sweepers = [sweep(giveUpWebhookEvents, GIVE_UP_EVERY_MS), sweep(forgetOldDeliveries, FORGET_EVERY_MS)];

  const stop = async () => {
    stopped = true;
    await Promise.all([slots.stop(), ...sweepers.map((sweeper) => sweeper.stop())]);
  };
  try {
    const listening = await listen({
      url: options.databaseUrl,
      channel: WEBHOOK_CHANNEL,
      name: "webhooks",
      log,
      onPayload: (payload) => slots.wake([Number(payload) as EnvironmentId]),
      onListening: () => slots.poll(),
    });
    const endListening = context.bus.subscribe((event) => {
      if (event.type === "clock.changed") slots.wake([event.environmentId as EnvironmentId]);
    });
    return {
      async stop() {
        endListening();
        await listening.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
