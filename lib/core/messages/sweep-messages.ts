import type { Context } from "../context";
import { emptySlot } from "./message-slot-store";
import { lastPassedPeriod, SLOTS } from "./retention";

/** Empties the slots whose week has passed; gives how many. Any number of processes may do so at any time. */
export async function sweepMessages(context: Context): Promise<number> {
  let emptied = 0;
  for (const slot of SLOTS) {
    if (await emptySlot(context.db, slot, lastPassedPeriod(context.now()))) emptied += 1;
  }
  return emptied;
}
