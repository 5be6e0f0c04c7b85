import type { Database } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import { transactionOn } from "@/lib/db/transaction";
import type { Slot } from "./retention";

/** How long readers of a slot are waited for: others wait behind. */
const PATIENCE = "200ms";

const FIND_PASSED = {
  name: "message-slots-passed",
  text: "SELECT slot FROM message_slots WHERE slot = $1::smallint AND period BETWEEN 1 AND $2::int",
};

// Whoever stores the first message of a week changes this row, so it cannot begin while the slot is being emptied.
const CLAIM_PASSED = { name: "message-slots-claim", text: `${FIND_PASSED.text} FOR NO KEY UPDATE SKIP LOCKED` };

const TRUNCATE = [0, 1, 2].map((slot) => ({
  name: `messages-truncate-${slot}`,
  // In the order in which readers lock them.
  text: `TRUNCATE inbox_entries_slot_${slot}, messages_slot_${slot}`,
}));

const MARK_EMPTY = {
  name: "message-slots-mark-empty",
  text: "UPDATE message_slots SET period = 0 WHERE slot = $1::smallint",
};

/**
 * Empties a slot if what it holds is of the week `passed` or an earlier one. False when there was nothing to do, or when
 * somebody reads it or is emptying it: then the next time will do.
 */
export async function emptySlot(db: Database, slot: Slot, passed: number): Promise<boolean> {
  const found = await onPool(db.pool)(FIND_PASSED, [slot, passed]);
  const truncate = TRUNCATE[slot];
  if (found.length === 0 || truncate === undefined) return false;
  try {
    return await transactionOn(db.pool, async (run) => {
      const claimed = await run(CLAIM_PASSED, [slot, passed]);
      if (claimed.length === 0) return false;
      await run({ name: "message-slots-patience", text: `SET LOCAL lock_timeout = '${PATIENCE}'` }, []);
      await run(truncate, []);
      await run(MARK_EMPTY, [slot]);
      return true;
    });
  } catch (error) {
    if (isLockTimeout(error)) return false;
    throw error;
  }
}

const isLockTimeout = (error: unknown) => error instanceof Error && "code" in error && error.code === "55P03";
