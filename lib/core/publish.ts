import type { Bus, BusEvent } from "@/lib/bus/bus";
import type { Context } from "./context";

const RETRY_MS = 500;
/** Kept at most while the bus is away; beyond it the oldest are dropped. */
const MAX_WAITING = 10_000;

/** Events that could not be published yet, by bus. */
const waiting = new WeakMap<Bus, BusEvent[]>();

/**
 * Publishes what has been committed. When the bus cannot be reached the change stands all the same: this is logged, not
 * thrown, and the event is sent as soon as the bus can be reached again. For it may be this process alone that does not
 * reach it; then the others learn of no gap.
 */
export async function publishAfterCommit(context: Pick<Context, "bus" | "log">, event: BusEvent): Promise<void> {
  try {
    await context.bus.publish(event);
  } catch (error) {
    context.log.error({ err: error, event: event.type }, "bus: an event was not published; it will be sent later");
    keep(context, event);
  }
}

function keep(context: Pick<Context, "bus" | "log">, event: BusEvent): void {
  const events = waiting.get(context.bus);
  if (events !== undefined) {
    events.push(event);
    if (events.length > MAX_WAITING) events.shift();
    return;
  }
  const started = [event];
  waiting.set(context.bus, started);
  retryLater(context, started);
}

function retryLater(context: Pick<Context, "bus" | "log">, events: BusEvent[]): void {
  const retry = async () => {
    for (let event = events.shift(); event !== undefined; event = events.shift()) {
      try {
        await context.bus.publish(event);
      } catch (error) {
        events.unshift(event);
        throw error;
      }
    }
    waiting.delete(context.bus);
  };
  // Nothing to stay alive for: who ends is heard of no more.
  setTimeout(() => {
    retry().catch((error: unknown) => {
      context.log.debug({ err: error, events: events.length }, "bus: still away");
      retryLater(context, events);
    });
  }, RETRY_MS).unref();
}
