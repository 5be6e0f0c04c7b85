import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { onPool, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { ConversationKind, StoredMessage } from "./message";
import { KINDS } from "./message-store";

/** Reading inboxes: what connecting clients and processes that missed something ask for. */

interface MessageRow {
  readonly sequence: number;
  readonly kind: number;
  readonly senderId: string;
  readonly targetId: string;
  readonly messageType: string;
  readonly content: string;
  readonly options: string | null;
  readonly sentAt: number;
}

// The slot of an entry is its message's. In the inbox of a recipient of many, the copy is the inbox's owner's.
const MESSAGE_OF_ENTRY = `SELECT kind, sender_id AS "senderId", coalesce(target_id, e.recipient_id, e.user_id) AS "targetId",
    type AS "messageType", content, options, sent_at::float8 AS "sentAt"
  FROM messages WHERE environment_id = i.environment_id AND sequence = e.message_sequence AND slot = e.slot`;

function toMessage(environmentId: EnvironmentId, row: MessageRow): StoredMessage {
  const { sequence, senderId, targetId, messageType, content, sentAt } = row;
  const kind: ConversationKind = row.kind === KINDS.direct ? "direct" : "group";
  const options = row.options === null ? null : JSON.parse(row.options);
  return { environmentId, sequence, kind, senderId, targetId, messageType, content, options, sentAt, persisted: true };
}

export interface InboxQuery {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  /** Only what comes after this number. */
  readonly after: number;
  /** Unix milliseconds: only what was sent since. */
  readonly since: number;
  readonly limit: number;
}

const FIND_INBOXES = {
  name: "inboxes-find",
  text: `SELECT i.ordinal::int AS ordinal, p.*
    FROM ${rowsOf("int", "text", "bigint", "bigint", "int")} WITH ORDINALITY
      AS i(environment_id, user_id, after, since, most, ordinal)
    CROSS JOIN LATERAL (
      SELECT e.sequence::float8 AS sequence, m.*
      FROM inbox_entries e CROSS JOIN LATERAL (${MESSAGE_OF_ENTRY} AND sent_at >= i.since) m
      WHERE e.environment_id = i.environment_id AND e.user_id = i.user_id AND e.sequence > i.after
      ORDER BY e.sequence LIMIT i.most
    ) p`,
};

const reading = perDatabase((db) =>
  createBatch<InboxQuery, StoredMessage[]>({
    maxItems: 50,
    maxInFlight: 2,
    async run(queries) {
      const rows = await onPool(db.pool)<MessageRow & { ordinal: number }>(FIND_INBOXES, [
        queries.map((query) => query.environmentId),
        queries.map((query) => query.userId),
        queries.map((query) => query.after),
        queries.map((query) => query.since),
        queries.map((query) => query.limit),
      ]);
      const found: StoredMessage[][] = queries.map(() => []);
      for (const { ordinal, ...row } of rows) {
        const query = queries[ordinal - 1];
        if (query !== undefined) found[ordinal - 1]?.push(toMessage(query.environmentId, row));
      }
      return found.map((messages) => messages.sort((a, b) => a.sequence - b.sequence));
    },
  }),
);

/** The first messages of an inbox after a number, in order. Concurrent calls share a statement. */
export function findInbox(db: Database, query: InboxQuery): Promise<StoredMessage[]> {
  return reading(db)(query);
}

const FIND_BETWEEN = {
  name: "inboxes-find-between",
  text: `SELECT i.user_id AS "userId", e.sequence::float8 AS sequence, m.*
    FROM ${rowsOf("int", "text")} AS i(environment_id, user_id)
    CROSS JOIN LATERAL (
      SELECT sequence, message_sequence, slot, recipient_id, user_id FROM inbox_entries
      WHERE environment_id = i.environment_id AND user_id = i.user_id AND sequence BETWEEN $3::bigint AND $4::bigint
      ORDER BY sequence LIMIT 1000000
    ) e CROSS JOIN LATERAL (${MESSAGE_OF_ENTRY} LIMIT 1) m`,
};

/** Everything that these users got under the numbers `first` to `last`, in order; a message of several users once. */
export async function findBetween(
  db: Database,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  first: number,
  last: number,
): Promise<{ message: StoredMessage; userIds: string[] }[]> {
  const rows = await onPool(db.pool)<MessageRow & { userId: string }>(FIND_BETWEEN, [
    userIds.map(() => environmentId),
    userIds,
    first,
    last,
  ]);
  const bySequence = new Map<number, { message: StoredMessage; userIds: string[] }>();
  for (const { userId, ...row } of rows) {
    const found = bySequence.get(row.sequence);
    if (found === undefined)
      bySequence.set(row.sequence, { message: toMessage(environmentId, row), userIds: [userId] });
    else found.userIds.push(userId);
  }
  return [...bySequence.values()].sort((a, b) => a.message.sequence - b.message.sequence);
}

const FIND_CONTENTS = {
  name: "messages-find-contents",
  text: `SELECT i.sequence::float8 AS sequence, m.content FROM ${rowsOf("int", "bigint")} AS i(environment_id, sequence)
    CROSS JOIN LATERAL (
      SELECT content FROM messages WHERE environment_id = i.environment_id AND sequence = i.sequence LIMIT 1
    ) m`,
};

/** The contents of messages by the numbers of their first copies. */
export async function findContents(
  db: Database,
  environmentId: EnvironmentId,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await onPool(db.pool)<{ sequence: number; content: string }>(FIND_CONTENTS, [
    sequences.map(() => environmentId),
    sequences,
  ]);
  return new Map(rows.map(({ sequence, content }) => [sequence, content]));
}
