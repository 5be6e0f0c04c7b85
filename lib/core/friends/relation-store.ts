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

const STATE = "CASE WHEN soft_deleted_at IS NULL THEN 'registered' ELSE 'soft_deleted' END";

// LATERAL with LIMIT: index searches per pair under every plan, also one kept since the tables were empty.
const FIND_RELATIONS = {
  name: "relations-find",
  text: `SELECT i.ordinal::int AS ordinal, coalesce(s.state, 'unknown') AS sender, s.banned_until AS "senderBannedUntil",
      s.direct_muted_at AS "senderMutedAt", coalesce(r.state, 'unknown') AS recipient, b.blocked IS NOT NULL AS blocked, f.friends IS NOT NULL AS friends
    FROM ${rowsOf("int", "text", "text")} WITH ORDINALITY AS i(environment_id, sender_id, recipient_id, ordinal)
    LEFT JOIN LATERAL (
      SELECT ${STATE} AS state, banned_until, direct_muted_at
      FROM users WHERE environment_id = i.environment_id AND user_id = i.sender_id LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT ${STATE} AS state FROM users WHERE environment_id = i.environment_id AND user_id = i.recipient_id LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT true AS blocked FROM blocks
      WHERE environment_id = i.environment_id AND user_id = i.recipient_id AND blocked_id = i.sender_id LIMIT 1
    ) b ON true
    LEFT JOIN LATERAL (
      SELECT true AS friends FROM friendships
      WHERE environment_id = i.environment_id AND user_id = i.sender_id AND friend_id = i.recipient_id LIMIT 1
    ) f ON true`,
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
