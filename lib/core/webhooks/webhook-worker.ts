import { listen } from "@/lib/db/listen";
import { startQueue } from "@/lib/queue/queue";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { type DeliverOptions, deliverPending } from "./deliver-pending";
import { repeat } from "./repeat";
import { RunSignal } from "./run-signal";
import { forgetOldDeliveries, giveUpWebhookEvents } from "./sweep-webhooks";
import { createWaker } from "./waker";
import { WEBHOOK_CHANNEL } from "./webhook-event-store";
import { findNeglected } from "./webhook-sweep-store";

const TASK = "webhooks";
/** Receivers that this process speaks to at the same time. One that hangs takes a slot for five seconds a minute. */
const SLOTS = 50;
/** How often neglected environments are looked for: those whose wake-up or worker was lost. */
const SWEEP_MS = 5_000;
/** Sweeps between two rounds of giving up, and of forgetting. */
const SWEEPS_PER_GIVE_UP = 12;
const SWEEPS_PER_FORGET = 720;

export interface WebhookWorkerOptions extends Pick<DeliverOptions, "attemptTimeoutMs"> {
  readonly databaseUrl: string;
  readonly sweepMs?: number;
}

export interface WebhookWorker {
  /** Lets deliveries in hand end and begins no more. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Delivers webhook events as long as the process runs. Every service process has one worker; they share the
 * environments, one run for each at a time (docs/decisions/0049-webhooks-one-job-for-each-receiver.md). A worker hears
 * of recorded events when their transaction commits, and looks for itself every five seconds.
 */
export async function startWebhookWorker(context: Context, options: WebhookWorkerOptions): Promise<WebhookWorker> {
  const { databaseUrl: url } = options;
  const { log } = context;
  const signals = new Map<EnvironmentId, RunSignal>();
  let stopping = false;

  const queue = await startQueue({
    url,
    log,
    task: TASK,
    slots: SLOTS,
    now: context.now,
    async work(key) {
      const environmentId = Number(key) as EnvironmentId;
      if (stopping) return context.now();
      const signal = new RunSignal();
      // A second job for an environment that this process is at leaves the first one's signal in its place.
      if (!signals.has(environmentId)) signals.set(environmentId, signal);
      try {
        return await deliverPending(context, environmentId, { ...options, signal, stopping: () => stopping });
      } finally {
        if (signals.get(environmentId) === signal) signals.delete(environmentId);
      }
    },
  });

  const waker = createWaker((ids) => queue.wake(ids.map(String)), log);
  // A run of this process that goes on looks for itself.
  const wake = (ids: readonly EnvironmentId[]) => waker.wake(ids.filter((id) => signals.get(id)?.tell() !== true));

  let sweeps = 0;
  const sweep = async () => {
    const now = context.now();
    wake(await findNeglected(context.db.prisma, now, now - 1_000));
    if (sweeps % SWEEPS_PER_GIVE_UP === 0) await giveUpWebhookEvents(context, () => stopping);
    if (sweeps % SWEEPS_PER_FORGET === 0) {
      await forgetOldDeliveries(context, () => stopping);
      await queue.tidy();
    }
    sweeps += 1;
  };
  const sweeper = repeat(sweep, options.sweepMs ?? SWEEP_MS, (error) =>
    log.error({ err: error }, "webhooks: a sweep failed; the next one tries again"),
  );

  const end = async (endListening: () => Promise<void>) => {
    stopping = true;
    await endListening();
    await sweeper.stop();
    await waker.idle();
    await queue.stop();
  };
  try {
    const listening = await listen({
      url,
      channel: WEBHOOK_CHANNEL,
      name: TASK,
      log,
      onPayload: (payload) => wake([Number(payload) as EnvironmentId]),
      onListening: () => sweeper.now(),
    });
    return { stop: () => end(listening.close) };
  } catch (error) {
    await end(async () => {});
    throw error;
  }
}
