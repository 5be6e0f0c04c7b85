import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** Who would write to whom. */
export interface RelationKey {
  readonly environmentId: EnvironmentId;
  readonly senderId: string;
  readonly recipientId: string;
}

export type Registration = "registered" | "soft_deleted" | "unknown";

/** Everything that the rules of direct messages ask of two users. */
export interface Relation {
  readonly sender: Registration;
  /** May have passed; null: not banned, or unknown. */
  readonly senderBannedUntil: Date | null;
  /** Since when the sender may not send direct messages; null: the sender may, or is unknown. */
  readonly senderMutedAt: Date | null;
  readonly recipient: Registration;
  /** The sender is on the recipient's blocklist. */
  readonly blockedByRecipient: boolean;
  readonly friends: boolean;
}

interface RelationRow {
  readonly ordinal: number;
  readonly sender: Registration;
  readonly senderBannedUntil: Date | null;
  readonly senderMutedAt: Date | null;
  readonly recipient: Registration;
  readonly blocked: boolean;
  readonly friends: boolean;
}

const FIND_RELATIONS = {
  name: "relations-find",
  text: `SELECT i.ordinal::int AS ordinal, f.sender, f.sender_banned_until AS "senderBannedUntil", f.sender_muted_at AS "senderMutedAt",
      f.recipient, f.blocked, f.friends
    FROM ${rowsOf("int", "text", "text")} WITH ORDINALITY AS i(environment_id, sender_id, recipient_id, ordinal)
    CROSS JOIN LATERAL message_facts(i.environment_id, i.sender_id, i.recipient_id) f`,
};

async function findAll(db: Database, pairs: readonly RelationKey[]): Promise<Relation[]> {
  if (pairs.length === 0) return [];
  const rows = await onPool(db.pool)<RelationRow>(FIND_RELATIONS, [
    numberArray(pairs.map((pair) => pair.environmentId)),
    textArray(pairs.map((pair) => pair.senderId)),
    textArray(pairs.map((pair) => pair.recipientId)),
  ]);
  const relations: Relation[] = [];
  for (const { ordinal, blocked, ...row } of rows) relations[ordinal - 1] = { ...row, blockedByRecipient: blocked };
  return relations;
}

/** Pairs in one statement. */
const MAX_PAIRS = 500;

// One statement at a time, so that answers come in the order of the questions and a sender's messages keep theirs.
const finding = perDatabase((db) =>
  createBatch<RelationKey, Relation>({ maxItems: MAX_PAIRS, maxInFlight: 1, run: (pairs) => findAll(db, pairs) }),
);

/**
 * How each sender stands to each recipient, in the order of `pairs`: one statement, a few index searches per pair. Calls for
 * one pair that come at the same time share a statement.
 */
export function findRelations(db: Database, pairs: readonly RelationKey[]): Promise<Relation[]> {
  return pairs.length === 1 ? Promise.all(pairs.map(finding(db))) : findAll(db, pairs);
}
