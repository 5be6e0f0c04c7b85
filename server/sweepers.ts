import { clearEndedBans } from "@/lib/core/bans/ban-store";
import type { Context } from "@/lib/core/context";
import { sweepMessages } from "@/lib/core/messages/sweep-messages";
import type { ServerApi } from "@/lib/server-api/server-api";

const INTERVAL_MS = 30_000;
const CHUNK = 1_000;

/**
 * Clears ended bans off the users, forgets old nonces and passed messages, now and every 30 seconds. Several processes may do so at once.
 * Returns the function that stops it and waits for a running round.
 */
export function startSweepers(context: Context, api: Pick<ServerApi, "sweep">): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const round = async (): Promise<void> => {
    try {
      let bans = 0;
      let cleared: number;
      do {
        cleared = await clearEndedBans(context.db.prisma, new Date(context.now()), CHUNK);
        bans += cleared;
      } while (cleared === CHUNK && !stopped);
      const nonces = await api.sweep();
      const slots = await sweepMessages(context);
      if (bans + nonces + slots > 0) context.log.debug({ bans, nonces, slots }, "sweepers: cleared");
    } catch (error) {
      context.log.error({ err: error }, "sweepers: a round failed; the next one tries again");
    }
  };

  let running = Promise.resolve();
  const start = () => {
    running = round().then(() => {
      if (!stopped) timer = setTimeout(start, INTERVAL_MS);
    });
  };
  start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
