import { setTimeout as pause } from "node:timers/promises";

/**
 * Starts a part of the process, again and again with a pause in between until it succeeds. For parts that need the
 * database: should it be away at this very moment, the process need not end, with everybody who is connected to it.
 * Undefined when `stopping` before it has succeeded.
 */
export async function keepStarting<Part>(
  start: () => Promise<Part>,
  options: { readonly pauseMs: number; stopping(): boolean; onFailure(error: unknown): void },
): Promise<Part | undefined> {
  while (!options.stopping()) {
    try {
      return await start();
    } catch (error) {
      options.onFailure(error);
      await pause(options.pauseMs);
    }
  }
  return undefined;
}
