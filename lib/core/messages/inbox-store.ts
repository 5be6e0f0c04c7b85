import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { MessageOptions, StoredMessage } from "./message";
import { KINDS } from "./message-store";

/** Reading inboxes: what connecting clients and processes that missed something ask for. */

export interface InboxQuery {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  /** Only what comes after this number. */
  readonly after: number;
  /** Unix milliseconds: only what was sent since. */
  readonly since: number;
  readonly limit: number;
}

export interface InboxPart {
  readonly messages: StoredMessage[];
  /** The limit of bytes was reached: there may be more. */
  readonly full: boolean;
}

/** Bytes of content and options after which a page ends; the message that goes beyond is still in it. */
export const INBOX_PAGE_MAX_BYTES = 1024 * 1024;

interface MessageRow {
  readonly sequence: number;
  readonly kind: number;
  readonly senderId: string;
  readonly messageType: string;
  readonly content: string;
  readonly options: string | null;
  readonly sentAt: number;
}

// The casts keep numbers numbers: below 2^53 nothing is lost.
const MESSAGE_COLUMNS = `sequence::float8 AS sequence, kind, sender_id AS "senderId", target_id AS "targetId",
  type AS "messageType", content, options, sent_at::float8 AS "sentAt"`;

const READ_INBOXES = {
  name: "inboxes-read",
  text: `SELECT ordinal, ${MESSAGE_COLUMNS} FROM read_inboxes($1, $2, $3, $4, $5, ${INBOX_PAGE_MAX_BYTES})`,
};

function toMessage(environmentId: EnvironmentId, row: MessageRow, sequence: number, targetId: string): StoredMessage {
  const { senderId, messageType, content, sentAt } = row;
  const kind = row.kind === KINDS.direct ? "direct" : "group";
  const options = row.options === null ? null : (JSON.parse(row.options) as MessageOptions);
  return { environmentId, sequence, kind, senderId, targetId, messageType, content, options, sentAt, persisted: true };
}

const bytesOf = ({ content, options }: MessageRow) =>
  Buffer.byteLength(content) + (options === null ? 0 : Buffer.byteLength(options));

const reading = perDatabase((db) =>
  createBatch<InboxQuery, InboxPart>({
    maxItems: 20,
    maxInFlight: 2,
    async run(queries) {
      const rows = await onPool(db.pool)<MessageRow & { ordinal: number; targetId: string }>(READ_INBOXES, [
        numberArray(queries.map((query) => query.environmentId)),
        textArray(queries.map((query) => query.userId)),
        numberArray(queries.map((query) => query.after)),
        numberArray(queries.map((query) => query.since)),
        numberArray(queries.map((query) => query.limit)),
      ]);
      const found = queries.map(() => ({ messages: [] as StoredMessage[], bytes: 0 }));
      for (const row of rows) {
        const [query, part] = [queries[row.ordinal - 1], found[row.ordinal - 1]];
        if (query === undefined || part === undefined) continue;
        part.messages.push(toMessage(query.environmentId, row, row.sequence, row.targetId));
        part.bytes += bytesOf(row);
      }
      return found.map(({ messages, bytes }) => ({ messages, full: bytes >= INBOX_PAGE_MAX_BYTES }));
    },
  }),
);

/** The first messages of an inbox after a number, in order. Concurrent calls share a statement. */
export function findInbox(db: Database, query: InboxQuery): Promise<InboxPart> {
  return reading(db)(query);
}

const READ_MESSAGES = {
  name: "messages-read",
  text: `SELECT ${MESSAGE_COLUMNS} FROM read_messages($1, $2)`,
};

type StoredRow = MessageRow & { readonly targetId: string | null };

async function readMessages(
  db: Database,
  environmentId: EnvironmentId,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, StoredRow>> {
  const rows = await onPool(db.pool)<StoredRow>(READ_MESSAGES, [environmentId, numberArray(sequences)]);
  return new Map(rows.map((row) => [row.sequence, row]));
}

/** What messages say, by the numbers of their first copies; those that are gone are missing. */
export async function findBodies(
  db: Database,
  environmentId: EnvironmentId,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, Pick<StoredMessage, "content" | "options">>> {
  const rows = await readMessages(db, environmentId, sequences);
  return new Map(
    [...rows].map(([sequence, row]) => {
      const { content, options } = toMessage(environmentId, row, sequence, "");
      return [sequence, { content, options }];
    }),
  );
}

const READ_ENTRIES = {
  name: "inboxes-read-entries",
  text: `SELECT user_id AS "userId", sequence::float8 AS sequence, message_sequence::float8 AS "messageSequence",
      recipient_id AS "recipientId"
    FROM read_entries($1, $2, $3, $4)`,
};

interface EntryRow {
  readonly userId: string;
  readonly sequence: number;
  readonly messageSequence: number;
  readonly recipientId: string | null;
}

/** What these users got under the numbers `first` to `last`, in order: each message once, with who got it. */
export async function findBetween(
  db: Database,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  first: number,
  last: number,
): Promise<{ message: StoredMessage; userIds: string[] }[]> {
  const entries = await onPool(db.pool)<EntryRow>(READ_ENTRIES, [environmentId, textArray(userIds), first, last]);
  const messages = await readMessages(db, environmentId, [...new Set(entries.map((entry) => entry.messageSequence))]);
  const found = new Map<number, { message: StoredMessage; userIds: string[] }>();
  for (const { userId, sequence, messageSequence, recipientId } of entries) {
    const row = messages.get(messageSequence);
    const known = found.get(sequence);
    if (known !== undefined) known.userIds.push(userId);
    // Nothing of a message whose user was deleted meanwhile.
    else if (row !== undefined) {
      const targetId = row.targetId ?? recipientId ?? userId;
      found.set(sequence, { message: toMessage(environmentId, row, sequence, targetId), userIds: [userId] });
    }
  }
  return [...found.values()].sort((a, b) => a.message.sequence - b.message.sequence);
}
