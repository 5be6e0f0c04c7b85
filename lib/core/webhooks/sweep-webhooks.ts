import type { Context } from "../context";
import { KEEP_ATTEMPTS_MS, KEEP_DEAD_MS, KEEP_DELIVERED_MS } from "./retry-rules";
import { deleteAttempts, deleteDead, deleteDelivered, giveUpOverdue, makeParkedDue } from "./webhook-sweep-store";

const CHUNK = 1_000;
/** An event's last try is made when its time is up; given up without one is what had no turn until a little later. */
const LAST_TRY_GRACE_MS = 2 * 60_000;

async function inChunks(work: () => Promise<number>, stopping: () => boolean): Promise<number> {
  let total = 0;
  let done: number;
  do {
    done = await work();
    total += done;
    // Several environments may fill a chunk of their own, so it ends only when nothing is left.
  } while (done > 0 && !stopping());
  return total;
}

/** Gives up events that had no turn for 24 hours (no address, receiver left in peace) and frees those behind them. */
export async function giveUpWebhookEvents(context: Context, stopping: () => boolean = () => false): Promise<number> {
  const db = context.db.prisma;
  const cutoff = context.now() - LAST_TRY_GRACE_MS;
  const given = await inChunks(() => giveUpOverdue(db, context.now(), cutoff, CHUNK), stopping);
  await makeParkedDue(db, context.now());
  return given;
}

/** Forgets what the delivery log keeps no longer: tries and delivered events after 7 days, given up ones after 30. */
export async function forgetOldDeliveries(context: Context, stopping: () => boolean = () => false): Promise<number> {
  const db = context.db.prisma;
  const now = context.now();
  return (
    (await inChunks(() => deleteDelivered(db, now - KEEP_DELIVERED_MS, CHUNK), stopping)) +
    (await inChunks(() => deleteDead(db, now - KEEP_DEAD_MS, CHUNK), stopping)) +
    (await inChunks(() => deleteAttempts(db, now - KEEP_ATTEMPTS_MS, CHUNK), stopping))
  );
}
