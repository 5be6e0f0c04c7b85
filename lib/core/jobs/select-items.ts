import { LEASE_MS } from "@/lib/queue/lease-store";
import { readSelection } from "../bulk/read-selection";
import { JobSelectionSchema } from "../bulk/selection-schema";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { addItems } from "./job-item-store";
import { noteSelected } from "./job-store";
import { type ClaimedJob, renewLease } from "./unfinished-job-store";

/** Users chosen at a time: they are read and written down in some tens of milliseconds. */
const CHOSEN_AT_ONCE = 1_000;

/**
 * Chooses more of a job's items, by the selection that it was given, and notes how far it has come. Whoever takes over from a
 * worker that died goes on there. Null when the job was lost.
 */
export async function selectItems(context: Context, job: ClaimedJob): Promise<ClaimedJob | null> {
  const { selection } = (job.params ?? {}) as { selection?: unknown };
  const { items, place } = await readSelection(
    context,
    job.environment,
    JobSelectionSchema.parse(selection),
    job.selectedTo,
    CHOSEN_AT_ONCE,
  );
  return context.db.transaction(async (tx) => {
    const held = await renewLease(tx, job, realNow(context) + LEASE_MS);
    if (held === null) return null;
    await addItems(tx, held, items);
    await noteSelected(tx, held, place);
    return { ...held, total: held.total + items.length, selecting: place !== null, selectedTo: place };
  });
}
