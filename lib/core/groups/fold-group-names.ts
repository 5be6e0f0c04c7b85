import type { Context } from "../context";
import { fillGroupNames } from "./group-name-store";

/** Groups per transaction. */
const BATCH_SIZE = 500;

/** Puts groups from before the search index into it; gives how many. `stopping` ends it between batches. */
export async function foldGroupNames(context: Context, stopping: () => boolean): Promise<number> {
  let filled = 0;
  for (;;) {
    const batch = stopping() ? 0 : await fillGroupNames(context.db, BATCH_SIZE);
    filled += batch;
    if (batch === 0) return filled;
  }
}
