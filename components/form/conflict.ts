import { agoText, localTime } from "@/components/ui/time-format";
import type { Conflict } from "@/lib/core/errors";

/** "Ana banned isla until 3 May 2026, 12:00, 2 minutes ago." Times in the reader's zone: browser only. */
export function conflictSentence({ by, at, did, until }: Conflict): string {
  const end = until === undefined ? "" : ` until ${localTime(until)}`;
  const ago = at === null ? "" : `${until === undefined ? " " : ", "}${agoText(at)}`;
  return `${by ?? "Someone"} ${did}${end}${ago}.`;
}
