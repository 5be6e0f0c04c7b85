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
  /** The numbers that the batch took, whether or not each was used; none when `last` is before `first`. */
  readonly first: number;
  readonly last: number;
  /** One for each message; an error is its demand's refusal. */
  readonly outcomes: ReadonlyArray<StoredAt | Error>;
}

// The casts keep numbers numbers: below 2^53 nothing is lost.
const STORE = {
  name: "messages-store",
  text: `SELECT base::float8 AS base, refused_offsets AS "refusedOffsets", refused_facts AS "refusedFacts",
      known_offsets AS "knownOffsets", known_sequences::float8[] AS "knownSequences", known_sent_at::float8[] AS "knownSentAt"
    FROM store_messages($1, $2, $3::smallint, $4, to_timestamp($5::float8 / 1000), $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
      $16, $17, $18, $19, $20, $21)`,
};

interface StoreRow {
  /** Null: all were refused. */
  readonly base: number | null;
  readonly refusedOffsets: number[] | null;
  readonly refusedFacts: number[] | null;
  readonly knownOffsets: number[] | null;
  readonly knownSequences: number[] | null;
  readonly knownSentAt: number[] | null;
}

/**
 * Judges and stores messages of one environment, content and inbox entries, in one transaction and one exchange. No two of
 * them may have the same client key. Messages that are not persisted only take numbers. `now` and `real` are the
 * environment's time and real time in Unix milliseconds.
 */
export async function storeMessages(
  run: Run,
  environmentId: EnvironmentId,
  messages: readonly NewMessage[],
  { now, real }: { readonly now: number; readonly real: number },
): Promise<StoredBatch> {
  const offsets: number[] = [];
  let span = 0;
  for (const { copies } of messages) {
    offsets.push(span + 1);
    span += copies.length;
  }
  const entries = entriesOf(messages, offsets);
  // All environments share the slots, so these follow from real time.
  const period = periodOf(real);
  const numbers = (read: (message: NewMessage) => number) => numberArray(messages.map(read));
  const texts = (read: (message: NewMessage) => string | null) => textArray(messages.map(read));
  const isJudged = messages.some(({ demand }) => demand !== undefined);
  const [row] = await run<StoreRow>(STORE, [
    environmentId,
    period,
    slotOf(period),
    span,
    now,
    keptSince(now),
    numberArray(offsets),
    isJudged ? numbers(({ demand }) => demand?.mask ?? 0) : null,
    isJudged ? numbers(({ demand }) => demand?.wanted ?? 0) : null,
    numbers(({ kind }) => KINDS[kind]),
    numbers(({ sentAt }) => sentAt),
    texts(({ senderId }) => senderId),
    texts(({ copies }) => (copies.length === 1 ? (copies[0]?.targetId ?? null) : null)),
    texts(({ messageType }) => messageType),
    texts(({ content, persisted }) => (persisted ? content : null)),
    texts(({ options, persisted }) => (options !== null && persisted ? JSON.stringify(options) : null)),
    messages.some(isRecognisable) ? texts((message) => (isRecognisable(message) ? message.clientKey : null)) : null,
    numberArray(entries.offsets),
    numberArray(entries.messages),
    textArray(entries.userIds),
    textArray(entries.recipientIds),
  ]);
  if (row === undefined) throw new Error("store_messages gave no row");
  const base = row.base ?? 0;
  const outcomes = new Map<number, StoredAt | Error>();
  for (const [index, offset] of (row.knownOffsets ?? []).entries()) {
    const [sequence = 0, sentAt = 0] = [row.knownSequences?.[index], row.knownSentAt?.[index]];
    outcomes.set(offset, { sequence, sentAt, known: true });
  }
  const facts = new Map((row.refusedOffsets ?? []).map((offset, index) => [offset, row.refusedFacts?.[index] ?? 0]));
  return {
    first: base + 1,
    last: row.base === null ? base : base + span,
    outcomes: messages.map(({ sentAt, demand }, index) => {
      const offset = offsets[index] ?? 0;
      const refused = facts.get(offset);
      if (refused !== undefined && demand !== undefined) return demand.refusal(refused);
      return outcomes.get(offset) ?? { sequence: base + offset, sentAt, known: false };
    }),
  };
}

/** Whether a repetition of it is found later: only of what is kept. */
const isRecognisable = ({ clientKey, persisted }: NewMessage) => persisted && clientKey !== null;

/** The inbox entries of messages as columns: number of the copy, number of the message, whose inbox, whose copy. */
function entriesOf(stored: readonly NewMessage[], messageOffsets: readonly number[]) {
  const offsets: number[] = [];
  const messages: number[] = [];
  const userIds: string[] = [];
  const recipientIds: (string | null)[] = [];
  for (const [index, { copies, senderId, persisted }] of stored.entries()) {
    if (!persisted) continue;
    const offset = messageOffsets[index] ?? 0;
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
