import type { EnvironmentId } from "../actor";
import type { Context } from "../context";

/** Between two writes to the queue, so that a flood of events becomes twenty of them a second and not a thousand. */
const GATHER_MS = 50;

export interface Waker {
  wake(ids: readonly EnvironmentId[]): void;
  /** Resolves when everything that was named is in the queue. */
  idle(): Promise<void>;
}

/**
 * Puts environments into the queue: the first at once, those that are named in the 50 ms after it together, however
 * often they are named. A failure is left to the sweep.
 */
export function createWaker(put: (ids: readonly EnvironmentId[]) => Promise<void>, log: Context["log"]): Waker {
  const named = new Set<EnvironmentId>();
  let working: Promise<void> | null = null;

  const work = async () => {
    while (named.size > 0) {
      const ids = [...named];
      named.clear();
      await put(ids).catch((error: unknown) => log.warn({ err: error }, "webhooks: could not be put into the queue"));
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    }
    working = null;
  };

  return {
    wake(ids) {
      for (const id of ids) named.add(id);
      if (named.size > 0) working ??= work();
    },
    idle: () => working ?? Promise.resolve(),
  };
}
