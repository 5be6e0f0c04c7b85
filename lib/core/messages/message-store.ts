import { numberArray, textArray } from "@/lib/db/array-text";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { NewMessage } from "./message";
import { keptSince, periodOf, slotOf } from "./retention";

export const KINDS = { direct: 1, group: 3 } as const;

/** What became of one message of a batch. */
export interface StoredAt {
  /** The number of its first copy. */
  readonly sequence: number;
  readonly sentAt: number;
  /** It was stored before: nothing was done, and these are the earlier one's. */
  readonly known: boolean;
}

export interface StoredBatch {
  /** The numbers that the batch took, whether or not each was used. */
  readonly first: number;
  readonly last: number;
  readonly stored: readonly StoredAt[];
}

// The casts keep numbers numbers: below 2^53 nothing is lost.
const STORE = {
  name: "messages-store",
  text: `SELECT base::float8 AS base, known_offsets AS "knownOffsets", known_sequences::float8[] AS "knownSequences",
      known_sent_at::float8[] AS "knownSentAt"
    FROM store_messages($1, $2, $3::smallint, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
};

interface StoreRow {
  readonly base: number;
  readonly knownOffsets: number[] | null;
  readonly knownSequences: number[] | null;
  readonly knownSentAt: number[] | null;
}

/**
 * Stores messages of one environment, content and inbox entries, in one transaction and one exchange. No two of them may
 * have the same client key. Messages that are not persisted only take numbers. `now` and `real` are the environment's time and
 * real time in Unix milliseconds.
 */
export async function storeMessages(
  run: Run,
  environmentId: EnvironmentId,
  messages: readonly NewMessage[],
  now: number,
  real: number = now,
): Promise<StoredBatch> {
  const offsets: number[] = [];
  let span = 0;
  for (const { copies } of messages) {
    offsets.push(span + 1);
    span += copies.length;
  }
  const kept = messages.flatMap((message, index) =>
    message.persisted ? [{ message, offset: offsets[index] ?? 0 }] : [],
  );
  const entries = entriesOf(kept);
  // All environments share the slots, so these follow from real time.
  const period = periodOf(real);
  const numbers = (read: (message: NewMessage) => number) => numberArray(kept.map(({ message }) => read(message)));
  const texts = (read: (message: NewMessage) => string | null) => textArray(kept.map(({ message }) => read(message)));
  const [row] = await run<StoreRow>(STORE, [
    environmentId,
    period,
    slotOf(period),
    span,
    keptSince(now),
    numberArray(kept.map(({ offset }) => offset)),
    numbers(({ kind }) => KINDS[kind]),
    numbers(({ sentAt }) => sentAt),
    texts(({ senderId }) => senderId),
    texts(({ copies }) => (copies.length === 1 ? (copies[0]?.targetId ?? null) : null)),
    texts(({ messageType }) => messageType),
    texts(({ content }) => content),
    texts(({ options }) => (options === null ? null : JSON.stringify(options))),
    kept.some(({ message }) => message.clientKey !== null) ? texts(({ clientKey }) => clientKey) : null,
    numberArray(entries.offsets),
    numberArray(entries.messages),
    textArray(entries.userIds),
    textArray(entries.recipientIds),
  ]);
  if (row === undefined) throw new Error("store_messages gave no row");
  const { base } = row;
  const known = new Map(
    (row.knownOffsets ?? []).map((offset, index): [number, StoredAt] => [
      offset,
      { sequence: row.knownSequences?.[index] ?? 0, sentAt: row.knownSentAt?.[index] ?? 0, known: true },
    ]),
  );
  return {
    first: base + 1,
    last: base + span,
    stored: messages.map(({ sentAt }, index) => {
      const offset = offsets[index] ?? 0;
      return known.get(offset) ?? { sequence: base + offset, sentAt, known: false };
    }),
  };
}

/** The inbox entries of messages as columns: number of the copy, number of the message, whose inbox, whose copy. */
function entriesOf(kept: ReadonlyArray<{ readonly message: NewMessage; readonly offset: number }>) {
  const offsets: number[] = [];
  const messages: number[] = [];
  const userIds: string[] = [];
  const recipientIds: (string | null)[] = [];
  for (const { message, offset } of kept) {
    const { copies, senderId } = message;
    for (const [copy, { targetId, userIds: inboxes }] of copies.entries()) {
      for (const userId of inboxes) {
        offsets.push(offset + copy);
        messages.push(offset);
        userIds.push(userId);
        // With one copy the message itself says whom it was sent to.
        recipientIds.push(copies.length > 1 && userId === senderId ? targetId : null);
      }
    }
  }
  return { offsets, messages, userIds, recipientIds };
}
