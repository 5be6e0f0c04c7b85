import { perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";

/**
 * Whether a message that this process stores must be told to other processes: it need not while this one is the only
 * gateway. What is not told is not lost, since whoever follows messages compares their numbers once a second.
 */

interface Knowledge {
  /** On `performance.now()`: until then this process is known to be alone. */
  aloneUntil: number;
  /** Grows whenever somebody may have come. */
  arrivals: number;
}

const knowledge = perDatabase((): Knowledge => ({ aloneUntil: 0, arrivals: 0 }));

/** Another process has begun to follow messages, or may have. */
export function noteArrival(db: Database): void {
  const known = knowledge(db);
  known.arrivals += 1;
  known.aloneUntil = 0;
}

/**
 * Call it before the gateways are counted; the function returned takes what was counted, this process among them, and for
 * how many milliseconds that may be believed. A count that somebody arrived during says nothing.
 */
export function beginCount(db: Database): (gateways: number, validMs: number) => void {
  const known = knowledge(db);
  const { arrivals } = known;
  return (gateways, validMs) => {
    known.aloneUntil = gateways === 1 && known.arrivals === arrivals ? performance.now() + validMs : 0;
  };
}

/** True while this process is the only gateway; false when that is not known, as in a process that is none itself. */
export const isAlone = (db: Database): boolean => knowledge(db).aloneUntil > performance.now();
