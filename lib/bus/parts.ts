/**
 * How an event travels that is meant for other processes, or is larger than one notification: as parts, each headed by who
 * sent it, so that the sender recognises its own before it reads them.
 *
 * All parts of an event are sent in one transaction, so they arrive one after the other and nothing between them.
 */

const MARK = "~";
/** PostgreSQL refuses payloads of 8,000 bytes or more; the head takes some. */
const PART_BYTES = 7_800;

/** The parts of `text`, in the order in which they must be sent. */
export function splitIntoParts(origin: string, text: string): string[] {
  const bytes = Buffer.from(text);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + PART_BYTES);
    // Not inside a character: its later bytes begin with the bits 10.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    parts.push(bytes.toString("utf8", start, end));
    start = end;
  }
  return parts.map((part, index) => `${MARK}${origin}${MARK}${parts.length - index - 1}${MARK}${part}`);
}

export interface PartReader {
  /** The event's text once it is complete: at once where it came whole. null: a part is missing, or it is one's own. */
  read(payload: string): string | null;
  /** Forgets parts whose rest will not come. */
  forget(): void;
}

export function createPartReader(origin: string): PartReader {
  const own = `${MARK}${origin}${MARK}`;
  let begun: { head: string; left: number; text: string } | undefined;
  return {
    read(payload) {
      if (!payload.startsWith(MARK)) return payload;
      if (payload.startsWith(own)) return null;
      const endOfHead = payload.indexOf(MARK, 1);
      const endOfNumber = payload.indexOf(MARK, endOfHead + 1);
      const head = payload.slice(0, endOfHead);
      const left = Number(payload.slice(endOfHead + 1, endOfNumber));
      const continues = begun !== undefined && begun.head === head && begun.left === left + 1;
      const text = (continues ? (begun?.text ?? "") : "") + payload.slice(endOfNumber + 1);
      begun = left === 0 ? undefined : { head, left, text };
      return left === 0 ? text : null;
    },
    forget() {
      begun = undefined;
    },
  };
}
