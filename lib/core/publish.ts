import type { BusEvent } from "@/lib/bus/bus";
import type { Context } from "./context";

/**
 * Publishes what has been committed. When the bus cannot be reached the change stands all the same, and every process
 * learns by the gap that it missed something and reads again; so this is logged, not thrown.
 */
export async function publishAfterCommit(context: Pick<Context, "bus" | "log">, event: BusEvent): Promise<void> {
  try {
    await context.bus.publish(event);
  } catch (error) {
    context.log.error({ err: error, event: event.type }, "bus: an event was not published");
  }
}
