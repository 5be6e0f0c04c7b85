import type { Logger } from "pino";
import type { BusEvent, BusListener } from "./bus";

/** Who listens to a bus of this process, and the telling. */
export interface BusListeners {
  subscribe(listener: BusListener): () => void;
  onGap(listener: () => void): () => void;
  /** Tells an event that arrived as text. What cannot be read is logged; a listener that throws harms no other. */
  deliver(text: string): void;
  /** Events may have been missed. */
  gap(): void;
}

export function createBusListeners(log: Logger): BusListeners {
  const listeners = new Set<BusListener>();
  const gapListeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGap(listener) {
      gapListeners.add(listener);
      return () => gapListeners.delete(listener);
    },
    deliver(text) {
      let event: BusEvent;
      try {
        event = JSON.parse(text) as BusEvent;
      } catch (error) {
        log.error({ err: error }, "bus: unreadable event");
        return;
      }
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          log.error({ err: error, event: event.type }, "bus: a listener failed");
        }
      }
    },
    gap() {
      for (const listener of gapListeners) listener();
    },
  };
}
