import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";

/** The hot path of reading a blocklist. */

/** `[blocked at in Unix milliseconds, blocked id]` */
export type BlockKeys = readonly [number, string];

interface Question {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly after: BlockKeys | null;
  readonly limit: number;
}

// A page comes as one JSON text: a thousand rows would cost more to take apart than to find.
const FIND = {
  name: "blocklist-page",
  text: `SELECT i.ordinal::int AS ordinal, p.page
    FROM ${rowsOf("int", "text", "timestamptz", "text", "int")} WITH ORDINALITY
      AS i(environment_id, user_id, blocked_at, blocked_id, size, ordinal)
    CROSS JOIN LATERAL (
      SELECT true FROM users
      WHERE environment_id = i.environment_id AND user_id = i.user_id AND soft_deleted_at IS NULL LIMIT 1
    ) u
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_array(floor(extract(epoch FROM b.blocked_at) * 1000)::bigint, b.blocked_id)
        ORDER BY b.blocked_at DESC, b.blocked_id DESC)::text AS page
      FROM (
        SELECT blocked_at, blocked_id FROM blocks
        WHERE environment_id = i.environment_id AND user_id = i.user_id
          AND (blocked_at, blocked_id) < (i.blocked_at, i.blocked_id)
        ORDER BY blocked_at DESC, blocked_id DESC LIMIT i.size
      ) b
    ) p`,
};

const finding = perDatabase((db) =>
  createBatch<Question, readonly BlockKeys[] | null>({
    maxItems: 50,
    maxInFlight: 3,
    async run(questions) {
      const rows = await db.pipeline.run(FIND, [
        numberArray(questions.map((question) => question.environmentId)),
        textArray(questions.map((question) => question.userId)),
        textArray(questions.map(({ after }) => (after === null ? "infinity" : new Date(after[0]).toISOString()))),
        textArray(questions.map(({ after }) => after?.[1] ?? "")),
        numberArray(questions.map((question) => question.limit)),
      ]);
      const pages = questions.map((): readonly BlockKeys[] | null => null);
      for (const [ordinal, page = null] of rows) {
        pages[Number(ordinal) - 1] = page === null ? [] : (JSON.parse(page) as BlockKeys[]);
      }
      return pages;
    },
  }),
);

/**
 * Up to `limit` blocked users after a place, newest first; null for a user who is unknown or soft-deleted. Concurrent calls
 * share a statement.
 */
export function findBlocked(db: Database, question: Question): Promise<readonly BlockKeys[] | null> {
  return finding(db)(question);
}
