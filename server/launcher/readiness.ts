import { setTimeout as pause } from "node:timers/promises";

/** Waits until `address` answers 200. Rejects with `signal`'s reason when it is aborted. */
export async function waitUntilReady(address: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      signal.throwIfAborted();
      // It does not listen yet.
    }
    await pause(40, undefined, { signal }).catch(() => {});
  }
}
